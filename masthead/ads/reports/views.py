"""The ad desk's reports: fill, delivery, what can still be sold."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from masthead.ads.desk.doorways import get_flight, seller
from masthead.ads.models import Campaign, Flight
from masthead.ads.pacing.outlooks import curves_now
from masthead.ads.reports.delivery import Delivery, days_of, deliveries
from masthead.ads.reports.fill import fill_by_day, fill_by_place, seen_by_place, whole
from masthead.ads.reports.outlook import Outlooks, for_sale, shares_of_sections
from masthead.ads.reports.periods import DAYS, Period, asked_for
from masthead.ads.reports.plots import delivery_plot, fill_plot
from masthead.ads.reports.sheets import csv_answer
from masthead.ads.selling.queries import flights_for
from masthead.ads.selling.rules import outlets_sold_by
from masthead.outlets.models import Outlet, Section

ENDED_WITHIN = timedelta(days=60)


class Asked:
    """What a report was asked for: by whom, of which outlets, from when until when."""

    def __init__(self, request: HttpRequest, *, ahead: bool = False) -> None:
        self.user = seller(request)
        self.at = timezone.now()
        self.outlets = outlets_sold_by(self.user)
        wanted = request.GET.get("outlet", "")
        self.outlet = next((each for each in self.outlets if each.slug == wanted), None)
        self.period = asked_for(request.GET, at=self.at, ahead=ahead)

    @property
    def names(self) -> dict[int, str]:
        """Of the outlets that the report is about."""
        chosen = [self.outlet] if self.outlet else self.outlets
        return {each.pk: each.title for each in chosen}

    def context(self, here: str, **more: Any) -> dict[str, Any]:
        query = f"from={self.period.first}&to={self.period.last}"
        if self.outlet:
            query += f"&outlet={self.outlet.slug}"
        return {
            "here_below": here,
            "outlets": self.outlets,
            "outlet": self.outlet,
            "period": self.period,
            "query": query,
            **more,
        }


@require_safe
def fill(request: HttpRequest) -> HttpResponse:
    asked = Asked(request)
    days = fill_by_day(asked.names, asked.period)
    context = asked.context(
        "fill",
        whole=whole(days.values()),
        days=days,
        plot=fill_plot(days, today=asked.at.date()),
        places=fill_by_place(asked.names, asked.period),
    )
    return render(request, "ads/reports/fill.html", context)


@require_safe
def fill_csv(request: HttpRequest) -> HttpResponse:
    asked = Asked(request)
    return csv_answer(
        f"fill-{asked.period.first}-{asked.period.last}",
        ["title", "place", "chances", "sold", "house", "visible", "clicked"],
        (
            [
                each.outlet,
                each.place,
                each.filled.chances,
                each.filled.sold,
                each.filled.house,
                each.filled.visible,
                each.filled.clicked,
            ]
            for each in fill_by_place(asked.names, asked.period)
        ),
    )


@require_safe
def delivery(request: HttpRequest) -> HttpResponse:
    asked = Asked(request)
    return render(
        request, "ads/reports/delivery.html", asked.context("delivery", rows=_deliveries(asked))
    )


@require_safe
def delivery_csv(request: HttpRequest) -> HttpResponse:
    asked = Asked(request)
    head = ["flight", "campaign", "advertiser", "starts_at", "ends_at", "goal", "goal_kind"]
    head += ["done", "planned", "expected", "offered", "visible", "clicked", "state"]
    return csv_answer("delivery", head, (_delivery_row(each) for each in _deliveries(asked)))


def _delivery_row(each: Delivery) -> list[Any]:
    flight = each.flight
    return [
        flight.name,
        flight.campaign.name,
        flight.campaign.advertiser.name,
        flight.starts_at.isoformat(),
        flight.ends_at.isoformat() if flight.ends_at else "",
        flight.goal,
        flight.goal_kind,
        each.of_goal,
        "" if each.planned is None else each.planned,
        "" if each.expected is None else each.expected,
        each.done.offered + each.done.copies,
        each.done.views,
        each.done.clicks,
        each.state,
    ]


def _deliveries(asked: Asked) -> list[Delivery]:
    """Those that run, come, or ended in the last weeks; what will be short first."""
    rows = (
        flights_for(asked.user)
        .filter(
            Q(ends_at=None) | Q(ends_at__gt=asked.at - ENDED_WITHIN) | Q(hard_stop=False),
            campaign__state=Campaign.State.BOOKED,
        )
        .exclude(priority=Flight.Priority.HOUSE)
        .prefetch_related("outlets")
    )
    found = deliveries(list(rows), curves=curves_now(), outlets=_every_outlet(), at=asked.at)
    urgent = ("will-be-short", "behind", "short")
    return sorted(
        found,
        key=lambda each: urgent.index(each.state) if each.state in urgent else len(urgent),
    )


def _every_outlet() -> list[int]:
    return list(Outlet.objects.order_by("pk").values_list("pk", flat=True))


@require_safe
def flight(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One flight: how it went, day by day."""
    asked = Asked(request)
    row = get_flight(request, public_id)
    curves, outlets = curves_now(), _every_outlet()
    days = days_of(row, curves=curves, outlets=outlets, at=asked.at)
    (made,) = deliveries([row], curves=curves, outlets=outlets, at=asked.at)
    context = asked.context("delivery", row=made, days=days, plot=delivery_plot(days))
    return render(request, "ads/reports/flight.html", context)


@require_safe
def flight_csv(request: HttpRequest, public_id: UUID) -> HttpResponse:
    asked = Asked(request)
    row = get_flight(request, public_id)
    days = days_of(row, curves=curves_now(), outlets=_every_outlet(), at=asked.at)
    head = ["day", "offered", "visible", "clicked", "done", "planned"]
    return csv_answer(
        "flight",
        head,
        (
            [
                each.on.isoformat(),
                each.offered,
                each.visible,
                each.clicked,
                each.done,
                "" if each.planned is None else each.planned,
            ]
            for each in days
        ),
    )


@require_safe
def to_sell(request: HttpRequest) -> HttpResponse:
    asked = Asked(request, ahead=True)
    sections, section = _sections(asked, request)
    found = _for_sale(asked, section)
    context = asked.context(
        "to-sell",
        found=found,
        sections=sections,
        section=section,
        whole=[
            sum(getattr(row, n) for row in found.rows) for n in ("expected", "promised", "free")
        ],
    )
    return render(request, "ads/reports/to_sell.html", context)


@require_safe
def to_sell_csv(request: HttpRequest) -> HttpResponse:
    asked = Asked(request, ahead=True)
    _, section = _sections(asked, request)
    return csv_answer(
        f"to-sell-{asked.period.first}-{asked.period.last}",
        ["title", "place", "expected", "promised", "free"],
        (
            [row.outlet, row.place, row.expected, row.promised, row.free]
            for row in _for_sale(asked, section).rows
        ),
    )


def _sections(asked: Asked, request: HttpRequest) -> tuple[list[Section], Section | None]:
    """Of the chosen outlet; the one that was chosen of them."""
    if asked.outlet is None:
        return [], None
    sections = list(Section.objects.live().child_of(asked.outlet).order_by("path"))
    wanted = request.GET.get("section", "")
    return sections, next((each for each in sections if str(each.pk) == wanted), None)


def _for_sale(asked: Asked, section: Section | None) -> Outlooks:
    start, end = _moments(asked.period, asked.at)
    shares = shares_of_sections(asked.outlet.pk, at=asked.at) if asked.outlet and section else None
    lately = Period(asked.at.date() - timedelta(days=DAYS), asked.at.date())
    return for_sale(
        asked.names,
        curves=curves_now(),
        seen=seen_by_place(asked.names, lately),
        all_outlets=_every_outlet(),
        start=start,
        end=end,
        section=section.pk if section else None,
        shares=shares,
    )


def _moments(period: Period, at: datetime) -> tuple[datetime, datetime]:
    """What of it is still to come."""
    start = datetime.combine(period.first, time(0), tzinfo=UTC)
    end = datetime.combine(period.last + timedelta(days=1), time(0), tzinfo=UTC)
    return max(start, at), max(end, at)
