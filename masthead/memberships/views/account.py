"""One's own membership: what it is, what was paid, and everything one may do with it."""

from collections.abc import Callable
from functools import wraps
from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from masthead.memberships import managing, queries
from masthead.memberships.models import Membership, Price
from masthead.memberships.money import every_in_words, in_words
from masthead.memberships.providers.base import ProviderTrouble
from masthead.memberships.providers.choosing import provider
from masthead.memberships.views import said
from masthead.memberships.views.pages import answer, home_of, sheet_of
from masthead.press.cookie import give_class_of
from masthead.readers.signing_in import reader_of

Step = Callable[..., Membership]


def own(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """With the membership of whoever is signed in; 404 for anybody else's."""

    @wraps(view)
    def found(request: HttpRequest, public_id: UUID) -> HttpResponse:
        reader = reader_of(request)
        try:
            if reader is None:
                raise Http404
            member = queries.get_membership(reader=reader, public_id=public_id)
        except Membership.DoesNotExist as error:
            raise Http404 from error
        return view(request, member)

    return require_http_methods(["GET", "HEAD", "POST"])(found)


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    if reader is None:
        return answer(request, "elsewhere", _("Your membership"), to="membership/")
    now = timezone.now()
    mine = list(queries.memberships_of(reader))
    planned = queries.prices_planned(mine)
    members = [
        {
            "it": member,
            "price": f"{in_words(member.amount_cents, member.currency)}"
            f" {every_in_words(member.every)}",
            "can_withdraw": managing.can_withdraw(member, at=now),
            "runs": member.status in {"active", "trialing", "past_due"},
            "then": planned.get(member.next_price_ref),
        }
        for member in mine
    ]
    invoices = [
        {"it": each, "amount": in_words(each.total_cents, each.currency)}
        for each in queries.invoices_of(reader)[:36]
    ]
    groups = [{"it": each, "is_over": each.is_over(at=now)} for each in queries.groups_of(reader)]
    response = answer(
        request,
        "account",
        _("Your membership"),
        reader=reader,
        members=members,
        invoices=invoices,
        groups=groups,
        seats=queries.seats_of(reader),
    )
    give_class_of(response, reader=reader, at=now)
    return response


@own
def card(request: HttpRequest, member: Membership) -> HttpResponse:
    """To the provider's own page for cards and invoices."""
    if request.method != "POST":
        return _to_account(request)
    try:
        back = f"{home_of(request)}membership/"
        url = provider().portal_url(member.customer.ref, back_url=back)
    except ProviderTrouble as trouble:
        return say_trouble(request, trouble)
    return HttpResponseRedirect(url, status=303)


def _asked_first(
    step: Step, template: str, title: Callable[[], str]
) -> Callable[..., HttpResponse]:
    """GET asks whether one means it, POST does it: two clicks from the account page."""

    @own
    def view(request: HttpRequest, member: Membership) -> HttpResponse:
        if request.method != "POST":
            return answer(request, template, title(), member=member)
        return do_step(request, step, member)

    return view


def do_step(request: HttpRequest, step: Step, member: Membership, **more: Any) -> HttpResponse:
    now = timezone.now()
    try:
        step(member=member, at=now, **more)
    except (managing.NotPossible, ProviderTrouble) as trouble:
        return say_trouble(request, trouble)
    response = _to_account(request)
    if (reader := member.customer.reader) is not None:
        give_class_of(response, reader=reader, at=now)
    return response


leave = _asked_first(managing.leave, "leave", lambda: _("Cancel your membership"))
pause = _asked_first(managing.pause, "pause", lambda: _("Pause your membership"))
withdraw = _asked_first(managing.withdraw, "withdraw", lambda: _("Withdraw from your membership"))


@own
def stay(request: HttpRequest, member: Membership) -> HttpResponse:
    return (
        do_step(request, managing.stay, member)
        if request.method == "POST"
        else _to_account(request)
    )


@own
def go_on(request: HttpRequest, member: Membership) -> HttpResponse:
    if request.method != "POST":
        return _to_account(request)
    return do_step(request, managing.go_on, member)


@own
def switch(request: HttpRequest, member: Membership) -> HttpResponse:
    """What there is, then what it costs, then it is done for that price or said anew."""
    prices = queries.prices_to_switch_to(member)
    named = (request.POST if request.method == "POST" else request.GET).get("price", "")
    price = next((each for each in prices if str(each.public_id) == named), None)
    if price is None:
        plans = [list(same) for _pk, same in groupby(_said(prices), key=_plan_of)]
        return answer(request, "switch", _("Switch your plan"), member=member, plans=plans)
    if request.method == "POST":
        said_at = said.said_at(request.POST.get("said", ""), member, named)
        if said_at is not None or not managing.is_now(member, price):
            return do_step(request, managing.switch, member, price=price, said_at=said_at)
    try:
        preview = managing.preview_switch(member=member, price=price)
    except (managing.NotPossible, ProviderTrouble) as trouble:
        return say_trouble(request, trouble)
    due = in_words(preview.due_cents, preview.currency) if preview else ""
    return answer(
        request,
        "switch_sure",
        _("Switch your plan"),
        member=member,
        price=_said([price])[0],
        due=due,
        said=said.sealed(preview, member, named) if preview else "",
    )


def _plan_of(said: dict[str, Any]) -> int:
    pk: int = said["it"].plan_id
    return pk


def _said(prices: list[Price]) -> list[dict[str, Any]]:
    return [
        {
            "it": each,
            "words": f"{in_words(each.amount_cents, each.currency)} {every_in_words(each.every)}",
        }
        for each in prices
    ]


def say_trouble(request: HttpRequest, trouble: Exception) -> HttpResponse:
    status = 503 if isinstance(trouble, ProviderTrouble) else 409
    return answer(request, "trouble", _("That did not work"), status=status, trouble=str(trouble))


def _to_account(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(sheet_of(request).url("membership/"), status=303)
