"""Adding a reader by hand, giving somebody a benefit."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from masthead.readers.models import Benefit


class AddReaderForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("E-mail address"))


class GrantForm(forms.Form):
    benefit = forms.ChoiceField(label=gettext_lazy("Benefit"), choices=Benefit.choices)
    until = forms.DateTimeField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].help_text = _(
            "On the clock of %(zone)s. Empty: until somebody ends it."
        ) % {"zone": timezone.get_current_timezone_name()}

    def clean_until(self) -> datetime | None:
        until: datetime | None = self.cleaned_data["until"]
        if until is not None and until <= timezone.now():
            raise ValidationError(_("That moment has passed."))
        return until
