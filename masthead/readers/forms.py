"""Adding a reader by hand, giving somebody a benefit."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from masthead.accounts.models import User
from masthead.readers.addresses import NotAnAddress, read_address
from masthead.readers.benefits import named_choices
from masthead.readers.lists import MOST_BYTES, targets
from masthead.readers.models import Benefit
from masthead.readers.proofs import may_write_to


class AddReaderForm(forms.Form):
    email = forms.CharField(label=gettext_lazy("E-mail address"), max_length=254)

    def clean_email(self) -> str:
        try:
            address = read_address(self.cleaned_data["email"])
        except NotAnAddress as bad:
            raise ValidationError(str(bad)) from bad
        if not may_write_to(address):
            raise ValidationError(_("Its owner asked never to be written to again."))
        return address


class GrantForm(forms.Form):
    benefit = forms.ChoiceField(label=gettext_lazy("Benefit"))
    until = forms.DateTimeField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only = [each for each in Benefit.choices if each[0] != Benefit.NEWSLETTER]
        benefit: Any = self.fields["benefit"]
        benefit.choices = [*only, *named_choices()]
        self.fields["until"].help_text = _(
            "On the clock of %(zone)s. Empty: until somebody ends it."
        ) % {"zone": timezone.get_current_timezone_name()}

    def clean_until(self) -> datetime | None:
        until: datetime | None = self.cleaned_data["until"]
        if until is not None and until <= timezone.now():
            raise ValidationError(_("That moment has passed."))
        return until


class ImportForm(forms.Form):
    """A list, and who says that these people agreed, when and how."""

    file = forms.FileField(label=gettext_lazy("CSV file with a column “email”"))
    target = forms.ChoiceField(label=gettext_lazy("They get"), required=False)
    label = forms.CharField(label=gettext_lazy("Label"), max_length=40, required=False)
    agreed_on = forms.DateField(
        label=gettext_lazy("When they agreed"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    agreed_how = forms.CharField(
        label=gettext_lazy("How they agreed, and to what"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    stands_for_it = forms.BooleanField(
        label=gettext_lazy("I state that everybody on this list has agreed to it.")
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        target = self.fields["target"]
        target.choices = [("", _("Nothing yet")), *targets(by)]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:  # before all of it is read into memory
            raise ValidationError(_("The file is too large; split it."))
        return file

    def clean_agreed_on(self) -> date:
        day: date = self.cleaned_data["agreed_on"]
        if day > timezone.localdate():
            raise ValidationError(_("That day has not come yet."))
        return day
