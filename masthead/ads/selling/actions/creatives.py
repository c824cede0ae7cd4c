"""What is shown: added, changed, approved, refused."""

from datetime import datetime
from hashlib import blake2b

from django.db import transaction
from django.utils.translation import gettext as _

from masthead.accounts.models import User
from masthead.ads.models import Creative, Flight, HourOfAds
from masthead.ads.selling.actions.telling import (
    note,
    refuse_flight_of_others,
    tell_pages,
)
from masthead.ads.selling.checking import check_creative
from masthead.ads.selling.orders import CreativeOrder
from masthead.ads.selling.refusals import AdsRefusal, NotAllowed
from masthead.ads.selling.rules import may_bring_html

_FIELDS = (
    "kind",
    "link",
    "picture",
    "alt",
    "headline",
    "text",
    "action",
    "article",
    "html",
    "weight",
)
_ROWS = tuple(f"{name}_id" if name in {"picture", "article"} else name for name in _FIELDS)


def add_creative(
    *, flight: Flight, order: CreativeOrder, by: User | None, at: datetime
) -> Creative:
    """Waits to be looked at. Raises AdsRefusal, NotAllowed."""
    refuse_flight_of_others(by, flight)
    check_creative(order, may_html=by is not None and may_bring_html(by))
    with transaction.atomic():
        creative = write_creative(flight=flight, order=order)
        note(flight.campaign, "creative.add", by=by, creative=creative, flight=flight)
    return creative


def change_creative(
    *, creative: Creative, order: CreativeOrder, by: User | None, at: datetime
) -> None:
    """It waits to be looked at again and is not shown meanwhile. Raises AdsRefusal, NotAllowed."""
    refuse_flight_of_others(by, creative.flight)
    check_creative(order, may_html=by is not None and may_bring_html(by))
    with transaction.atomic():
        _fill(creative, order)
        creative.state, creative.reason, creative.decided_at = Creative.State.WAITING, "", None
        creative.save()
        tell_pages(flights=[creative.flight], at=at)
        note(creative.flight.campaign, "creative.change", by=by, creative=creative)


def approve_creative(*, creative: Creative, by: User | None, at: datetime) -> None:
    """
    Readers see it from now on, while its flight runs. Raises AdsRefusal, NotAllowed.

    What somebody changed since it was looked at is not approved unseen: pass what was looked at.
    """
    refuse_flight_of_others(by, creative.flight)
    if creative.kind == Creative.Kind.HTML and by is not None and not may_bring_html(by):
        raise NotAllowed(_("HTML is only for those who run a title."))
    with transaction.atomic():
        _decide(creative, state=Creative.State.APPROVED, reason="", at=at)
        note(creative.flight.campaign, "creative.approve", by=by, creative=creative)


def refuse_creative(*, creative: Creative, reason: str, by: User | None, at: datetime) -> None:
    """The advertiser reads why. Raises AdsRefusal without a reason, NotAllowed."""
    refuse_flight_of_others(by, creative.flight)
    reason = " ".join(reason.split())
    if not reason:
        raise AdsRefusal(_("Say why, so that it can be made better."))
    with transaction.atomic():
        _decide(creative, state=Creative.State.REFUSED, reason=reason[:200], at=at)
        note(creative.flight.campaign, "creative.refuse", by=by, creative=creative, reason=reason)


def drop_creative(*, creative: Creative, by: User | None, at: datetime) -> None:
    """Away with one that was never shown; others are refused. Raises AdsRefusal, NotAllowed."""
    refuse_flight_of_others(by, creative.flight)
    if HourOfAds.objects.filter(creative=creative).exists():
        raise AdsRefusal(_("It was shown already, so it stays for its figures; refuse it instead."))
    with transaction.atomic():
        tell_pages(flights=[creative.flight], at=at)
        note(creative.flight.campaign, "creative.drop", by=by, creative=creative)
        creative.delete()


def mark_of(creative: Creative) -> str:
    """Another one after each change of what readers would see: for a screen's own form."""
    seen = [creative.state, creative.places, *(getattr(creative, name) for name in _ROWS)]
    return blake2b(repr(seen).encode(), digest_size=9).hexdigest()


def write_creative(
    *, flight: Flight, order: CreativeOrder, approved_at: datetime | None = None
) -> Creative:
    """Inside the caller's transaction, of an order that was checked."""
    creative = Creative(flight=flight)
    _fill(creative, order)
    if approved_at is not None:
        creative.state, creative.decided_at = Creative.State.APPROVED, approved_at
    creative.save()
    return creative


def _fill(creative: Creative, order: CreativeOrder) -> None:
    for field in _FIELDS:
        setattr(creative, field, getattr(order, field))
    creative.places = list(dict.fromkeys(order.places))


def _decide(creative: Creative, *, state: Creative.State, reason: str, at: datetime) -> None:
    same = Creative.objects.filter(pk=creative.pk, state=creative.state)
    for field in _FIELDS:
        same = same.filter(**{field: getattr(creative, field)})
    if creative.state == state or not same.update(state=state, reason=reason, decided_at=at):
        raise AdsRefusal(_("It was changed or decided meanwhile; look at it again."))
    creative.state, creative.reason, creative.decided_at = state, reason, at
    tell_pages(flights=[creative.flight], at=at)
