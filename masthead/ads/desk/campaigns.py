"""A campaign at the desk: made, seen whole, confirmed, cancelled."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from masthead.ads.desk.doorways import get_campaign, seller
from masthead.ads.desk.forms import CampaignForm
from masthead.ads.desk.papers import told_papers
from masthead.ads.models import Campaign, Flight
from masthead.ads.selling import actions
from masthead.ads.selling.actions.creatives import mark_of
from masthead.ads.selling.delivery import NOTHING, delivered, delivered_by_creative, missing
from masthead.ads.selling.money import booked_cents, is_over, total_booked
from masthead.ads.selling.words import (
    caps_in_words,
    goal_in_words,
    price_in_words,
    targeting_in_words,
)
from masthead.memberships.money import in_words
from masthead.pictures.queries import picture_data


def make(request: HttpRequest) -> HttpResponse:
    user = seller(request)
    asked = request.GET.get("advertiser", "")
    form = CampaignForm(request.POST or None, initial={"advertiser": asked, "currency": "EUR"})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.book_campaign(by=user, at=timezone.now(), **form.cleaned_data)
        except actions.AdsRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("ads:add_flight", made.public_id)
    return render(request, "ads/desk/form.html", {"form": form, "title": _("New campaign")})


def change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    campaign = get_campaign(request, public_id)
    form = CampaignForm(request.POST or None, campaign=campaign)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_campaign(campaign=campaign, by=seller(request), **form.cleaned_data)
        except actions.AdsRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept."))
            return redirect("ads:campaign", public_id)
    context = {"form": form, "title": campaign.name, "campaign": campaign}
    return render(request, "ads/desk/form.html", context)


def campaign(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """All of it on one screen: flights with what was counted, creatives with what is to decide."""
    found = get_campaign(request, public_id)
    flights = told_flights(found, at=timezone.now())
    context = {
        "campaign": found,
        "flights": flights,
        "booked": in_words(total_booked(each["flight"] for each in flights), found.currency),
        "papers": told_papers(found, at=timezone.now()),
    }
    return render(request, "ads/desk/campaign.html", context)


def told_flights(campaign: Campaign, *, at: datetime) -> list[dict[str, Any]]:
    """The flights of a campaign as the screen tells of them; a fixed number of queries."""
    flights = list(
        campaign.flights.prefetch_related(
            "outlets", "sections", "topics", "creatives__picture", "made_good_by"
        ).order_by("starts_at", "pk")
    )
    ids = [each.pk for each in flights]
    counts, by_creative = delivered(ids), delivered_by_creative(ids)
    pictures = picture_data(
        [c.picture for flight in flights for c in flight.creatives.all() if c.picture]
    )
    return [
        _told(flight, campaign, counts.get(flight.pk, NOTHING), by_creative, pictures, at)
        for flight in flights
    ]


def _told(
    flight: Flight, campaign: Campaign, counts: Any, by_creative: Any, pictures: Any, at: datetime
) -> dict[str, Any]:
    owed = missing(flight, counts)
    reached = counts.of_goal(flight)
    is_share = flight.goal_kind == Flight.Goal.SHARE
    return {
        "flight": flight,
        "counts": counts,
        "targeting": targeting_in_words(flight),
        "goal": goal_in_words(flight),
        "caps": caps_in_words(flight),
        "price": price_in_words(flight, campaign.currency),
        "booked": in_words(booked_cents(flight), campaign.currency),
        "reached": reached,
        "parts": min(100, round(100 * reached / flight.goal)) if flight.goal else 0,
        "has_goal": bool(flight.goal) and not is_share,
        "owes": owed if is_over(flight, at=at) and not flight.made_good_by.all() else 0,
        "state": state_in_words(flight, campaign, at=at),
        "creatives": [
            {
                "creative": creative,
                "mark": mark_of(creative),
                "counts": by_creative.get(creative.pk, NOTHING),
                "picture": pictures.get(creative.picture_id),
            }
            for creative in sorted(flight.creatives.all(), key=lambda each: each.pk)
        ],
    }


def state_in_words(flight: Flight, campaign: Campaign, *, at: datetime) -> str:
    """Why it runs or does not."""
    if campaign.state != Campaign.State.BOOKED:
        return str(campaign.get_state_display())
    if flight.paused:
        return str(flight.get_paused_display())
    if flight.starts_at > at:
        return _("Not begun yet")
    if is_over(flight, at=at):
        return _("Over")
    if not any(each.state == "approved" for each in flight.creatives.all()):
        return _("Nothing approved to show")
    return _("Runs")


@require_POST
def confirm(request: HttpRequest, public_id: UUID) -> HttpResponse:
    found = get_campaign(request, public_id)
    try:
        actions.confirm_campaign(campaign=found, by=seller(request), at=timezone.now())
        messages.success(request, _("%(name)s is booked.") % {"name": found.name})
    except actions.AdsRefusal as refusal:
        messages.info(request, str(refusal))
    return redirect("ads:campaign", public_id)


@require_POST
def cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    found = get_campaign(request, public_id)
    try:
        actions.cancel_campaign(campaign=found, by=seller(request), at=timezone.now())
        messages.success(request, _("%(name)s is cancelled.") % {"name": found.name})
    except actions.AdsRefusal as refusal:
        messages.info(request, str(refusal))
    return redirect("ads:campaign", public_id)
