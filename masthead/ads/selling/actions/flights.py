"""Stretches of a campaign: added, changed, paused, made good."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from masthead.accounts.models import User
from masthead.ads.models import Campaign, Flight, HourOfAds, Pause
from masthead.ads.selling.actions.telling import (
    close_outdated_page,
    note,
    outlets_of,
    refuse_elsewhere,
    refuse_flight_of_others,
    refuse_strangers,
    tell_pages,
)
from masthead.ads.selling.checking import check_flight
from masthead.ads.selling.money import is_over
from masthead.ads.selling.orders import FlightOrder
from masthead.ads.selling.refusals import AdsRefusal

_OF_TARGETING = (
    "places",
    "page_kinds",
    "hours",
    "weekdays",
    "screens",
    "languages",
    "countries",
)
_PLAIN = (
    "name",
    "starts_at",
    "ends_at",
    "hard_stop",
    "priority",
    "goal_kind",
    "goal",
    "pace",
    "daily_cap",
    "views_per_device",
    "per_days",
    "pricing",
    "amount_cents",
)


def add_flight(*, campaign: Campaign, order: FlightOrder, by: User | None, at: datetime) -> Flight:
    """Without the order's creatives. Raises AdsRefusal, NotAllowed."""
    refuse_strangers(by)
    refuse_elsewhere(by, order.targeting.outlets)
    check_flight(order)
    if campaign.state == Campaign.State.CANCELLED:
        raise AdsRefusal(_("This campaign was cancelled."))
    with transaction.atomic():
        flight = write_flight(campaign=campaign, order=order)
        tell_pages(flights=[flight], at=at)
        note(campaign, "flight.add", by=by, flight=flight)
        close_outdated_page(campaign)
    return flight


def change_flight(*, flight: Flight, order: FlightOrder, by: User | None, at: datetime) -> None:
    """
    All of it anew but its creatives. Raises AdsRefusal, NotAllowed.

    What was counted stays and counts towards the new goal.
    """
    refuse_flight_of_others(by, flight)
    refuse_elsewhere(by, order.targeting.outlets)
    check_flight(order)
    before = outlets_of(flight)
    with transaction.atomic():
        _fill(flight, order)
        flight.save()
        _target(flight, order)
        tell_pages(flights=[flight], before=before, at=at)
        note(flight.campaign, "flight.change", by=by, flight=flight)
        close_outdated_page(flight.campaign)


def pause_flight(*, flight: Flight, by: User | None, at: datetime, why: Pause = Pause.DESK) -> None:
    """It is offered to nobody until it goes on. Raises AdsRefusal, NotAllowed."""
    refuse_flight_of_others(by, flight)
    if why == Pause.NONE:
        raise ValueError("A pause has a reason.")
    with transaction.atomic():
        if not Flight.objects.filter(pk=flight.pk, paused=Pause.NONE).update(paused=why):
            raise AdsRefusal(_("It is paused already."))
        flight.paused = why
        tell_pages(flights=[flight], at=at)
        note(flight.campaign, "flight.pause", by=by, flight=flight, why=why)


def resume_flight(*, flight: Flight, by: User | None, at: datetime) -> None:
    """
    Raises AdsRefusal, NotAllowed. An advertiser (`by` None) ends only their own pause.
    """
    refuse_flight_of_others(by, flight)
    paused = Flight.objects.filter(pk=flight.pk).exclude(paused=Pause.NONE)
    if by is None:
        paused = paused.filter(paused=Pause.ADVERTISER)
    with transaction.atomic():
        if not paused.update(paused=Pause.NONE):
            raise AdsRefusal(_("It is not paused, or not by you."))
        flight.paused = Pause.NONE
        tell_pages(flights=[flight], at=at)
        note(flight.campaign, "flight.resume", by=by, flight=flight)


def make_good(
    *, flight: Flight, missing: int, ends_at: datetime, by: User | None, at: datetime
) -> Flight:
    """
    A flight that costs nothing and brings what another one owes, from now until `ends_at`.

    missing: of the goal's kind. It has the targeting and approved creatives of the short one.
    Raises AdsRefusal when nothing is owed or it is made good already, NotAllowed.
    """
    refuse_flight_of_others(by, flight)
    if flight.goal_kind == Flight.Goal.SHARE or missing <= 0:
        raise AdsRefusal(_("This flight owes nothing."))
    if not is_over(flight, at=at):
        raise AdsRefusal(_("This flight has not ended yet."))
    order = replace(
        order_of(flight),
        name=_("Make-good: %(name)s") % {"name": flight.name},
        starts_at=at,
        ends_at=ends_at,
        goal=missing,
        amount_cents=0,
        daily_cap=0,
    )
    order = replace(order, name=order.name[:100])
    check_flight(order)
    with transaction.atomic():
        Flight.objects.select_for_update().get(pk=flight.pk)
        if Flight.objects.filter(makes_good=flight).exists():
            raise AdsRefusal(_("It is made good already."))
        made = write_flight(campaign=flight.campaign, order=order, makes_good=flight)
        for creative in flight.creatives.filter(state="approved").order_by("pk"):
            creative.pk = None
            creative._state.adding = True
            creative.public_id = type(creative)._meta.get_field("public_id").get_default()
            creative.flight = made
            creative.save()
        tell_pages(flights=[made], at=at)
        note(flight.campaign, "flight.make-good", by=by, flight=flight, missing=missing)
    return made


def drop_flight(*, flight: Flight, by: User | None, at: datetime) -> None:
    """Away with a flight that was never shown; others are paused. Raises AdsRefusal."""
    refuse_flight_of_others(by, flight)
    if HourOfAds.objects.filter(creative__flight=flight).exists():
        raise AdsRefusal(_("It was shown already: pause it instead, so that its figures stay."))
    with transaction.atomic():
        tell_pages(flights=[flight], at=at)
        note(flight.campaign, "flight.drop", by=by, flight=flight)
        close_outdated_page(flight.campaign)
        flight.delete()


def write_flight(
    *, campaign: Campaign, order: FlightOrder, makes_good: Flight | None = None
) -> Flight:
    """Inside the caller's transaction, of an order that was checked."""
    flight = Flight(campaign=campaign, makes_good=makes_good)
    _fill(flight, order)
    flight.save()
    _target(flight, order)
    return flight


def order_of(flight: Flight) -> FlightOrder:
    """The order that a flight fulfils, without creatives."""
    from masthead.ads.selling.orders import Targeting

    targeting = Targeting(
        outlets=list(flight.outlets.order_by("path")),
        sections=list(flight.sections.order_by("path")),
        topics=list(flight.topics.order_by("pk")),
        **{field: tuple(getattr(flight, field)) for field in _OF_TARGETING},
    )
    return FlightOrder(**{field: getattr(flight, field) for field in _PLAIN}, targeting=targeting)


def _fill(flight: Flight, order: FlightOrder) -> None:
    for field in _PLAIN:
        setattr(flight, field, getattr(order, field))
    for field in _OF_TARGETING:
        setattr(flight, field, list(dict.fromkeys(getattr(order.targeting, field))))


def _target(flight: Flight, order: FlightOrder) -> None:
    flight.outlets.set(order.targeting.outlets)
    flight.sections.set(order.targeting.sections)
    flight.topics.set(order.targeting.topics)
