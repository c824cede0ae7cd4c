"""Answers the newsletters that ask what was sold for a place of an edition."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.utils.html import format_html

from masthead.ads.letters.choosing import Candidate, Tier, choose_for
from masthead.ads.letters.links import ad_path
from masthead.ads.models import Campaign, Creative, Flight, Pause, Place
from masthead.articles.models import PublishedArticle
from masthead.newsletters.blocks.placements import SoldPlacement
from masthead.newsletters.models import Edition
from masthead.outlets.models import OutletSheet

TIERS = {
    Flight.Priority.SPONSORSHIP: Tier.SPONSORSHIP,
    Flight.Priority.STANDARD: Tier.STANDARD,
    Flight.Priority.HOUSE: Tier.HOUSE,
}


def sell(edition: Edition, slot: str, at: datetime) -> SoldPlacement | None:
    """
    What stands in a place of an edition that is printed at a moment; None: nothing was sold.

    One query. It writes nothing: what went out is read from the printed copies.
    """
    slots = slots_of(edition)
    if slot not in slots:
        return None
    rows = [each for each in _for_sale(edition.newsletter.outlet_id, at) if _fits(each, at)]
    chosen = choose_for(
        slots,
        map(_candidate, rows),
        edition=edition.public_id,
        at=at.timestamp(),
    )[slots.index(slot)]
    if chosen is None:
        return None
    return _placement(next(each for each in rows if each.pk == chosen.creative), edition)


def slots_of(edition: Edition) -> list[str]:
    """The names of its places, in order; a name that stands there twice is one place twice."""
    named = [block["slot"] for block in edition.blocks if block.get("kind") == "placement"]
    return list(dict.fromkeys(named))


def _for_sale(outlet_id: int, at: datetime) -> QuerySet[Creative]:
    """
    Approved pictures and cards of flights that run in this outlet and name nothing that a mail
    cannot know: a section, a topic, a kind of page, a screen or a country. A flight with a daily
    cap is none for an edition, which goes to everybody at once.
    """
    sheet = OutletSheet.objects.filter(outlet=outlet_id)
    article = PublishedArticle.objects.filter(
        outlet=outlet_id, article=OuterRef("article"), state=PublishedArticle.State.LIVE
    )
    return (
        Creative.objects.filter(
            Q(flight__ends_at=None) | Q(flight__ends_at__gt=at) | Q(flight__hard_stop=False),
            Q(flight__outlets=None) | Q(flight__outlets=outlet_id),
            state=Creative.State.APPROVED,
            kind__in=[Creative.Kind.PICTURE, Creative.Kind.CARD],
            flight__campaign__state=Campaign.State.BOOKED,
            flight__paused=Pause.NONE,
            flight__starts_at__lte=at,
            flight__sections=None,
            flight__topics=None,
            flight__daily_cap=0,
            flight__page_kinds=[],
            flight__screens=[],
            flight__countries=[],
        )
        .filter(~Q(link="") | Exists(article))
        .annotate(
            base=Subquery(sheet.annotate(it=KT("data__base")).values("it")),
            language=Subquery(sheet.annotate(it=KT("data__language")).values("it")),
            zone=Subquery(sheet.annotate(it=KT("data__timezone")).values("it")),
            done=F("flight__paced__done"),
        )
        .select_related("flight__campaign__advertiser")
        .order_by("flight", "pk")
    )


def _fits(creative: Any, at: datetime) -> bool:
    flight = creative.flight
    here = at.astimezone(ZoneInfo(creative.zone or "UTC"))
    return (
        _includes(flight.places, Place.NEWSLETTER.value)
        and _includes(creative.places, Place.NEWSLETTER.value)
        and _includes(flight.languages, (creative.language or "").partition("-")[0].lower())
        and _includes(flight.hours, here.hour)
        and _includes(flight.weekdays, here.weekday())
    )


def _includes(wanted: list[Any], value: Any) -> bool:
    """An empty list means anything."""
    return not wanted or value in wanted


def _candidate(creative: Any) -> Candidate:
    flight: Flight = creative.flight
    is_share = flight.goal_kind == Flight.Goal.SHARE
    return Candidate(
        creative=creative.pk,
        flight=flight.pk,
        tier=TIERS[Flight.Priority(flight.priority)],
        starts=flight.starts_at.timestamp(),
        ends=flight.ends_at.timestamp() if flight.ends_at else None,
        goal=0 if is_share else flight.goal,
        done=creative.done or 0,
        share=flight.goal if is_share else 0,
        soon=flight.pace == Flight.Pace.SOON,
        only_here=flight.places == [Place.NEWSLETTER.value],
        trade=flight.campaign.advertiser.category,
        weight=creative.weight,
    )


def _placement(creative: Any, edition: Edition) -> SoldPlacement:
    path = ad_path(edition_id=edition.pk, creative_id=creative.pk)
    is_card = creative.kind == Creative.Kind.CARD
    return SoldPlacement(
        sponsor=creative.flight.campaign.advertiser.name,
        title=creative.headline if is_card else "",
        html=format_html("<p>{}</p>", creative.text) if is_card and creative.text else "",
        link=f"{creative.base}/{path}",
        label=creative.action,
        picture=creative.picture_id,
        alt=creative.alt,
    )
