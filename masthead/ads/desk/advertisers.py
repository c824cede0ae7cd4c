"""Advertisers at the desk: one, a new one, changed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from masthead.accounts.models import User
from masthead.ads.customers.links import link_for
from masthead.ads.desk.doorways import get_advertiser, seller
from masthead.ads.desk.forms import AdvertiserForm
from masthead.ads.models import Advertiser
from masthead.ads.selling import actions, queries
from masthead.ads.selling.rules import outlets_sold_by
from masthead.outlets.queries import canonical_sheets


def make(request: HttpRequest) -> HttpResponse:
    user = seller(request)
    form = AdvertiserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            made = actions.make_advertiser(by=user, note_for_desk=given.pop("note"), **given)
        except actions.AdsRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s is there.") % {"name": made.name})
            return redirect("ads:advertiser", made.public_id)
    return render(request, "ads/desk/form.html", {"form": form, "title": _("New advertiser")})


def advertiser(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What is known of one and what they booked; POST changes it."""
    found = get_advertiser(request, public_id)
    user = seller(request)
    form = AdvertiserForm(
        request.POST or None, instance=Advertiser.objects.get(pk=found.pk), auto_id="id_%s"
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_advertiser(
                advertiser=found, by=user, at=timezone.now(), **form.cleaned_data
            )
        except actions.AdsRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept."))
            return redirect("ads:advertiser", public_id)
    context = {
        "advertiser": found,
        "form": form,
        "links": _links(found, user),
        "campaigns": queries.campaigns_for(user).filter(advertiser=found)[:50],
    }
    return render(request, "ads/desk/advertiser.html", context)


def _links(advertiser: Advertiser, user: User) -> list[tuple[str, str]]:
    """To their own page, in the look of each title that one sells for."""
    if not advertiser.email:
        return []
    mine = {outlet.pk for outlet in outlets_sold_by(user)}
    sheets = [sheet for sheet in canonical_sheets() if sheet.id in mine]
    return [(sheet.name, link_for(advertiser, sheet)) for sheet in sheets]
