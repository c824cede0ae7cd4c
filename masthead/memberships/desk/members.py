"""Members: the list, one of them, and what the desk does for them."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.log_actions import log

from masthead.mail.models import Letter
from masthead.memberships import managing, queries, serving
from masthead.memberships.desk.doorways import get_member, get_membership, refuse_others
from masthead.memberships.desk.figures import way_in_words
from masthead.memberships.desk.member_forms import GiveForm, amount_from
from masthead.memberships.doubles import IN_FORCE
from masthead.memberships.figures.sheets import as_csv
from masthead.memberships.models import Gift, Invoice, Membership, Plan, Purchase, Seat
from masthead.memberships.money import every_in_words, in_words
from masthead.memberships.prompting import names
from masthead.memberships.providers.base import ProviderTrouble
from masthead.readers.models import Reader

PER_PAGE = 50
MOST_LETTERS = 30
STATES = {
    "running": gettext_lazy("Running"),
    "trial": gettext_lazy("Trial"),
    "failing": gettext_lazy("Card does not pay"),
    "leaving": gettext_lazy("Cancelled, runs still"),
    "paused": gettext_lazy("Paused"),
    "ended": gettext_lazy("Ended"),
    "given": gettext_lazy("Given by the newsroom"),
}


def _asked(request: HttpRequest) -> dict[str, Any]:
    plan = request.GET.get("plan", "")
    state = request.GET.get("state", "")
    return {
        "words": request.GET.get("q", "").strip()[:100],
        "plan_id": int(plan) if plan.isdecimal() else None,
        "state": state if state in STATES else "",
    }


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    refuse_others(request)
    asked = _asked(request)
    page = Paginator(queries.members(at=timezone.now(), **asked), PER_PAGE).get_page(
        request.GET.get("p")
    )
    held = queries.memberships_by_reader([each.pk for each in page])
    query = request.GET.copy()
    query.pop("p", None)
    context = {
        "page": page,
        "rows": [{"reader": each, "held": held.get(each.pk, [])} for each in page],
        "plans": Plan.objects.order_by("order", "pk"),
        "states": STATES.items(),
        "query": query.urlencode(),
        **asked,
    }
    return render(request, "memberships/desk/members.html", context)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Those that the list shows; each time noted in the log with how many it were."""
    by = refuse_others(request)
    request.GET = request.POST  # the form repeats what the list was asked for
    found = list(queries.members(at=timezone.now(), **_asked(request)))
    held = queries.memberships_by_reader([each.pk for each in found])
    log(by, "memberships.export", user=by, data={"members": len(found)})
    rows = [_line(reader, member) for reader in found for member in held.get(reader.pk, [None])]
    head = ["email", "plan", "status", "amount_cents", "currency", "every", "started_at"]
    return as_csv("members", [*head, "period_ends_at", "cancel_at", "ended_at"], rows)


def _line(reader: Reader, member: Membership | None) -> list[Any]:
    if member is None:
        return [reader.email, *[""] * 9]
    moments = (member.started_at, member.period_ends_at, member.cancel_at, member.ended_at)
    return [
        reader.email,
        member.plan.name if member.plan else "",
        member.status,
        member.amount_cents,
        member.currency,
        member.every,
        *(each.isoformat() if each else "" for each in moments),
    ]


@require_safe
def member(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _record(request, get_member(request, public_id), GiveForm())


def _record(request: HttpRequest, reader: Reader, form: GiveForm) -> HttpResponse:
    prompts = names()
    bills = queries.invoices_of(reader).select_related("membership__plan")
    single = Purchase.objects.filter(reader=reader).exclude(kind=Purchase.Kind.MEMBERSHIP)
    seats = Seat.objects.filter(reader=reader).select_related("group").order_by("pk")
    letters = Letter.objects.filter(address=reader.email, kind__startswith="membership.")
    context = {
        "reader": reader,
        "memberships": [_held(each, prompts) for each in queries.memberships_of(reader)],
        "grants": reader.entitlements.select_related("granted_by").order_by("-starts_at", "-pk"),
        "invoices": [_bill(each) for each in bills],
        "single": [_single(each) for each in single.select_related("price__plan").order_by("-pk")],
        "gifts": Gift.objects.filter(redeemed_by=reader).select_related("plan").order_by("pk"),
        "seats": seats,
        "letters": letters.order_by("-made_at", "-pk")[:MOST_LETTERS],
        "form": form,
        "now": timezone.now(),
    }
    return render(request, "memberships/desk/member.html", context)


def _held(member: Membership, prompts: dict[str, str]) -> dict[str, Any]:
    bought = member.purchases.order_by("pk").first()
    words = f"{in_words(member.amount_cents, member.currency)} {every_in_words(member.every)}"
    return {
        "it": member,
        "price": words,
        "runs": member.status in IN_FORCE,
        "came_from": bought.came_from if bought else "",
        "way_in": way_in_words(bought.way_in, prompts) if bought else "",
    }


def _bill(invoice: Invoice) -> dict[str, Any]:
    return {
        "it": invoice,
        "total": in_words(invoice.total_cents, invoice.currency),
        "paid": in_words(invoice.paid_cents, invoice.currency),
        "back": in_words(invoice.refunded_cents, invoice.currency),
        "left": invoice.paid_cents - invoice.refunded_cents if invoice.payment_ref else 0,
    }


def _single(purchase: Purchase) -> dict[str, Any]:
    currency = purchase.price.currency
    return {
        "it": purchase,
        "paid": in_words(purchase.paid_cents, currency),
        "back": in_words(purchase.refunded_cents, currency),
        "left": purchase.paid_cents - purchase.refunded_cents if purchase.payment_ref else 0,
    }


@require_POST
def give(request: HttpRequest, public_id: UUID) -> HttpResponse:
    by, reader = refuse_others(request), get_member(request, public_id)
    form = GiveForm(request.POST)
    if not form.is_valid():
        return _record(request, reader, form)
    given = form.cleaned_data
    serving.give_plan(
        reader=reader, plan=given["plan"], by=by, at=timezone.now(), until=given["until"]
    )
    messages.success(request, _("Given: %(what)s.") % {"what": given["plan"].name})
    return redirect("memberships:member", public_id)


@require_POST
def compare(request: HttpRequest) -> HttpResponse:
    serving.compare(by=refuse_others(request), at=timezone.now())
    messages.success(
        request, _("Every membership is compared with the payment provider; it takes a while.")
    )
    return redirect("memberships:members")


@require_POST
def end_given(request: HttpRequest, public_id: UUID) -> HttpResponse:
    by, reader = refuse_others(request), get_member(request, public_id)
    if serving.end_given(reader=reader, by=by, at=timezone.now()):
        messages.success(request, _("What was given by hand has ended."))
    else:
        messages.info(request, _("There was nothing given by hand."))
    return redirect("memberships:member", public_id)


@require_POST
def cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    by, found = refuse_others(request), get_membership(request, public_id)
    at_once = request.POST.get("when") == "now"
    try:
        serving.cancel(member=found, at_once=at_once, by=by, at=timezone.now())
    except (managing.NotPossible, ProviderTrouble) as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("Cancelled."))
    return _back_to(found.customer.reader)


@require_POST
def give_invoice_back(request: HttpRequest, invoice_id: int) -> HttpResponse:
    by = refuse_others(request)
    found = Invoice.objects.select_related("customer__reader", "membership")
    invoice = get_object_or_404(found, pk=invoice_id)
    give = partial(serving.give_invoice_back, invoice=invoice)
    return _give_back(request, give, invoice.currency, by, invoice.customer.reader)


@require_POST
def give_purchase_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    by = refuse_others(request)
    found = Purchase.objects.select_related("reader", "price__plan")
    purchase = get_object_or_404(found, public_id=public_id)
    give = partial(serving.give_purchase_back, purchase=purchase)
    return _give_back(request, give, purchase.price.currency, by, purchase.reader)


def _give_back(
    request: HttpRequest, give: Callable[..., Any], currency: str, by: Any, reader: Reader | None
) -> HttpResponse:
    try:
        amount_cents = amount_from(request.POST.get("amount", ""), currency)
        give(amount_cents=amount_cents, by=by, at=timezone.now())
    except (ValueError, serving.NothingLeft, ProviderTrouble) as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("Given back."))
    return _back_to(reader)


def _back_to(reader: Reader | None) -> HttpResponse:
    """Somebody who was erased has no record any more."""
    if reader is None:
        return redirect("memberships:members")
    return redirect("memberships:member", reader.public_id)
