"""Writes: plans at the provider, purchases from the choice to the payment."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from masthead.memberships import gifts
from masthead.memberships.doubles import has_plan, hear_of_running, look_for_double, note_detail
from masthead.memberships.mirroring import follow_membership
from masthead.memberships.models import Customer, Membership, Plan, Price, Purchase
from masthead.memberships.providers.base import NotThere, Paid, Wish
from masthead.memberships.providers.choosing import provider, selling_account
from masthead.outlets.actions import write_sheets
from masthead.readers.models import Reader

GOOD_FOR = timedelta(hours=23)  # of a payment page; Stripe closes it after 24


class AlreadyMember(Exception):
    """The reader has this plan; the text can be shown to a person."""


@dataclass(frozen=True)
class Choice:
    """
    What somebody wants to buy. amount_cents: of what readers choose themselves. home: the outlet's
    address by which they came, with a slash at the end, so that they come back to the same host.
    is_signed_in: as the reader who buys; only then may the provider show the card that it knows.
    began: the public id of the purchase that this browser has begun before, if any. may_tell:
    whether whoever asks may know that this address has the plan already.
    """

    price: Price
    kind: Purchase.Kind = Purchase.Kind.MEMBERSHIP
    amount_cents: int = 0
    quantity: int = 1
    discount: str = ""
    outlet_id: int | None = None
    came_from: str = ""
    way_in: str = ""
    home: str = ""
    is_signed_in: bool = False
    began: str = ""
    may_tell: bool = True


def put_on_sale(*, plan: Plan, at: datetime) -> None:
    """
    Have the plan and its prices at the account that takes the money, and tell the pages.

    Said again it makes nothing twice. Raises ProviderTrouble.
    """
    there, account = provider(), selling_account()
    known = plan.ref if plan.sold_by == account else ""
    try:
        plan.ref = there.keep_plan(name=plan.name, ref=known, key=f"plan-{plan.public_id}")
    except NotThere:  # its books were begun anew
        plan.ref = there.keep_plan(
            name=plan.name, ref="", key=f"plan-{plan.public_id}-{int(at.timestamp())}"
        )
    is_new = plan.ref != known
    plan.sold_by = account
    plan.save(update_fields=["ref", "sold_by"])
    for price in plan.prices.order_by("pk"):
        if price.is_readers_choice or (price.ref and not is_new):
            continue
        price.ref = there.keep_price(
            plan_ref=plan.ref,
            currency=price.currency,
            amount_cents=price.amount_cents,
            every=price.every,
            key=f"price-{price.public_id}-{plan.ref}",
        )
        price.save(update_fields=["ref"])
    write_sheets(at=at)


def begin_purchase(*, choice: Choice, reader: Reader, at: datetime) -> Purchase:
    """
    The one open purchase of this reader, with a payment page; made when there is none.

    However often and however fast somebody clicks there is one page, so one payment. Another code,
    amount or number is another page, and this browser's old one is closed. The row is committed
    before the provider is asked, so nothing paid there can be unknown here.

    An address that has the plan already: AlreadyMember where `may_tell`. Else the answer, and what
    is done before it, is as for any other, so that nobody learns whose address is a member's, nor
    by how long it takes; whether it is one is looked for after it (`doubles`), its owner is told by
    mail, and what is paid all the same is given back. Raises ProviderTrouble too.
    """
    is_membership = choice.kind == Purchase.Kind.MEMBERSHIP
    if is_membership and choice.may_tell:
        hear_of_open(plan=choice.price.plan, reader=reader, at=at)
        hear_of_running(reader=reader, at=at)
        if has_plan(reader=reader, plan=choice.price.plan):
            raise AlreadyMember(_("This address has this plan already."))
    _leave_other_pages(choice, reader, at)
    purchase, is_new = _open_purchase(choice, reader, at)
    if is_membership and not choice.may_tell:
        look_for_double.later(purchase_id=purchase.pk)
    # Without a page nobody has begun to pay: the provider was in trouble.
    is_anothers = bool(purchase.page_url) and choice.began != str(purchase.public_id)
    if is_anothers and not is_new and not choice.is_signed_in:
        _share(purchase)
    if purchase.page_url and purchase.good_until > at:
        return purchase
    page = provider().open_page(_wish(purchase, choice, reader), key=f"page-{purchase.public_id}")
    is_first = Purchase.objects.filter(pk=purchase.pk, ref="").update(
        ref=page.ref, page_url=page.url, good_until=min(page.good_until, at + GOOD_FOR)
    )
    purchase.refresh_from_db()
    if not is_first and choice.began != str(purchase.public_id) and not choice.is_signed_in:
        _share(purchase)  # two browsers at the same moment were handed the same page
    return purchase


def _share(purchase: Purchase) -> None:
    """Perhaps by somebody who only typed the address: see `views.buying.back`."""
    note_detail(purchase, "shared")


def hear_of_open(*, plan: Plan, reader: Reader, at: datetime) -> None:
    """
    A payment of which no notice came, asked about before the same plan is bought or switched to.

    Raises ProviderTrouble.
    """
    paid = Purchase.objects.select_related("price__plan", "reader").filter(
        reader=reader,
        price__plan=plan,
        kind=Purchase.Kind.MEMBERSHIP,
        state=Purchase.State.OPEN,
    )
    for purchase in paid.exclude(ref="").order_by("pk"):
        with suppress(NotThere):
            settle_purchase(purchase=purchase, at=at)


def _leave_other_pages(choice: Choice, reader: Reader, at: datetime) -> None:
    """
    Those on which the same would cost something else than is wanted now.

    Another browser's is only given up here, not closed there: whoever types an address takes
    nobody's page away, and what is paid on it counts. Raises AlreadyMember, ProviderTrouble.
    """
    price = choice.price
    wanted = (choice.amount_cents or price.amount_cents, choice.quantity, choice.discount)
    open_ones = Purchase.objects.select_related("price__plan", "reader").filter(
        reader=reader, price=price, kind=choice.kind, state=Purchase.State.OPEN
    )
    for purchase in open_ones.order_by("pk"):
        discount = purchase.details.get("discount", "")
        if (purchase.amount_cents, purchase.quantity, discount) == wanted:
            continue
        if choice.is_signed_in or choice.began == str(purchase.public_id):
            _leave_page(purchase, at)
        elif (purchase.amount_cents, purchase.quantity) == wanted[:2]:
            Purchase.objects.filter(pk=purchase.pk, state=Purchase.State.OPEN).update(
                state=Purchase.State.EXPIRED
            )


def _leave_page(purchase: Purchase, at: datetime) -> None:
    """Close it; one that has been paid meanwhile stays paid."""
    if purchase.ref:
        with suppress(NotThere):
            provider().close_page(purchase.ref, key=f"leave-{purchase.public_id}")
            if settle_purchase(purchase=purchase, at=at).state == Purchase.State.PAID:
                if purchase.kind == Purchase.Kind.MEMBERSHIP:
                    raise AlreadyMember(_("This has been paid already."))
                return
    Purchase.objects.filter(pk=purchase.pk, state=Purchase.State.OPEN).update(
        state=Purchase.State.EXPIRED
    )


def _open_purchase(choice: Choice, reader: Reader, at: datetime) -> tuple[Purchase, bool]:
    """And whether it is new."""
    price = choice.price
    same = {
        "reader": reader,
        "price": price,
        "kind": choice.kind,
        "amount_cents": choice.amount_cents or price.amount_cents,
        "quantity": choice.quantity,
        "state": Purchase.State.OPEN,
    }
    Purchase.objects.filter(**same, good_until__lte=at).update(state=Purchase.State.EXPIRED)
    rest: dict[str, Any] = {
        "details": {"days": gifts.DAYS.get(price.every, 0), "discount": choice.discount},
        "outlet_id": choice.outlet_id,
        "came_from": choice.came_from,
        "way_in": choice.way_in,
        "begun_at": at,
        "good_until": at + GOOD_FOR,
    }
    try:
        with transaction.atomic():
            return Purchase.objects.get_or_create(**same, defaults=rest)
    except IntegrityError:  # another click was first
        return Purchase.objects.get(**same), False


def _wish(purchase: Purchase, choice: Choice, reader: Reader) -> Wish:
    price, plan = choice.price, choice.price.plan
    known = Customer.objects.filter(reader=reader).order_by("-pk").first()
    had = Membership.objects.filter(customer__reader=reader, plan=plan).exists()
    is_membership = purchase.kind in {Purchase.Kind.MEMBERSHIP, Purchase.Kind.GROUP}
    is_gift = purchase.kind == Purchase.Kind.GIFT
    return Wish(
        reference=str(purchase.public_id),
        email=reader.email,
        customer_ref=known.ref if known and choice.is_signed_in else "",
        plan_ref=plan.ref,
        # A gift is paid once, whatever rhythm its price has.
        price_ref="" if is_gift else price.ref,
        currency=price.currency,
        amount_cents=purchase.amount_cents,
        every=Price.Every.ONCE if is_gift else price.every,
        quantity=purchase.quantity,
        trial_days=plan.trial_days if is_membership and not had else 0,
        discount=choice.discount,
        back_url=f"{choice.home}membership/back/{purchase.public_id}/",
        leave_url=f"{choice.home}{purchase.came_from}",
        # A donation is no sale.
        is_taxed=settings.STRIPE_AUTOMATIC_TAX and purchase.kind != Purchase.Kind.DONATION,
    )


def settle_purchase(*, purchase: Purchase, at: datetime) -> Purchase:
    """
    Ask what came of the payment page and write it down; said again, it changes nothing.

    Raises ProviderTrouble; then nothing is lost, and a notice or the nightly look brings it.
    """
    if not purchase.ref:
        _close(purchase, at)
        return purchase
    page = provider().read_page(purchase.ref)
    if page.is_paid:
        _settle_paid(purchase, page, at)
    elif not page.is_open:
        if page.is_awaited:
            note_detail(purchase, "awaited")
        _close(purchase, at)
    purchase.refresh_from_db()
    return purchase


def _close(purchase: Purchase, at: datetime) -> None:
    if purchase.ref or purchase.good_until <= at:
        Purchase.objects.filter(pk=purchase.pk, state=Purchase.State.OPEN).update(
            state=Purchase.State.EXPIRED
        )


def _settle_paid(purchase: Purchase, page: Paid, at: datetime) -> None:
    with transaction.atomic():
        Purchase.objects.filter(pk=purchase.pk, settled_at=None).update(
            state=Purchase.State.PAID,
            settled_at=at,
            payment_ref=page.payment_ref,
            tax_cents=page.tax_cents,
        )
        if page.customer_ref:
            Customer.objects.get_or_create(
                ref=page.customer_ref, defaults={"reader": purchase.reader}
            )
    if page.membership_ref:
        follow_membership(ref=page.membership_ref, at=at)
    if page.payment_ref:
        follow_payment(purchase=purchase, ref=page.payment_ref, at=at)
    elif purchase.kind == Purchase.Kind.GIFT and not page.amount_cents:
        with transaction.atomic():  # a code took off all of it
            gifts.follow_gift(purchase=purchase, is_good=True, at=at)


def follow_payment(*, purchase: Purchase, ref: str, at: datetime) -> None:
    """A single payment: what was paid and given back, and the gift that hangs on it."""
    payment = provider().read_payment(ref)
    with transaction.atomic():
        Purchase.objects.filter(pk=purchase.pk).update(
            payment_ref=ref,
            paid_cents=payment.paid_cents,
            refunded_cents=payment.refunded_cents,
            is_disputed=payment.is_disputed,
        )
        if purchase.kind == Purchase.Kind.GIFT:
            is_kept = payment.paid_cents > payment.refunded_cents and not payment.is_disputed
            gifts.follow_gift(purchase=purchase, is_good=is_kept, at=at)
