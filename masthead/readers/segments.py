"""
Parts of the readers: those who fit every rule of a list. Features above add rules of their own.

A segment is kept as rules, never as a list of people, so it fits whoever it fits when asked.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from masthead.outlets.models import Outlet
from masthead.readers.models import Benefit, Consent, Entitlement, Label, Reader

Choices = list[tuple[str, str]]


class NoSuchRule(Exception):
    """A rule that no feature knows (any more), or a value that it cannot read."""


@dataclass(frozen=True)
class Rule:
    """
    name: short and lasting; stands in kept segments. label: what the desk calls it.
    fits: from the value, as text, to a condition on `Reader`; by subqueries, so that nobody is
        counted twice. Raises ValueError for a value it cannot read.
    choices: what can be chosen, (value, label); None: a day is asked for.
    """

    name: str
    label: str | Promise
    fits: Callable[[str], Q]
    choices: Callable[[], Choices] | None = None
    order: int = 100


_rules: dict[str, Rule] = {}


def register_rule(rule: Rule) -> None:
    """Add one; call from `apps.ready()`. Raises ValueError for a name that is taken."""
    if rule.name in _rules:
        raise ValueError(f"There is a rule named {rule.name} already.")
    _rules[rule.name] = rule


def rules() -> list[Rule]:
    return sorted(_rules.values(), key=lambda each: (each.order, each.name))


def matching(rules: Iterable[Mapping[str, str]]) -> QuerySet[Reader]:
    """
    Readers who fit all rules, each {"rule": name, "value": text}; without any, all readers.

    In no order and each once, so it can stand in a subquery. Raises NoSuchRule.
    """
    found = Reader.objects.all()
    for each in rules:
        rule = _rules.get(each["rule"])
        if rule is None:
            raise NoSuchRule(each["rule"])
        try:
            found = found.filter(rule.fits(each["value"]))
        except ValueError as bad:
            raise NoSuchRule(f"{each['rule']}: {each['value']}") from bad
    return found


class SegmentForm(forms.Form):
    """A field for each rule; those left empty do not count."""

    name = forms.CharField(label=_("Name"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rule in rules():
            self.fields[rule.name] = _field(rule)

    def rules(self) -> list[dict[str, str]]:
        values = ((rule.name, self.cleaned_data.get(rule.name)) for rule in rules())
        return [{"rule": name, "value": str(value)} for name, value in values if value]


def _field(rule: Rule) -> forms.Field:
    if rule.choices is None:
        day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(label=str(rule.label), required=False, widget=day)
    choices = [("", "—"), *rule.choices()]
    return forms.ChoiceField(label=str(rule.label), required=False, choices=choices)


def _since(value: str) -> Q:
    return Q(joined_at__gte=_begin_of(value))


def _before(value: str) -> Q:
    return Q(joined_at__lt=_begin_of(value))


def _begin_of(value: str) -> datetime:
    return timezone.make_aware(datetime.combine(date.fromisoformat(value), time()))


def _labelled(value: str) -> Q:
    through = Reader.labels.through.objects.filter(label=int(value))
    return Q(pk__in=through.values("reader"))


def _has(value: str) -> Q:
    in_force = Entitlement.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=Now()), benefit=Benefit(value), starts_at__lte=Now()
    )
    return Q(pk__in=in_force.values("reader"))


def _has_not(value: str) -> Q:
    return ~_has(value)


def _agreed_at(value: str) -> Q:
    return Q(pk__in=Consent.objects.filter(outlet=int(value), given=True).values("reader"))


def _labels() -> Choices:
    return [
        (str(pk), name) for pk, name in Label.objects.order_by("name").values_list("pk", "name")
    ]


def _benefits() -> Choices:
    return [(value, str(label)) for value, label in Benefit.choices]


def _outlets() -> Choices:
    return [(str(each.pk), each.title) for each in Outlet.objects.order_by("path")]


def register() -> None:
    """The rules that this app knows."""
    for order, (name, label, fits, choices) in enumerate(
        (
            ("joined-since", _("Known since, or later"), _since, None),
            ("joined-before", _("Known before"), _before, None),
            ("label", _("Has the label"), _labelled, _labels),
            ("benefit", _("Has the benefit"), _has, _benefits),
            ("no-benefit", _("Has not the benefit"), _has_not, _benefits),
            ("agreed-at", _("Joined at"), _agreed_at, _outlets),
        )
    ):
        register_rule(Rule(name, label, fits, choices, order=order))
