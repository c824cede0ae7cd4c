"""Plans and prices: what is sold, and what is not any more."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from masthead.memberships import planning
from masthead.memberships.desk.doorways import (
    get_plan,
    get_plan_to_change,
    get_price_to_change,
    places_to_choose,
    refuse_others,
)
from masthead.memberships.desk.plan_forms import PlanForm, PriceForm, benefit_names
from masthead.memberships.doubles import IN_FORCE
from masthead.memberships.models import Plan, Price
from masthead.memberships.money import every_in_words, in_words
from masthead.memberships.providers.base import ProviderTrouble
from masthead.memberships.providers.choosing import is_stand_in, selling_account
from masthead.memberships.rules import may_offer


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    refuse_others(request)
    running = Count("memberships", filter=Q(memberships__status__in=IN_FORCE))
    plans = Plan.objects.select_related("outlet").prefetch_related("prices")
    found = plans.annotate(running=running).order_by("-is_on_sale", "order", "pk")
    names = benefit_names()
    context = {
        "plans": [_described(plan, plan.running, names) for plan in found],
        "may_make": bool(places_to_choose(request.user)),
        "is_stand_in": is_stand_in(),
    }
    return render(request, "memberships/desk/plans.html", context)


def _described(plan: Plan, running: int, names: dict[str, Any]) -> dict[str, Any]:
    prices = [each for each in plan.prices.all() if each.is_on_sale]
    return {
        "plan": plan,
        "running": running,
        "benefits": [names.get(each, _("a newsletter that has ended")) for each in plan.benefits],
        "prices": [price_in_words(each) for each in sorted(prices, key=lambda each: each.pk)],
        "is_elsewhere": plan.is_on_sale and plan.sold_by != selling_account(),
    }


def price_in_words(price: Price) -> str:
    amount = in_words(price.amount_cents, price.currency)
    every = {"once": _("once")}.get(price.every) or every_in_words(price.every)
    words = f"{amount} {every}"
    return _("from %(price)s") % {"price": words} if price.is_readers_choice else words


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    by = refuse_others(request)
    if not places_to_choose(by):
        raise PermissionDenied
    form = PlanForm(request.POST or None, user=by)
    if request.method == "POST" and form.is_valid():
        plan = planning.make_plan(by=by, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The plan is there. Give it a price, then put it on sale."))
        return redirect("memberships:plan", plan.public_id)
    return render(request, "memberships/desk/plan.html", {"form": form, "price_form": None})


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, public_id: UUID) -> HttpResponse:
    by, found = refuse_others(request), get_plan(request, public_id)
    may_change = may_offer(by, found.outlet)
    form = PlanForm(request.POST or None, instance=get_plan(request, public_id), user=by)
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        if form.is_valid():
            try:
                planning.change_plan(plan=found, by=by, at=timezone.now(), **form.cleaned_data)
            except ProviderTrouble as trouble:
                messages.warning(request, str(trouble))
            messages.success(request, _("Kept."))
            return redirect("memberships:plan", public_id)
    return _plan_page(request, found, form, PriceForm(), may_change)


def _plan_page(
    request: HttpRequest, plan: Plan, form: PlanForm, price_form: PriceForm, may_change: bool
) -> HttpResponse:
    prices = plan.prices.order_by("-is_on_sale", "pk")
    context = {
        "plan": plan,
        "form": form,
        "price_form": price_form,
        "prices": [{"price": each, "words": price_in_words(each)} for each in prices],
        "running": plan.memberships.filter(status__in=IN_FORCE).count(),
        "may_change": may_change,
        "is_elsewhere": plan.is_on_sale and plan.sold_by != selling_account(),
        "is_stand_in": is_stand_in(),
    }
    return render(request, "memberships/desk/plan.html", context)


@require_POST
def add_price(request: HttpRequest, public_id: UUID) -> HttpResponse:
    by, plan = refuse_others(request), get_plan_to_change(request, public_id)
    form = PriceForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            planning.add_price(
                plan=plan,
                currency=given["currency"],
                amount_cents=given["amount_cents"],
                every=given["every"],
                is_choice=given["is_choice"],
                by=by,
                at=timezone.now(),
            )
        except planning.PlanRefusal as refusal:
            form.add_error(None, str(refusal))
        except ProviderTrouble as trouble:
            messages.warning(request, str(trouble))
            return redirect("memberships:plan", public_id)
        else:
            messages.success(request, _("The price is there."))
            return redirect("memberships:plan", public_id)
    return _plan_page(request, plan, PlanForm(instance=plan, user=by), form, may_change=True)


@require_POST
def drop_price(request: HttpRequest, public_id: UUID) -> HttpResponse:
    by, price = refuse_others(request), get_price_to_change(request, public_id)
    try:
        planning.take_price_off(price=price, by=by, at=timezone.now())
    except ProviderTrouble as trouble:
        messages.warning(request, str(trouble))
    messages.success(request, _("Nobody can choose this price any more."))
    return redirect("memberships:plan", price.plan.public_id)


@require_POST
def offer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    by, plan = refuse_others(request), get_plan_to_change(request, public_id)
    try:
        planning.offer_plan(plan=plan, by=by, at=timezone.now())
    except (planning.PlanRefusal, ProviderTrouble) as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("Readers can buy it now."))
    return redirect("memberships:plan", public_id)


@require_POST
def take_off(request: HttpRequest, public_id: UUID) -> HttpResponse:
    by, plan = refuse_others(request), get_plan_to_change(request, public_id)
    planning.take_plan_off(plan=plan, by=by, at=timezone.now())
    messages.success(request, _("Nobody can buy it any more; whoever has it keeps it."))
    return redirect("memberships:plan", public_id)
