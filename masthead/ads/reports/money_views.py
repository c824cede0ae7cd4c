"""The ad desk's money: month by month, by advertiser, by title, by flight."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from masthead.ads.models import AdInvoice, Campaign, Flight
from masthead.ads.reports.credits import Paper, less_credits, papers_of
from masthead.ads.reports.money import Earned, by_currency, earned
from masthead.ads.reports.plots import money_plot
from masthead.ads.reports.sheets import amount, csv_answer
from masthead.ads.reports.views import Asked
from masthead.ads.selling.queries import flights_for
from masthead.memberships.money import in_words

MONTHS_PLOTTED = 12
PAPERS_SHOWN = 100  # on the screen; the sheet has all


@require_safe
def money(request: HttpRequest) -> HttpResponse:
    """All months that anything was earned in; `?month=2026-11` shows one of them alone."""
    asked = Asked(request)
    rows = _rows(asked)
    months = sorted({row.begins for row in rows}, reverse=True)
    month = next((each for each in months if f"{each:%Y-%m}" == request.GET.get("month")), None)
    shown = [row for row in rows if month is None or row.begins == month]
    names = {each.pk: each.title for each in asked.outlets}
    papers = [each for each in _papers(asked) if month is None or each.month == f"{month:%Y-%m}"]
    context = asked.context(
        "money",
        papers=[_told(each) for each in papers[:PAPERS_SHOWN]],
        months=[(f"{each:%Y-%m}", date_format(each, "F Y")) for each in months],
        month=f"{month:%Y-%m}" if month else "",
        plots=_plots(rows, today=asked.at.date()),
        whole=_in_words(shown),
        by_month=_grouped(shown, lambda row: date_format(row.begins, "F Y"), in_order=True),
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
                amount(row.cents, row.flight.campaign.currency),
                row.flight.campaign.currency.upper(),
            ]
            for row in _rows(asked)
        ),
    )


def _rows(asked: Asked) -> list[Earned]:
    """Of the outlets that somebody sells for; and what was earned with nothing shown yet."""
    paid = flights_for(asked.user).exclude(priority=Flight.Priority.HOUSE)
    states = Campaign.State
    flights = paid.filter(campaign__state__in=[states.BOOKED, states.HELD, states.CANCELLED])
    rows = less_credits(earned(list(flights), at=asked.at))
    return [row for row in rows if row.outlet is None or row.outlet in asked.names]


def _papers(asked: Asked) -> list[Paper]:
    flights = flights_for(asked.user).order_by().values_list("campaign", flat=True)
    return papers_of(set(flights))


def _told(paper: Paper) -> dict[str, Any]:
    is_invoice = isinstance(paper.it, AdInvoice)
    kind = _("Invoice") if is_invoice else _("Credit note")
    return {
        "it": paper,
        "kind": kind,
        "net": in_words(paper.net_cents, paper.currency),
        "tax": in_words(paper.tax_cents, paper.currency),
    }


@require_safe
def papers_csv(request: HttpRequest) -> HttpResponse:
    """Each invoice and credit note, for whoever keeps the books."""
    head = ["number", "issued_on", "answers", "advertiser", "campaign", "net", "tax", "currency"]
    return csv_answer(
        "advertising-papers",
        head,
        (
            [
                str(each.it),
                f"{each.it.issued_at:%Y-%m-%d}",
                each.answers,
                each.advertiser,
                each.campaign,
                amount(each.net_cents, each.currency),
                amount(each.tax_cents, each.currency),
                each.currency.upper(),
            ]
            for each in _papers(Asked(request))
        ),
    )


def _grouped(
    rows: Iterable[Earned], name: Callable[[Earned], str], *, in_order: bool = False
) -> list[tuple[str, int, int, str]]:
    """Name, views, clicks and what was earned; the most views first, or in the rows' order."""
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
    return found if in_order else sorted(found, key=lambda each: (-each[1], each[0]))


def _in_words(rows: Iterable[Earned]) -> str:
    return " · ".join(in_words(cents, name) for name, cents in by_currency(rows).items())


def _plots(rows: Iterable[Earned], *, today: date) -> list[str]:
    """One for each currency, of the last months, whether or not anything was earned in them."""
    sums: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        sums[row.flight.campaign.currency][row.begins] += row.cents
    return [
        money_plot(
            {each: months[each] for each in _months_until(max(months))}, currency, today=today
        )
        for currency, months in sorted(sums.items())
    ]


def _months_until(last: date) -> list[date]:
    months = [last]
    while len(months) < MONTHS_PLOTTED:
        months.insert(0, (months[0] - timedelta(days=1)).replace(day=1))
    return months
