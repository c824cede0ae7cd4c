"""What a flight is, said to a person."""

from collections.abc import Iterable, Sequence

from django.utils.dates import WEEKDAYS
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from masthead.ads.models import Flight, Place, Pricing
from masthead.memberships.money import in_words

KINDS_OF_PAGES = {
    "front": gettext_lazy("Front"),
    "section": gettext_lazy("Sections"),
    "topic": gettext_lazy("Topics"),
    "author": gettext_lazy("Authors"),
    "archive": gettext_lazy("Archive"),
    "search": gettext_lazy("Search"),
    "article": gettext_lazy("Articles"),
}
WIDTHS = {
    "narrow": gettext_lazy("Phones"),
    "medium": gettext_lazy("Tablets"),
    "wide": gettext_lazy("Wide screens"),
}


def targeting_in_words(flight: Flight) -> list[str]:
    """Each line says one thing; without any it runs everywhere. At most three queries."""
    places = [str(Place(each).label) for each in flight.places]
    lines = [
        _listed([each.title for each in flight.outlets.all()]) or _("All titles"),
        _listed([each.title for each in flight.sections.all()]),
        _listed([each.name for each in flight.topics.all()]),
        _listed(places),
        _listed([str(KINDS_OF_PAGES.get(each, each)) for each in flight.page_kinds]),
        time_in_words(flight.weekdays, flight.hours),
        _listed([str(WIDTHS.get(each, each)) for each in flight.screens]),
        _listed(flight.languages),
        _listed(flight.countries),
    ]
    return [line for line in lines if line]


def time_in_words(weekdays: Sequence[int], hours: Sequence[int]) -> str:
    """“Monday–Friday, 6:00–10:00”; empty for any time."""
    days = _listed(
        str(WEEKDAYS[first]) if first == last else f"{WEEKDAYS[first]}–{WEEKDAYS[last]}"
        for first, last in runs(weekdays)
    )
    clock = _listed(f"{first}:00–{last + 1}:00" for first, last in runs(hours))
    return ", ".join(each for each in (days, clock) if each)


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Of what follows one another: 6, 7, 8, 20 → (6, 8), (20, 20)."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def goal_in_words(flight: Flight) -> str:
    """“10,000 visible views”, “30 % of all views”, “as many as come”."""
    if not flight.goal:
        return _("as many as come")
    amount = number_format(flight.goal, use_l10n=True, force_grouping=True)
    if flight.goal_kind == Flight.Goal.SHARE:
        return _("%(share)s %% of all views") % {"share": number_format(flight.goal / 10, 1)}
    if flight.goal_kind == Flight.Goal.CLICKS:
        return ngettext("%(n)s click", "%(n)s clicks", flight.goal) % {"n": amount}
    return ngettext("%(n)s visible view", "%(n)s visible views", flight.goal) % {"n": amount}


def rest_in_words(flight: Flight) -> str:
    return _("%(what)s, less what is invoiced already") % {"what": goal_in_words(flight)}


def price_in_words(flight: Flight, currency: str) -> str:
    """“€20 for a thousand views”; empty for what costs nothing."""
    if not flight.amount_cents:
        return ""
    return f"{in_words(flight.amount_cents, currency)} {Pricing(flight.pricing).label}"


def caps_in_words(flight: Flight) -> str:
    """“At most 500 a day; 3 times in 7 days on one device”; empty without."""
    said = []
    if flight.daily_cap:
        said.append(_("at most %(n)s a day") % {"n": number_format(flight.daily_cap)})
    if flight.views_per_device and flight.per_days == 1:
        said.append(_("%(n)s times a day on one device") % {"n": flight.views_per_device})
    elif flight.views_per_device:
        said.append(
            _("%(n)s times in %(days)s days on one device")
            % {"n": flight.views_per_device, "days": flight.per_days}
        )
    return "; ".join(said)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
