"""Choose, e-mail, pay, and back to where one was reading."""

import re
from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from allauth.core.ratelimit import consume_or_429
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from masthead.memberships import selling
from masthead.memberships.buy_form import BuyForm
from masthead.memberships.models import Price, Purchase
from masthead.memberships.offers import currencies_of, of_plan, offers_of
from masthead.memberships.providers.base import ProviderTrouble
from masthead.memberships.providers.choosing import is_stand_in, selling_account
from masthead.memberships.views.pages import answer, home_of, sheet_of
from masthead.press.cookie import give_class_of, give_class_of_purchase
from masthead.readers.actions import find_or_add_reader
from masthead.readers.signing_in import reader_of

COOKIE = "masthead_purchase"
_SALT = "masthead.memberships.purchase"
GOOD_FOR_SECONDS = 2 * 86_400
_WAY = re.compile(r"(?:offer|join|gate|prompt:[0-9a-f]{12})\Z")
_PATH = re.compile(r"(?!/)[^\s\\?#]{0,400}\Z")


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Without a price: what is offered. With one: the e-mail address. POST: on to paying."""
    if request.method == "POST":
        return _begin(request)
    came_from = _came_from(request.GET.get("from", ""))
    named = request.GET.get("price", "")
    if not named:
        return _plans_page(request, came_from)
    price = _price(request, named)
    reader = reader_of(request)
    form = BuyForm(initial={"email": reader.email if reader else ""})
    return _email_page(request, price, form, came_from)


def _plans_page(request: HttpRequest, came_from: str) -> HttpResponse:
    """In one currency; the others are a link away."""
    offers = offers_of(sheet_of(request))
    currencies = currencies_of(offers)
    wanted = request.GET.get("currency", "")
    chosen = wanted if wanted in currencies else next(iter(currencies), "")
    shown = [each for each in offers if each.currency == chosen]
    return answer(
        request,
        "join",
        _("Read without advertising"),
        plans=of_plan(each for each in shown if not each.is_once),
        donations=of_plan(each for each in shown if each.is_once),
        currency=chosen,
        currencies=currencies,
        came_from=came_from,
        way=_way(request.GET) or "join",
        is_stand_in=is_stand_in(),
    )


def _way(given: Mapping[str, str]) -> str:
    found = given.get("way", "")
    return found if _WAY.match(found) else ""


def _begin(request: HttpRequest) -> HttpResponse:
    # Anybody may ask, each time the provider is asked and an address kept.
    if refused := consume_or_429(request, action="signup"):
        return refused
    price = _price(request, request.POST.get("price", ""))
    came_from = _came_from(request.POST.get("from", ""))
    form = BuyForm(request.POST, price=price)
    try:
        if not form.is_valid():
            return _email_page(request, price, form, came_from, status=422)
    except ProviderTrouble as trouble:
        return answer(request, "trouble", _("That did not work"), status=503, trouble=str(trouble))
    now = timezone.now()
    reader = find_or_add_reader(email=form.cleaned_data["email"], at=now)
    is_signed_in = reader_of(request) == reader
    choice = selling.Choice(
        price=price,
        kind=form.kind(),
        amount_cents=form.cleaned_data["amount"] or 0,
        discount=form.cleaned_data["code"],
        outlet_id=sheet_of(request).id,
        came_from=came_from,
        quantity=form.cleaned_data["quantity"],
        way_in=_way(request.POST),
        home=home_of(request),
        is_signed_in=is_signed_in,
        may_tell=is_signed_in,
        began=_marked(request),
    )
    try:
        purchase = selling.begin_purchase(choice=choice, reader=reader, at=now)
    except (selling.AlreadyMember, ProviderTrouble) as trouble:
        form.add_error(None, str(trouble))
        status = 409 if isinstance(trouble, selling.AlreadyMember) else 503
        return _email_page(request, price, form, came_from, status=status)
    response = HttpResponseRedirect(purchase.page_url, status=303)
    _mark(request, response, purchase)
    return response


def _email_page(
    request: HttpRequest, price: Price, form: BuyForm, came_from: str, *, status: int = 200
) -> HttpResponse:
    offers = offers_of(sheet_of(request))
    offer = next((each for each in offers if each.price_id == str(price.public_id)), None)
    if offer is None:
        raise Http404
    return answer(
        request,
        "email",
        offer.plan,
        status=status,
        offer=offer,
        form=form,
        came_from=came_from,
        way=_way(request.POST if request.method == "POST" else request.GET),
        is_stand_in=is_stand_in(),
    )


@require_safe
def back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """
    From the payment page to the article, as a member.

    Only the browser that began the purchase gets a class from this, and without being signed in
    only that of what it bought: whose address was typed is not proved by paying. Anybody else who
    has the address of this page is told to sign in, and so is everybody when two began it by its
    e-mail address: any of them may be somebody who only typed it.
    """
    found = Purchase.objects.select_related("price__plan", "reader")
    purchase = get_object_or_404(found, public_id=public_id)
    if _marked(request) != str(public_id):
        return answer(request, "elsewhere", _("Sign in to read on"), status=403, to="membership/")
    now = timezone.now()
    try:
        purchase = selling.settle_purchase(purchase=purchase, at=now)
    except ProviderTrouble as trouble:
        return answer(
            request, "waiting", _("Thank you"), status=503, trouble=str(trouble), again=request.path
        )
    if purchase.state != Purchase.State.PAID and purchase.details.get("awaited"):
        told = _("Your payment takes some days.")
        return answer(request, "waiting", _("Thank you"), trouble=told, again=request.path)
    if purchase.state != Purchase.State.PAID:
        return answer(request, "waiting", _("Not paid yet"), trouble="", again=purchase.page_url)
    Purchase.objects.filter(pk=purchase.pk, returned_at=None).update(returned_at=now)
    # The browser may still have the page with advertising, for seconds; this is another address.
    query = urlencode({"thanks": purchase.kind})
    # Who bought for a group has its seats to give away; everybody else was reading.
    is_group = purchase.kind == Purchase.Kind.GROUP
    to = sheet_of(request).url("membership/" if is_group else purchase.came_from)
    response = HttpResponseRedirect(f"{to}?{query}", status=303)
    response["Cache-Control"] = "private, no-store"
    if purchase.reader is not None:
        # Of a double one the money goes back: it lets nobody in who is not signed in.
        may_be_anothers = purchase.details.get("shared") or purchase.details.get("double")
        if may_be_anothers and reader_of(request) != purchase.reader:
            title = _("Sign in to read on")
            return answer(request, "elsewhere", title, status=403, to="membership/")
        if reader_of(request) == purchase.reader:
            give_class_of(response, reader=purchase.reader, at=now)
        elif purchase.kind == Purchase.Kind.MEMBERSHIP:
            # Gifts, donations and seats give the browser nothing, and take nothing from it.
            give_class_of_purchase(response, public_id=purchase.public_id, at=now)
    return response


def _price(request: HttpRequest, named: str) -> Price:
    """On sale, here. 404 for any other."""
    try:
        found = Price.objects.select_related("plan").get(public_id=named)
    except (Price.DoesNotExist, ValueError) as error:
        raise Http404 from error
    plan = found.plan
    here = plan.outlet_id in {None, sheet_of(request).id}
    on_sale = found.is_on_sale and plan.is_on_sale and plan.sold_by == selling_account()
    if not (here and on_sale):
        raise Http404
    return found


def _came_from(path: str) -> str:
    """A path below the outlet, or nothing: nobody is led away from here."""
    return path if _PATH.match(path) and ".." not in path and ":" not in path else ""


def _mark(request: HttpRequest, response: HttpResponse, purchase: Purchase) -> None:
    response.set_cookie(
        COOKIE,
        signing.dumps(str(purchase.public_id), salt=_SALT),
        max_age=GOOD_FOR_SECONDS,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _marked(request: HttpRequest) -> str:
    try:
        value: str = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=GOOD_FOR_SECONDS
        )
    except signing.BadSignature:
        return ""
    return value
