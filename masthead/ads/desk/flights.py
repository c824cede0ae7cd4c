"""Flights at the desk: added, changed, paused, made good, dropped."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from masthead.ads.desk.doorways import get_campaign, get_flight, seller
from masthead.ads.desk.forms import FlightForm, MakeGoodForm
from masthead.ads.models import Flight
from masthead.ads.selling import actions
from masthead.ads.selling.actions.flights import order_of


def add(request: HttpRequest, public_id: UUID) -> HttpResponse:
    campaign = get_campaign(request, public_id)
    user = seller(request)
    form = FlightForm(request.POST or None, user=user, currency=campaign.currency)
    if request.method == "POST" and form.is_valid():
        try:
            flight = actions.add_flight(
                campaign=campaign, order=form.order(), by=user, at=timezone.now()
            )
        except actions.AdsRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("ads:add_creative", flight.public_id)
    context = {"campaign": campaign, "form": form, "title": _("New flight")}
    return render(request, "ads/desk/flight.html", context)


def change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    flight = get_flight(request, public_id)
    user = seller(request)
    form = FlightForm(
        request.POST or None,
        user=user,
        currency=flight.campaign.currency,
        order=order_of(flight),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_flight(flight=flight, order=form.order(), by=user, at=timezone.now())
        except actions.AdsRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept."))
            return redirect("ads:campaign", flight.campaign.public_id)
    context = {
        "campaign": flight.campaign,
        "flight": flight,
        "form": form,
        "title": flight.name,
    }
    return render(request, "ads/desk/flight.html", context)


@require_POST
def pause(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _done(request, public_id, actions.pause_flight)


@require_POST
def resume(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _done(request, public_id, actions.resume_flight)


@require_POST
def drop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _done(request, public_id, actions.drop_flight)


@require_POST
def make_good(request: HttpRequest, public_id: UUID) -> HttpResponse:
    form = MakeGoodForm(request.POST)
    if not form.is_valid():
        messages.info(request, _("Say how many, and until when."))
        return redirect("ads:campaign", get_flight(request, public_id).campaign.public_id)
    return _done(request, public_id, actions.make_good, **form.cleaned_data)


def _done(
    request: HttpRequest, public_id: UUID, action: Callable[..., object], **more: Any
) -> HttpResponse:
    flight: Flight = get_flight(request, public_id)
    campaign = flight.campaign.public_id
    try:
        action(flight=flight, by=seller(request), at=timezone.now(), **more)
    except actions.AdsRefusal as refusal:
        messages.info(request, str(refusal))
    return redirect("ads:campaign", campaign)
