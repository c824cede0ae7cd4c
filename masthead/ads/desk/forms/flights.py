"""A flight: when, how much, for what money, and to whom."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from masthead.accounts.models import User
from masthead.ads.desk.forms.fields import (
    CodesField,
    HoursField,
    MomentField,
    MoneyField,
    ticks,
)
from masthead.ads.models import Flight, Place, Pricing
from masthead.ads.selling.checking import REMEMBERED_DAYS
from masthead.ads.selling.money import cents_of
from masthead.ads.selling.orders import FlightOrder, Targeting
from masthead.ads.selling.rules import outlets_sold_by, sells_everywhere
from masthead.ads.selling.words import KINDS_OF_PAGES, WIDTHS
from masthead.articles.models import Topic
from masthead.memberships.money import amount_of
from masthead.outlets.models import Outlet, Section

WHEN = ("name", "starts_at", "ends_at", "hard_stop")
HOW_MUCH = ("priority", "goal_kind", "goal", "pace", "daily_cap", "views_per_device", "per_days")
MONEY = ("pricing", "amount")
WHERE = ("outlets", "sections", "topics", "places", "page_kinds")
TO_WHOM = ("weekdays", "hours", "screens", "languages", "countries")


class FlightForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)
    starts_at = MomentField(label=_("Starts"))
    ends_at = MomentField(label=_("Ends"), required=False)
    hard_stop = forms.BooleanField(
        label=_("Ends then in any case"),
        required=False,
        initial=True,
        help_text=_("Otherwise it goes on until what is sold is reached."),
    )
    priority = forms.ChoiceField(
        label=_("Kind"), choices=Flight.Priority.choices, initial=Flight.Priority.STANDARD
    )
    goal_kind = forms.ChoiceField(label=_("Sold by"), choices=Flight.Goal.choices)
    goal = forms.IntegerField(
        label=_("How many"),
        required=False,
        min_value=0,
        help_text=_("Views or clicks in all; of a share of voice per mille: 250 is a quarter."),
    )
    pace = forms.ChoiceField(label=_("Pace"), choices=Flight.Pace.choices)
    daily_cap = forms.IntegerField(label=_("At most a day"), required=False, min_value=0)
    views_per_device = forms.IntegerField(
        label=_("Times on one device"),
        required=False,
        min_value=0,
        help_text=_("Counted on the device alone; nobody is told."),
    )
    per_days = forms.IntegerField(
        label=_("in so many days"),
        required=False,
        min_value=1,
        initial=1,
        help_text=format_lazy(
            _("{days} at most: so long a device remembers what it saw."), days=REMEMBERED_DAYS
        ),
    )
    pricing = forms.ChoiceField(label=_("Price"), choices=Pricing.choices)
    amount = MoneyField(label=_("Amount"), required=False)
    outlets = forms.ModelMultipleChoiceField(
        label=_("Titles"), queryset=Outlet.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    sections = forms.ModelMultipleChoiceField(
        label=_("Sections"),
        queryset=Section.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("None chosen: all of them."),
    )
    topics = forms.ModelMultipleChoiceField(
        label=_("Topics"),
        queryset=Topic.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("None chosen: any."),
    )
    places = ticks(_("Places"), Place.choices)
    page_kinds = ticks(_("Pages"), list(KINDS_OF_PAGES.items()))
    weekdays = ticks(_("Days"), [(day, name) for day, name in WEEKDAYS.items()], coerce=int)
    hours = HoursField(
        label=_("Hours"), required=False, help_text=_("By the clock of each title, such as 6–9, 20")
    )
    screens = ticks(_("Screens"), list(WIDTHS.items()))
    languages = CodesField(label=_("Languages"), required=False, help_text=_("Such as en, ar"))
    countries = CodesField(
        label=_("Countries"),
        required=False,
        capitals=True,
        help_text=_("Such as NO, SE. Guessed by the device from its time zone."),
    )

    def __init__(
        self, *args: Any, user: User, currency: str, order: FlightOrder | None = None, **kwargs: Any
    ) -> None:
        self.currency = currency
        if order is not None:
            kwargs["initial"] = _initial(order, currency)
        super().__init__(*args, **kwargs)
        mine = outlets_sold_by(user)
        fields: Any = self.fields
        fields["outlets"].queryset = Outlet.objects.filter(
            pk__in=[each.pk for each in mine]
        ).order_by("path")
        if sells_everywhere(user):
            fields["outlets"].required = False
            fields["outlets"].help_text = _("None ticked: all titles.")
        ids = [
            pk
            for each in mine
            for pk in Section.objects.descendant_of(each).values_list("pk", flat=True)
        ]
        fields["sections"].queryset = Section.objects.filter(pk__in=ids).order_by("path")
        fields["topics"].queryset = Topic.objects.order_by("name", "pk")
        fields["amount"].label = _("Amount (%(currency)s)") % {"currency": currency.upper()}

    def groups(self) -> list[tuple[Any, list[Any]]]:
        """The fields as the screen shows them, under their headings."""
        return [
            (heading, [self[name] for name in names])
            for heading, names in (
                (_("When"), WHEN),
                (_("How much"), HOW_MUCH),
                (_("Money"), MONEY),
                (_("Where"), WHERE),
                (_("To whom"), TO_WHOM),
            )
        ]

    def order(self) -> FlightOrder:
        """What was filled in; `actions` looks at whether it fits together."""
        given: dict[str, Any] = self.cleaned_data
        numbers: dict[str, Any] = {
            name: given[name] or 0 for name in ("goal", "daily_cap", "views_per_device")
        }
        targeting = Targeting(
            outlets=list(given["outlets"]),
            sections=list(given["sections"]),
            topics=list(given["topics"]),
            **{name: given[name] for name in (*WHERE[3:], *TO_WHOM)},
        )
        return FlightOrder(
            **{name: given[name] for name in (*WHEN, "priority", "goal_kind", "pace", "pricing")},
            **numbers,
            per_days=given["per_days"] or 1,
            amount_cents=cents_of(given["amount"], self.currency),
            targeting=targeting,
        )


def _initial(order: FlightOrder, currency: str) -> dict[str, Any]:
    plain = {name: getattr(order, name) for name in (*WHEN, *HOW_MUCH, "pricing")}
    named = {name: getattr(order.targeting, name) for name in (*WHERE, *TO_WHOM)}
    lists = {name: list(value) for name, value in named.items()}
    return {**plain, **lists, "amount": amount_of(order.amount_cents, currency)}
