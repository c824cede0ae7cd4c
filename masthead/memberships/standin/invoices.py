"""Invoices: made, finalised, paid or not."""

from masthead.memberships.standin.books import Thing, Till, private
from masthead.memberships.standin.calendar import DAY
from masthead.memberships.standin.customers import charged_card
from masthead.memberships.standin.discounts import discounted
from masthead.memberships.standin.events import emit
from masthead.memberships.standin.payments import charge, takes
from masthead.memberships.standin.taxes import is_asked, taxes

RETRY_DAYS = (3, 5, 7)  # after the first failure, then after each next; then it is given up


def line(
    amount: int, currency: str, price: Thing, begins: int, ends: int, *, proration: bool = False
) -> Thing:
    """proration: what is given or taken for the rest of a period that was changed."""
    return {
        "object": "line_item",
        "amount": amount,
        "currency": currency,
        "description": price.get("nickname"),
        "period": {"start": begins, "end": ends},
        "pricing": {
            "type": "price_details",
            "price_details": {"price": price["id"], "product": price["product"]},
            "unit_amount_decimal": str(price["unit_amount"]),
        },
        "parent": {
            "type": "subscription_item_details",
            "subscription_item_details": {"proration": proration},
            "invoice_item_details": None,
        },
    }


def is_proration(item: Thing) -> bool:
    details = (item.get("parent") or {}).get("subscription_item_details") or {}
    return bool(details.get("proration"))


def totals(till: Till, customer: Thing, lines: list[Thing], discounts: list[str]) -> Thing:
    """What these lines come to, after discounts and what the customer has to their credit."""
    currency = lines[0]["currency"]
    subtotal = sum(each["amount"] for each in lines)
    plain = sum(each["amount"] for each in lines if not is_proration(each))
    off = discounted(till, discounts, plain, currency) if plain > 0 else 0
    total = subtotal - off
    due = max(0, total + customer["balance"])
    return {
        "currency": currency,
        "subtotal": subtotal,
        "total": total,
        "total_discount_amounts": [{"amount": off}] if off else [],
        "starting_balance": customer["balance"],
        "ending_balance": min(0, total + customer["balance"]),
        "amount_due": due,
        "lines": {"object": "list", "data": lines, "has_more": False},
    }


def add_invoice(
    till: Till, customer: Thing, subscription: Thing | None, lines: list[Thing], reason: str
) -> Thing:
    """Finalised at once; not yet paid."""
    names = (subscription or {}).get("discounts") or []
    sums = totals(till, customer, lines, names)
    number = int(till.noted("invoices", "0")) + 1
    till.note("invoices", str(number))
    invoice = till.add(
        "in_",
        "invoice",
        {
            "customer": customer["id"],
            "customer_email": customer["email"],
            "number": f"STAND-IN-{number:06}",
            "status": "open",
            "billing_reason": reason,
            "collection_method": "charge_automatically",
            "parent": subscription
            and {
                "type": "subscription_details",
                "subscription_details": {
                    "subscription": subscription["id"],
                    "metadata": subscription["metadata"],
                },
            },
            # Stripe's own are those in which something was added to it, not what it pays for.
            "period_start": till.now,
            "period_end": till.now,
            "amount_paid": 0,
            "amount_remaining": sums["amount_due"],
            "attempt_count": 0,
            "next_payment_attempt": None,
            "status_transitions": {"finalized_at": till.now, "paid_at": None, "voided_at": None},
            "hosted_invoice_url": None,
            "invoice_pdf": None,
            "metadata": {},
            **sums,
            "total_taxes": taxes(sums["total"], asked=is_asked(subscription or {})),
        },
    )
    customer["balance"] = sums["ending_balance"]
    till.save(customer)
    emit(till, "invoice.created", invoice)
    emit(till, "invoice.finalized", invoice)
    return invoice


def pay(till: Till, customer: Thing, invoice: Thing, subscription: Thing | None) -> bool:
    """Try to collect it. A failure plans the next try; what comes of the subscription is not
    decided here."""
    if not invoice["amount_due"]:
        _paid(till, invoice)
        return True
    card = charged_card(till, customer, subscription)
    invoice["attempt_count"] += 1
    is_first = invoice["billing_reason"] == "subscription_create"
    if card is None or not takes(card, is_first=is_first):
        _failed(till, invoice)
        return False
    intent = charge(till, customer, card, invoice["amount_due"], invoice["currency"], {})
    till.add(
        "inpay_",
        "invoice_payment",
        {
            "invoice": invoice["id"],
            "customer": customer["id"],
            "payment_intent": intent["id"],  # for lists asked by it
            "amount_paid": invoice["amount_due"],
            "currency": invoice["currency"],
            "status": "paid",
            "payment": {"type": "payment_intent", "payment_intent": intent["id"]},
        },
    )
    invoice["amount_paid"] = invoice["amount_due"]
    _paid(till, invoice)
    return True


def _paid(till: Till, invoice: Thing) -> None:
    invoice.update(status="paid", amount_remaining=0, next_payment_attempt=None)
    invoice["status_transitions"]["paid_at"] = till.now
    till.save(invoice)
    emit(till, "invoice.paid", invoice)
    emit(till, "invoice.payment_succeeded", invoice)


def _failed(till: Till, invoice: Thing) -> None:
    tries = private(invoice).get("tries", 0)
    again = till.now + RETRY_DAYS[tries] * DAY if tries < len(RETRY_DAYS) else None
    private(invoice)["tries"] = tries + 1
    invoice["next_payment_attempt"] = again
    till.save(invoice, due=again)
    emit(till, "invoice.payment_failed", invoice)


def void(till: Till, invoice: Thing) -> Thing:
    invoice.update(status="void", next_payment_attempt=None)
    invoice["status_transitions"]["voided_at"] = till.now
    till.save(invoice)
    emit(till, "invoice.voided", invoice)
    return invoice


def give_up(till: Till, invoice: Thing) -> None:
    invoice.update(status="uncollectible", next_payment_attempt=None)
    till.save(invoice)
    emit(till, "invoice.marked_uncollectible", invoice)
