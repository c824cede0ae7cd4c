"""When an article goes out: the field in the editor, and what it refuses."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import get_format
from django.utils.translation import gettext
from wagtail.admin.widgets import AdminDateTimeInput

DIALOG = "#schedule-publishing-dialog"
MONDAY = 1


def first_day_of_week(language: str) -> int:
    """0 is Sunday. “English” alone names no country: Monday, as ISO 8601 has it."""
    return MONDAY if language == "en" else int(get_format("FIRST_DAY_OF_WEEK", lang=language))


def refuse_past(planned: datetime, *, now: datetime) -> None:
    """Raises ValidationError."""
    if planned <= now:
        raise ValidationError(gettext("That time has passed."), code="passed")


class PlannedTimeInput(AdminDateTimeInput):
    """Leaves what was typed as it is, and begins the week as the title's readers do."""

    language = "en"  # the title's; see `editor.SchedulePanel`

    def __init__(self, **kwargs: Any) -> None:
        attrs = {
            "data-controller": "w-action",
            "data-action": "w-dialog:hidden->w-action#reset",
            "data-w-dialog-target": "notify",
        }
        super().__init__(attrs=attrs, js_overlay_parent_selector=DIALOG, **kwargs)

    def get_config(self) -> dict[str, Any]:
        # By itself the calendar puts this very moment in place of what it cannot read.
        ours = {"dayOfWeekStart": first_day_of_week(self.language), "validateOnBlur": False}
        config: dict[str, Any] = super().get_config()
        return config | ours
