"""What the desk asks of a plan, a price and a code."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from masthead.memberships.desk.doorways import places_to_choose
from masthead.memberships.models import Plan, Price
from masthead.memberships.money import cents_from
from masthead.memberships.providers.base import DiscountWish
from masthead.outlets.models import Outlet
from masthead.readers.benefits import named_choices
from masthead.readers.models import Benefit

CURRENCIES = (
    "eur", "usd", "gbp", "chf", "sek", "nok", "dkk", "pln", "czk", "huf", "ron", "try", "cad",
    "aud", "nzd", "jpy", "inr", "brl", "mxn", "zar", "aed", "sar", "egp", "ils",
)  # fmt: skip
BENEFITS = {
    Benefit.AD_FREE: gettext_lazy("Pages without advertising, on every title"),
    Benefit.MEMBERS_ARTICLES: gettext_lazy(
        "Members’ articles, and comments where a title keeps them for members"
    ),
}


def benefit_names() -> dict[str, Any]:
    """By the word that plans keep; one query."""
    return {each.value: label for each, label in BENEFITS.items()} | dict(named_choices())


class PlaceField(forms.ChoiceField):
    """An outlet, or the whole network; of what whoever asks may offer on."""

    def clean(self, value: Any) -> Outlet | None:
        chosen = super().clean(value)
        return Outlet.objects.get(pk=chosen) if chosen else None


class PlanForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic when it runs
    outlet = PlaceField(
        label=gettext_lazy("Offered on"),
        required=False,
        help_text=gettext_lazy("What it grants holds on every title, wherever it was bought."),
    )
    benefits = forms.MultipleChoiceField(
        label=gettext_lazy("What members have"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None of them: a donation, or support that asks for nothing."),
    )

    class Meta:
        model = Plan
        fields = ("name", "promise", "outlet", "benefits", "trial_days", "is_for_groups", "order")
        help_texts = {
            "promise": gettext_lazy("Readers see it above the prices."),
            "trial_days": gettext_lazy("A card is asked for at once, and charged after. 0: none."),
            "is_for_groups": gettext_lazy(
                "For schools, firms, libraries: prices are for one seat, and whoever pays invites."
            ),
            "order": gettext_lazy("Lower stands first."),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        benefits: Any = self.fields["benefits"]
        benefits.choices = list(benefit_names().items())
        places = places_to_choose(user)
        outlet: Any = self.fields["outlet"]
        outlet.choices = places
        outlet.required = "" not in dict(places)
        self.fields["trial_days"].validators.append(_at_most_a_year)
        if self.instance.pk:
            del self.fields["is_for_groups"]
            self.initial["outlet"] = str(self.instance.outlet_id or "")


def _at_most_a_year(days: int) -> None:
    if days > 365:
        raise forms.ValidationError(_("A trial lasts a year at most."))


class PriceForm(forms.Form):
    amount = forms.CharField(label=gettext_lazy("Amount"), max_length=20)
    currency = forms.ChoiceField(
        label=gettext_lazy("Currency"), choices=[(each, each.upper()) for each in CURRENCIES]
    )
    every = forms.ChoiceField(
        label=gettext_lazy("Paid"),
        choices=Price.Every.choices,
        help_text=gettext_lazy("Once: a donation, which grants nothing."),
    )
    is_choice = forms.BooleanField(
        label=gettext_lazy("Readers choose how much; this is the least"), required=False
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if "amount" in given and "currency" in given:
            try:
                given["amount_cents"] = cents_from(given["amount"], given["currency"])
            except ValueError:
                self.add_error("amount", _("Please enter an amount, such as 5."))
        return given


class CodeForm(forms.Form):
    """Percent or an amount, not both."""

    code = forms.RegexField(
        r"^[A-Za-z0-9]{3,40}\Z",
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("Letters and figures, as readers type it."),
        max_length=40,
    )
    percent = forms.IntegerField(
        label=gettext_lazy("Percent off"), required=False, min_value=1, max_value=100
    )
    amount = forms.CharField(label=gettext_lazy("Or an amount off"), required=False, max_length=20)
    currency = forms.ChoiceField(
        label=gettext_lazy("Currency of the amount"),
        choices=[(each, each.upper()) for each in CURRENCIES],
    )
    lasts = forms.ChoiceField(
        label=gettext_lazy("For how long"),
        choices=[
            ("once", gettext_lazy("The first payment")),
            ("repeating", gettext_lazy("Some months")),
            ("forever", gettext_lazy("As long as the membership runs")),
        ],
    )
    months = forms.IntegerField(
        label=gettext_lazy("How many months"), required=False, min_value=1, max_value=60
    )
    most_uses = forms.IntegerField(
        label=gettext_lazy("How often it can be used"),
        required=False,
        min_value=1,
        help_text=gettext_lazy("Empty: without end."),
    )
    good_until = forms.DateTimeField(
        label=gettext_lazy("Good until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean_good_until(self) -> datetime | None:
        until: datetime | None = self.cleaned_data["good_until"]
        if until is not None and until <= timezone.now():
            raise forms.ValidationError(_("That moment has passed."))
        return until

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if bool(given.get("percent")) == bool(given.get("amount")):
            raise forms.ValidationError(_("Say a percentage or an amount, one of the two."))
        if given.get("lasts") == "repeating" and not given.get("months"):
            self.add_error("months", _("Say for how many months."))
        if given.get("amount"):
            try:
                given["amount_cents"] = cents_from(given["amount"], given.get("currency", ""))
            except ValueError:
                self.add_error("amount", _("Please enter an amount, such as 5."))
        return given

    def wish(self) -> DiscountWish:
        given = self.cleaned_data
        amount = given.get("amount_cents", 0)
        return DiscountWish(
            code=given["code"].upper(),
            percent=given["percent"] or 0,
            amount_cents=amount,
            currency=given["currency"] if amount else "",
            lasts=given["lasts"],
            months=(given["months"] or 0) if given["lasts"] == "repeating" else 0,
            most_uses=given["most_uses"],
            good_until=given["good_until"],
        )
