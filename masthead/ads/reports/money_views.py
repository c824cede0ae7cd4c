"""The ad desk's money: month by month, by advertiser, by title, by flight."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from masthead.ads.models import Campaign, Flight
from masthead.ads.reports.money import Earned, by_currency, earned
from masthead.ads.reports.plots import money_plot
from masthead.ads.reports.sheets import amount, csv_answer
from masthead.ads.reports.views import Asked
from masthead.ads.selling.queries import flights_for
from masthead.memberships.money import in_words

MONTHS_PLOTTED = 12


@require_safe
def money(request: HttpRequest) -> HttpResponse:
    """All months that anything was earned in; `?month=2026-11` shows one of them alone."""
    asked = Asked(request)
    rows = _rows(asked)
    months = sorted({row.begins for row in rows}, reverse=True)
    month = next((each for each in months if f"{each:%Y-%m}" == request.GET.get("month")), None)
    shown = [row for row in rows if month is None or row.begins == month]
    names = {each.pk: each.title for each in asked.outlets}
    context = asked.context(
        "money",
        months=[f"{each:%Y-%m}" for each in months],
        month=f"{month:%Y-%m}" if month else "",
        plots=_plots(rows),
        whole=_in_words(shown),
        by_month=_grouped(shown, lambda row: f"{row.begins:%Y-%m}"),
        by_advertiser=_grouped(shown, lambda row: row.flight.campaign.advertiser.name),
        by_outlet=_grouped(shown, lambda row: names.get(row.outlet or 0, _("Nowhere yet"))),
        by_flight=_grouped(shown, lambda row: f"{row.flight.name} · {row.flight.campaign.name}"),
    )
    return render(request, "ads/reports/money.html", context)


@require_safe
def money_csv(request: HttpRequest) -> HttpResponse:
    asked = Asked(request)
    names = {each.pk: each.title for each in asked.outlets}
    head = ["month", "advertiser", "campaign", "flight", "title", "views", "clicks"]
    return csv_answer(
        "advertising-earned",
        [*head, "amount", "currency"],
        (
            [
                f"{row.begins:%Y-%m}",
                row.flight.campaign.advertiser.name,
                row.flight.campaign.name,
                row.flight.name,
                names.get(row.outlet or 0, ""),
                row.views,
                row.clicks,
                amount(row.cents),
                row.flight.campaign.currency.upper(),
            ]
            for row in _rows(asked)
        ),
    )


def _rows(asked: Asked) -> list[Earned]:
    """Of the outlets that somebody sells for; and what was earned with nothing shown yet."""
    paid = flights_for(asked.user).exclude(priority=Flight.Priority.HOUSE)
    flights = paid.filter(campaign__state__in=[Campaign.State.BOOKED, Campaign.State.CANCELLED])
    return [
        row
        for row in earned(list(flights), at=asked.at)
        if row.outlet is None or row.outlet in asked.names
    ]


def _grouped(
    rows: Iterable[Earned], name: Callable[[Earned], str]
) -> list[tuple[str, int, int, str]]:
    """Name, views, clicks and what was earned, the most views first."""
    groups: dict[str, list[Earned]] = defaultdict(list)
    for row in rows:
        groups[name(row)].append(row)
    found = [
        (
            what,
            sum(row.views for row in own),
            sum(row.clicks for row in own),
            _in_words(own),
        )
        for what, own in groups.items()
    ]
    return sorted(found, key=lambda each: (-each[1], each[0]))


def _in_words(rows: Iterable[Earned]) -> str:
    return " · ".join(in_words(cents, name) for name, cents in by_currency(rows).items())


def _plots(rows: Iterable[Earned]) -> list[str]:
    """One for each currency."""
    sums: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        sums[row.flight.campaign.currency][row.begins] += row.cents
    return [
        money_plot(dict(sorted(months.items())[-MONTHS_PLOTTED:]), currency)
        for currency, months in sorted(sums.items())
    ]
