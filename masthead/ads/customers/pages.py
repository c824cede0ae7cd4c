"""The advertiser's pages, printed for one answer in an outlet's look."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone

from masthead.ads.customers.links import find_advertiser
from masthead.ads.models import Advertiser, Campaign
from masthead.memberships.providers.choosing import provider
from masthead.outlets.page import Head, ReaderPage
from masthead.outlets.sheet import Sheet
from masthead.press.asking import Asking
from masthead.press.headers import PRIVATE
from masthead.press.render import print_page, respond


def sheet_of(request: HttpRequest) -> Sheet:
    found: Sheet = request.sheet  # type: ignore[attr-defined]
    return found


def customer(token: str) -> Advertiser:
    """Whose link it is. Raises Http404."""
    found = find_advertiser(token)
    if found is None:
        raise Http404
    return found


def campaign_of(advertiser: Advertiser, public_id: Any) -> Campaign:
    """One of theirs that is more than a draft of the desk's. Raises Http404."""
    rows = Campaign.objects.filter(advertiser=advertiser).exclude(state=Campaign.State.DRAFT)
    found = rows.select_related("advertiser").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def answer(
    request: HttpRequest, template: str, title: str, *, status: int = 200, **shown: Any
) -> HttpResponse:
    """For one person: kept nowhere, told to no other site. Forms may lead to paying."""
    sheet = sheet_of(request)
    context = {**shown, "title": title, "csrf_token": get_token(request)}
    page = ReaderPage(
        sheet,
        "personal",
        f"ads/customers/{template}.html",
        Head(title=title, robots="noindex"),
        context,
        status=status,
    )
    response = respond(print_page(page, asking=Asking(sheet, timezone.now())))
    response["Cache-Control"] = PRIVATE
    # The address lets in whoever has it.
    response["Referrer-Policy"] = "no-referrer"
    del response["ETag"]
    goes_to = " ".join(["form-action 'self'", *provider().page_origins])
    policy = response["Content-Security-Policy"].replace("form-action 'self'", goes_to)
    response["Content-Security-Policy"] = policy
    return response


def private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = PRIVATE
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
