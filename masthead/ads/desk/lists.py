"""The ad desk's lists: campaigns, advertisers, creatives to look at."""

from django.core.paginator import Paginator
from django.db.models import Count, Max, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from masthead.ads.desk.doorways import seller
from masthead.ads.models import Campaign
from masthead.ads.selling import queries
from masthead.ads.selling.actions.creatives import mark_of
from masthead.pictures.queries import picture_data

PER_PAGE = 30


@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """Newest first; `?state=` and `?q=` narrow them."""
    user = seller(request)
    rows = queries.campaigns_for(user)
    state, words = request.GET.get("state", ""), request.GET.get("q", "").strip()
    if state in Campaign.State.values:
        rows = rows.filter(state=state)
    if words:
        rows = rows.filter(name__icontains=words) | rows.filter(advertiser__name__icontains=words)
    rows = rows.annotate(
        starts_at=Min("flights__starts_at"),
        ends_at=Max("flights__ends_at"),
        flight_count=Count("flights", distinct=True),
    )
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("p")),
        "states": Campaign.State.choices,
        "state": state,
        "words": words,
        "waiting": queries.creatives_to_look_at(user).count(),
    }
    return render(request, "ads/desk/campaigns.html", context)


@require_safe
def advertisers(request: HttpRequest) -> HttpResponse:
    """By name, with how many campaigns each has that the user sees."""
    user = seller(request)
    rows = queries.advertisers()
    words = request.GET.get("q", "").strip()
    if words:
        rows = rows.filter(name__icontains=words)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    mine = queries.campaigns_for(user).filter(advertiser__in=[each.pk for each in page])
    counts = dict(
        mine.order_by()
        .values_list("advertiser")
        .annotate(n=Count("pk"))
        .values_list("advertiser", "n")
    )
    for each in page:
        each.campaign_count = counts.get(each.pk, 0)  # type: ignore[attr-defined]
    return render(request, "ads/desk/advertisers.html", {"page": page, "words": words})


@require_safe
def creatives(request: HttpRequest) -> HttpResponse:
    """Those that wait to be looked at, oldest first."""
    rows = queries.creatives_to_look_at(seller(request))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    pictures = picture_data([each.picture for each in page if each.picture])
    told = [
        {"creative": each, "mark": mark_of(each), "picture": pictures.get(each.picture_id or 0)}
        for each in page
    ]
    return render(request, "ads/desk/creatives.html", {"page": page, "creatives": told})
