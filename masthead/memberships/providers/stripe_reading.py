"""From Stripe's objects to ours, and from our wishes to its parameters."""

from datetime import UTC, datetime
from typing import Any

import stripe

from masthead.memberships.providers.base import (
    Discount,
    InvoiceState,
    MembershipState,
    Notice,
    Paid,
    Payment,
    Preview,
    Wish,
)

DISPUTE_OVER = {"won", "warning_closed", "prevented"}  # and in our favour
DISPUTE_LOST = "lost"
NOT_PAID = {"requires_payment_method", "canceled"}  # what becomes of a debit that is refused
REFERENCE = "masthead"  # the metadata by which we know what is ours
ASIDE = "masthead_planned"  # what was planned, of a subscription that was left since


def page_params(wish: Wish) -> Any:
    """A hosted payment page; Stripe's own language and e-mail field."""
    line: dict[str, Any] = {"quantity": wish.quantity}
    if wish.price_ref:
        line["price"] = wish.price_ref
    else:
        line["price_data"] = {
            "product": wish.plan_ref,
            "currency": wish.currency,
            "unit_amount": wish.amount_cents,
            "tax_behavior": "inclusive",
        }
        if wish.every != "once":
            line["price_data"]["recurring"] = {"interval": wish.every}
    mark = {REFERENCE: wish.reference}
    params: dict[str, Any] = {
        "mode": "payment" if wish.every == "once" else "subscription",
        "line_items": [line],
        "client_reference_id": wish.reference,
        "metadata": mark,
        "success_url": wish.back_url,
        "cancel_url": wish.leave_url,
    }
    if wish.customer_ref:
        params["customer"] = wish.customer_ref
    else:
        params["customer_email"] = wish.email
    if wish.is_taxed:
        params["automatic_tax"] = {"enabled": True}
        if wish.customer_ref:  # whose address, by which tax goes, may be known to nobody yet
            params["customer_update"] = {"address": "auto"}
    if wish.discount:
        params["discounts"] = [{"promotion_code": wish.discount}]
    if wish.every == "once":
        params["payment_intent_data"] = {"metadata": mark}
        if not wish.customer_ref:
            params["customer_creation"] = "always"
    else:
        params["subscription_data"] = {"metadata": mark}
        if wish.trial_days:
            params["subscription_data"]["trial_period_days"] = wish.trial_days
    return params


def paid(session: stripe.checkout.Session) -> Paid:
    """Of a session that was asked for with its payment intent."""
    details, intent = session.customer_details, session.payment_intent
    is_refused = isinstance(intent, stripe.PaymentIntent) and intent.status in NOT_PAID
    return Paid(
        ref=session.id,
        reference=session.client_reference_id or "",
        is_open=session.status == "open",
        is_paid=session.status == "complete"
        and session.payment_status in {"paid", "no_payment_required"},
        is_awaited=session.status == "complete"
        and session.payment_status == "unpaid"
        and not is_refused,
        email=(details.email if details else None) or session.customer_email or "",
        customer_ref=name_of(session.customer),
        membership_ref=name_of(session.subscription),
        payment_ref=name_of(intent),
        amount_cents=session.amount_total or 0,
        tax_cents=_tax_of(session),
        currency=session.currency or "",
    )


def _tax_of(session: stripe.checkout.Session) -> int:
    totals = getattr(session, "total_details", None)
    return int(totals.amount_tax) if totals else 0


def membership(found: stripe.Subscription) -> MembershipState:
    item = found["items"].data[0]
    pause = found.pause_collection
    recurring = item.price.recurring
    next_price, next_quantity = _next(found)
    return MembershipState(
        ref=found.id,
        item_ref=item.id,
        customer_ref=name_of(found.customer),
        reference=_marked(found.metadata),
        status=found.status,
        price_ref=item.price.id,
        plan_ref=name_of(item.price.product),
        next_price_ref=next_price,
        next_quantity=next_quantity,
        schedule_ref=name_of(found.schedule),
        quantity=item.quantity or 1,
        currency=found.currency,
        amount_cents=(item.price.unit_amount or 0) * (item.quantity or 1),
        every=recurring.interval if recurring else "once",
        started_at=_at(found.start_date),
        period_starts_at=_at(item.current_period_start),
        period_ends_at=_at(item.current_period_end),
        trial_ends_at=_maybe(found.trial_end),
        cancel_at=_maybe(found.cancel_at),
        ended_at=_maybe(found.ended_at),
        is_paused=pause is not None,
        paused_until=_maybe(pause.resumes_at) if pause else None,
    )


def _next(found: stripe.Subscription) -> tuple[str, int]:
    """
    Price and number from the next period on, where they are others; from the phase that begins
    then, where the schedule was asked for with it.
    """
    schedule, item = found.schedule, found["items"].data[0]
    if not isinstance(schedule, stripe.SubscriptionSchedule):
        return "", 0
    for phase in schedule.phases:
        if phase.start_date >= item.current_period_end:
            then = phase["items"][0]
            price, quantity = name_of(then.price), then.quantity or 1
            return (
                price if price != item.price.id else "",
                quantity if quantity != (item.quantity or 1) else 0,
            )
    return "", 0


def planned(state: MembershipState) -> str:
    """As it is noted; empty where nothing of it is still to come."""
    if not state.next_price_ref and not state.next_quantity:
        return ""
    price, quantity = state.next_price_ref or state.price_ref, state.next_quantity or state.quantity
    return f"{price}:{quantity}"


def put_aside(found: stripe.Subscription) -> tuple[str, int] | None:
    """Price and number that were planned before it was left."""
    noted = str(getattr(found.metadata, ASIDE, "") or "") if found.metadata else ""
    price, _colon, quantity = noted.partition(":")
    return (price, int(quantity)) if price and quantity.isdecimal() else None


def preview(made: stripe.Invoice) -> Preview:
    """Of an invoice that there is not yet; its newest line begins at the moment of the change."""
    begins = max(each.period.start for each in made.lines.data)
    return Preview(made.amount_due, made.total, made.currency, _at(begins))


def invoice(found: stripe.Invoice, payment: Payment | None) -> InvoiceState:
    period = _period(found.lines.data)
    return InvoiceState(
        ref=found.id or "",
        number=found.number or "",
        customer_ref=name_of(found.customer),
        membership_ref=membership_ref(found),
        payment_ref=payment_ref(found),
        status=found.status or "",
        reason=found.billing_reason or "",
        currency=found.currency,
        total_cents=found.total,
        tax_cents=sum(each.amount for each in getattr(found, "total_taxes", None) or []),
        paid_cents=found.amount_paid,
        refunded_cents=payment.refunded_cents if payment else 0,
        is_disputed=payment.is_disputed if payment else False,
        is_lost=payment.is_lost if payment else False,
        attempts=found.attempt_count,
        next_try_at=_maybe(found.next_payment_attempt),
        period_starts_at=_at(period.start if period else found.period_start),
        period_ends_at=_at(period.end if period else found.period_end),
        made_at=_at(found.created),
        paid_at=_maybe(found.status_transitions.paid_at),
        url=found.hosted_invoice_url or "",
    )


def _period(lines: list[stripe.InvoiceLineItem]) -> Any:
    """
    What it pays for. What is given or taken for the rest of a period that was changed stands before
    the period that begins, and says nothing of that one's end.
    """
    own = [each for each in lines if not _is_proration(each)]
    return max((each.period for each in own or lines), key=lambda period: period.end, default=None)


def _is_proration(line: stripe.InvoiceLineItem) -> bool:
    parent = getattr(line, "parent", None)
    details = parent and (parent.subscription_item_details or parent.invoice_item_details)
    return bool(details and details.proration)


def membership_ref(found: stripe.Invoice) -> str:
    details = found.parent.subscription_details if found.parent else None
    return name_of(details.subscription) if details else ""


def payment_ref(found: stripe.Invoice) -> str:
    """Of an invoice that was asked for with its payments."""
    payments = getattr(found, "payments", None)  # there only when it was asked for
    for each in payments.data if payments else []:
        if each.status == "paid":
            return name_of(each.payment.payment_intent)
    return ""


def payment(charge: stripe.Charge, disputes: list[stripe.Dispute]) -> Payment:
    return Payment(
        ref=name_of(charge.payment_intent),
        paid_cents=charge.amount_captured,
        refunded_cents=charge.amount_refunded,
        is_disputed=any(each.status not in DISPUTE_OVER for each in disputes),
        is_lost=any(each.status == DISPUTE_LOST for each in disputes),
    )


def discount(found: stripe.PromotionCode) -> Discount:
    """Of a promotion code that was asked for with its coupon; either can end it."""
    coupon: Any = found.promotion.coupon
    most = [each for each in (found.max_redemptions, coupon.max_redemptions) if each]
    ends = [each for each in (found.expires_at, coupon.redeem_by) if each]
    used = found.times_redeemed
    return Discount(
        ref=found.id,
        code=found.code,
        percent=coupon.percent_off or 0,
        amount_cents=coupon.amount_off or 0,
        currency=coupon.currency or "",
        lasts=coupon.duration,
        months=coupon.duration_in_months or 0,
        most_uses=min(most, default=None),
        used=used,
        good_until=_maybe(min(ends, default=None)),
        is_good=found.active and coupon.valid and (not most or used < min(most)),
    )


def notice(event: dict[str, Any]) -> Notice:
    """What it is about, and by which other names that can be asked for. event: its plain JSON."""
    thing = event["data"]["object"]
    hints = {
        name: value
        for name in ("payment_intent", "customer", "client_reference_id", "subscription")
        if isinstance(value := thing.get(name), str)
    }
    if thing.get("object") == "invoice":
        details = (thing.get("parent") or {}).get("subscription_details") or {}
        of = details.get("subscription") or ""
        hints["subscription"] = of if isinstance(of, str) else str(of.get("id", ""))
    return Notice(
        ref=str(event["id"]),
        kind=str(event["type"]),
        about_kind=str(thing.get("object", "")),
        about=str(thing.get("id") or ""),
        made_at=_at(event["created"]),
        hints=hints,
    )


def _marked(metadata: Any) -> str:
    return str(getattr(metadata, REFERENCE, "") or "") if metadata else ""


def name_of(thing: Any) -> str:
    """The id of what is given whole, or only by its id."""
    return thing if isinstance(thing, str) else str(getattr(thing, "id", "") or "")


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)


def _maybe(seconds: int | None) -> datetime | None:
    return _at(seconds) if seconds else None
