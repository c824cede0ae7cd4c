"""The choice of a clock of one's own in the account: what happens without one, in words."""

from django.utils.translation import gettext as _
from wagtail.admin.forms.account import LocalePreferencesForm
from wagtail.admin.localization import get_available_admin_time_zones


def _zones() -> list[tuple[str, str]]:
    first = ("", _("The clock of the title at hand"))
    return [first, *((zone, zone) for zone in get_available_admin_time_zones())]


def name_first_zone() -> None:
    """Wagtail calls it the server's time zone, which no screen here goes by."""
    LocalePreferencesForm.base_fields["current_time_zone"].choices = _zones
