"""What campaigns cost."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from masthead.ads.models import Flight, Pricing
from masthead.ads.selling.refusals import AdsRefusal
from masthead.memberships import money


def cents_of(amount: Decimal | None, currency: str) -> int:
    """What somebody typed, in the smallest unit; nothing typed is nothing. Raises AdsRefusal."""
    try:
        return money.cents_of(amount or Decimal(0), currency)
    except ValueError as error:
        words = _("“%(amount)s” is no amount of %(currency)s.")
        raise AdsRefusal(words % {"amount": amount, "currency": currency.upper()}) from error


def booked_cents(flight: Flight) -> int:
    """
    What the whole flight costs as it was ordered, rounded half up to a cent.

    Without a number of views or clicks that is nothing yet: it is invoiced by what was counted.
    """
    if flight.pricing == Pricing.FLAT:
        return flight.amount_cents
    return cost_cents(flight, views=_sold(flight, "views"), clicks=_sold(flight, "clicks"))


def delivered_cents(flight: Flight, *, views: int, clicks: int) -> int:
    """What was delivered is worth, at most what was ordered: nobody pays for more than that."""
    worth = cost_cents(flight, views=views, clicks=clicks)
    booked = booked_cents(flight)
    return min(worth, booked) if booked else worth


def cost_cents(flight: Flight, *, views: int, clicks: int) -> int:
    if flight.pricing == Pricing.FLAT:
        return flight.amount_cents
    if flight.pricing == Pricing.CPC:
        return flight.amount_cents * clicks
    return (flight.amount_cents * views + 500) // 1000


def is_over(flight: Flight, *, at: datetime) -> bool:
    """For good: past its end one without a hard stop goes on until its goal is reached."""
    return flight.hard_stop and flight.ends_at is not None and flight.ends_at <= at


def total_booked(flights: Iterable[Flight]) -> int:
    return sum(booked_cents(flight) for flight in flights)


def _sold(flight: Flight, kind: str) -> int:
    return flight.goal if flight.goal_kind == kind else 0
