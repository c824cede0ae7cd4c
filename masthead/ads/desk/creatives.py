"""Creatives at the desk: brought, changed, approved, refused, dropped."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.models import Collection

from masthead.accounts.grants import collection_for
from masthead.ads.desk.doorways import get_creative, get_flight, seller
from masthead.ads.desk.forms import CreativeForm
from masthead.ads.models import Creative, Flight
from masthead.ads.selling import actions
from masthead.ads.selling.actions.creatives import mark_of
from masthead.ads.selling.orders import CreativeOrder
from masthead.ads.selling.rules import may_bring_html


def add(request: HttpRequest, public_id: UUID) -> HttpResponse:
    flight = get_flight(request, public_id)
    return _form(request, flight=flight, title=_("New creative"))


def change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    creative = get_creative(request, public_id)
    return _form(request, flight=creative.flight, title=str(creative), creative=creative)


def _form(
    request: HttpRequest, *, flight: Flight, title: str, creative: Creative | None = None
) -> HttpResponse:
    user = seller(request)
    form = CreativeForm(
        request.POST or None,
        request.FILES or None,
        flight=flight,
        creative=creative,
        may_html=may_bring_html(user),
    )
    if request.method == "POST" and form.is_valid():
        try:
            # With the picture: what is refused leaves no row.
            with transaction.atomic():
                order = form.order(by=user, collection=files_of(flight))
                _write(order, flight=flight, creative=creative, by=user)
        except actions.AdsRefusal as refusal:
            form.add_error(None, str(refusal))
        except forms.ValidationError as refused:
            form.add_error("file", refused)
        else:
            messages.success(request, _("Kept. It waits to be looked at."))
            return redirect("ads:campaign", flight.campaign.public_id)
    context = {"flight": flight, "creative": creative, "form": form, "title": title}
    return render(request, "ads/desk/creative.html", context)


def _write(order: CreativeOrder, *, flight: Flight, creative: Creative | None, by: Any) -> None:
    now = timezone.now()
    if creative is None:
        actions.add_creative(flight=flight, order=order, by=by, at=now)
    else:
        actions.change_creative(creative=creative, order=order, by=by, at=now)


def files_of(flight: Flight) -> Collection:
    """Where the pictures of a flight are kept: with the files of the first title it runs in."""
    outlet = flight.outlets.order_by("path").first()
    return Collection.get_first_root_node() if outlet is None else collection_for(outlet)


@require_POST
def approve(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """`seen` is the moment's mark of what was looked at, so that nothing unseen is approved."""
    creative = get_creative(request, public_id)
    try:
        if request.POST.get("seen") != mark_of(creative):
            raise actions.AdsRefusal(_("It was changed meanwhile; look at it again."))
        actions.approve_creative(creative=creative, by=seller(request), at=timezone.now())
        messages.success(request, _("Approved."))
    except actions.AdsRefusal as refusal:
        messages.info(request, str(refusal))
    return _back(request, creative)


@require_POST
def refuse(request: HttpRequest, public_id: UUID) -> HttpResponse:
    creative = get_creative(request, public_id)
    reason = request.POST.get("reason", "")
    try:
        actions.refuse_creative(
            creative=creative, reason=reason, by=seller(request), at=timezone.now()
        )
        messages.success(request, _("Refused."))
    except actions.AdsRefusal as refusal:
        messages.info(request, str(refusal))
    return _back(request, creative)


@require_POST
def drop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    creative = get_creative(request, public_id)
    try:
        actions.drop_creative(creative=creative, by=seller(request), at=timezone.now())
    except actions.AdsRefusal as refusal:
        messages.info(request, str(refusal))
    return redirect("ads:campaign", creative.flight.campaign.public_id)


def _back(request: HttpRequest, creative: Creative) -> HttpResponse:
    if request.POST.get("from") == "list":
        return redirect("ads:creatives")
    return redirect("ads:campaign", creative.flight.campaign.public_id)
