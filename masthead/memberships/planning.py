"""Writes of the desk about what is sold: plans, prices, codes. Each is in the audit log."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from masthead.accounts.models import User
from masthead.core.ids import uuid7
from masthead.memberships.models import Plan, Price
from masthead.memberships.money import in_words
from masthead.memberships.providers.base import Discount, DiscountWish, NotThere
from masthead.memberships.providers.choosing import provider, selling_account
from masthead.memberships.selling import put_on_sale
from masthead.outlets.actions import write_sheets


class PlanRefusal(Exception):
    """The plan or price is not kept so; the text says why to a person."""


def make_plan(*, by: User, at: datetime, **fields: Any) -> Plan:
    """fields: those of `Plan` a form gives. Nobody can buy it before it has a price."""
    with transaction.atomic():
        plan = Plan.objects.create(is_on_sale=False, **fields)
        log(plan, "memberships.plan.make", user=by, data={"plan": plan.name})
    return plan


def change_plan(*, plan: Plan, by: User, at: datetime, **fields: Any) -> None:
    """
    Whoever has it keeps it and, from the next look at their membership, has what it grants now.

    The name is told to the provider too. Raises ProviderTrouble; then it is kept here.
    """
    with transaction.atomic():
        for name, value in fields.items():
            setattr(plan, name, value)
        plan.save()
        log(plan, "memberships.plan.change", user=by, data={"plan": plan.name})
        write_sheets(at=at)
    if plan.is_on_sale:
        put_on_sale(plan=plan, at=at)


def offer_plan(*, plan: Plan, by: User, at: datetime) -> None:
    """
    Have it made at the account that takes the money, and offer it. Raises PlanRefusal for one
    without a price, ProviderTrouble; then it is not on sale, and the same again does the rest.
    """
    if not plan.prices.filter(is_on_sale=True).exists():
        raise PlanRefusal(_("A plan without a price cannot be sold. Add one first."))
    put_on_sale(plan=plan, at=at)
    with transaction.atomic():
        plan.is_on_sale = True
        plan.save(update_fields=["is_on_sale"])
        log(plan, "memberships.plan.offer", user=by, data={"plan": plan.name})
        write_sheets(at=at)


def take_plan_off(*, plan: Plan, by: User, at: datetime) -> None:
    """Nobody can buy it any more. Whoever has it keeps it, and goes on paying."""
    with transaction.atomic():
        plan.is_on_sale = False
        plan.save(update_fields=["is_on_sale"])
        log(plan, "memberships.plan.take-off", user=by, data={"plan": plan.name})
        write_sheets(at=at)


def add_price(
    *,
    plan: Plan,
    currency: str,
    amount_cents: int,
    every: str,
    is_choice: bool,
    by: User,
    at: datetime,
) -> Price:
    """
    Another way to pay. amount_cents: in the smallest unit of the currency; the least, where readers
    choose. On sale at once where the plan is. Raises PlanRefusal, ProviderTrouble.
    """
    same = plan.prices.filter(
        is_on_sale=True, currency=currency, every=every, is_readers_choice=is_choice
    )
    if same.filter(amount_cents=amount_cents).exists():
        raise PlanRefusal(_("The plan has this price already."))
    if plan.is_for_groups and (is_choice or every == Price.Every.ONCE):
        raise PlanRefusal(_("Seats have a set price, a month or a year."))
    with transaction.atomic():
        price = Price.objects.create(
            plan=plan,
            currency=currency,
            amount_cents=amount_cents,
            every=every,
            is_readers_choice=is_choice,
        )
        data = {"plan": plan.name, "price": in_words(amount_cents, currency), "every": every}
        log(plan, "memberships.price.add", user=by, data=data)
    if plan.is_on_sale:
        put_on_sale(plan=plan, at=at)
    return price


def take_price_off(*, price: Price, by: User, at: datetime) -> None:
    """
    Nobody can choose it any more; whoever has it goes on paying it. The last one takes the plan off
    sale. Raises ProviderTrouble; here it is off all the same.
    """
    plan = price.plan
    with transaction.atomic():
        price.is_on_sale = False
        price.save(update_fields=["is_on_sale"])
        data = {"plan": plan.name, "price": in_words(price.amount_cents, price.currency)}
        log(plan, "memberships.price.take-off", user=by, data=data)
        write_sheets(at=at)
    if price.ref and plan.sold_by == selling_account():
        try:
            provider().retire_price(price.ref, key=f"retire-{price.public_id}")
        except NotThere:  # its books were begun anew
            return


def make_code(*, wish: DiscountWish, by: User, at: datetime) -> Discount:
    """A code for a lower price, at the provider, which counts its uses. Raises ProviderTrouble."""
    made = provider().make_discount(wish, key=f"code-{uuid7()}")
    log(by, "memberships.code.make", user=by, data={"code": wish.code})
    return made


def end_code(*, ref: str, by: User, at: datetime) -> None:
    """Nobody can type it any more; whoever has it keeps it. Raises ProviderTrouble."""
    provider().end_discount(ref, key=f"end-{ref}")
    log(by, "memberships.code.end", user=by, data={"code": ref})
