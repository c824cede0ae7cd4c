"""Making a partner, and an address that opens one thing to them."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from masthead.accounts.models import User
from masthead.api.models import Partner
from masthead.api.queries import outlets_kept_by
from masthead.outlets.models import Outlet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONGEST_ADDRESS = timedelta(days=31)


class OutletChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # no [] in Django
    def label_from_instance(self, outlet: Outlet) -> str:
        return str(outlet.title)


class OutletChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # no [] in Django
    def label_from_instance(self, outlet: Outlet) -> str:
        return str(outlet.title)


def moment_field(
    label: "StrOrPromise", *, required: bool, help_text: "StrOrPromise"
) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        required=required,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=help_text,
    )


class PartnerForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For colleagues: who asked, what was agreed."),
    )
    outlets = OutletChoices(
        label=gettext_lazy("Titles"),
        queryset=Outlet.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Whose articles they may fetch."),
    )
    expires_at = moment_field(
        gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("Empty: until somebody revokes it."),
    )

    def __init__(self, *args: object, user: User, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["outlets"].queryset = outlets_kept_by(user)  # type: ignore[attr-defined]

    def clean_expires_at(self) -> datetime | None:
        until: datetime | None = self.cleaned_data["expires_at"]
        if until is not None and until <= timezone.now():
            raise ValidationError(_("That moment has passed."))
        return until


class AddressForm(forms.Form):
    """An address of one title's articles for a program that cannot send a key."""

    outlet = OutletChoice(
        label=gettext_lazy("Title"), queryset=Outlet.objects.none(), empty_label=None
    )
    until = moment_field(
        gettext_lazy("Until"), required=True, help_text=gettext_lazy("A month from now at most.")
    )

    def __init__(self, *args: object, partner: Partner, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["outlet"].queryset = partner.outlets.order_by("path")  # type: ignore[attr-defined]

    def clean_until(self) -> datetime:
        until: datetime = self.cleaned_data["until"]
        if not timezone.now() < until <= timezone.now() + LONGEST_ADDRESS:
            raise ValidationError(_("Choose a moment within the next month."))
        return until
