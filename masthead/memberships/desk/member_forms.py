"""What the desk asks when it serves a member."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from masthead.memberships.models import Plan
from masthead.memberships.money import cents_from


class GiveForm(forms.Form):
    plan = forms.ModelChoiceField(
        label=gettext_lazy("What this plan grants"), queryset=Plan.objects.none()
    )
    until = forms.DateTimeField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("Empty: until somebody ends it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plans = Plan.objects.exclude(benefits=[]).order_by("order", "pk")
        plan: Any = self.fields["plan"]
        plan.queryset = plans

    def clean_until(self) -> datetime | None:
        until: datetime | None = self.cleaned_data["until"]
        if until is not None and until <= timezone.now():
            raise forms.ValidationError(_("That moment has passed."))
        return until


def amount_from(text: str, currency: str) -> int | None:
    """None for an empty one: all of it. Raises ValueError with a sentence."""
    if not text.strip():
        return None
    try:
        return cents_from(text, currency)
    except ValueError as error:
        raise ValueError(_("Please enter an amount, such as 5.")) from error
