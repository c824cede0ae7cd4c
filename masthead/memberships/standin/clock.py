"""What happens by itself as time goes on: renewals, tries to collect, ends of trials."""

from masthead.memberships.standin.books import Books, Thing, Till, private
from masthead.memberships.standin.checkout import come_due
from masthead.memberships.standin.events import emit
from masthead.memberships.standin.invoices import give_up, pay
from masthead.memberships.standin.subscriptions import (
    TELLS_RENEWAL,
    TELLS_TRIAL_END,
    end,
    item_of,
    keep,
    renew,
)


def catch_up(books: Books) -> int:
    """Everything that is due by now, each at its own moment and in order. How many."""
    done = 0
    while True:
        with books.writing() as till:
            row = till.rows.execute(
                "SELECT id, due FROM thing WHERE due <= ? ORDER BY due, seq LIMIT 1", (till.now,)
            ).fetchone()
        if row is None:
            return done
        with books.writing(at=row[1]) as till:
            thing = till.find(row[0])
            if thing is not None:
                _ACTS[thing["object"]](till, thing)
        done += 1


def advance(books: Books, *, to: int) -> int:
    """Put this clock forward to a moment (Unix seconds) and let everything happen until then."""
    with books.writing() as till:
        ahead = to - int(books.clock())
        if to < till.now:
            raise ValueError("The clock only goes forward.")
        till.note("ahead", str(ahead))
    return catch_up(books)


def _subscription(till: Till, subscription: Thing) -> None:
    customer = till.get("customer", subscription["customer"])
    ends, told = item_of(subscription)["current_period_end"], private(subscription)
    pause = subscription["pause_collection"]
    if pause and pause["resumes_at"] and pause["resumes_at"] <= till.now:
        subscription["pause_collection"] = None
        keep(till, subscription)
        emit(till, "customer.subscription.updated", subscription, {"pause_collection": pause})
    elif subscription["cancel_at"] and subscription["cancel_at"] <= till.now:
        end(till, subscription, "cancellation_requested")
    elif ends <= till.now:
        renew(till, customer, subscription)
    elif subscription["status"] == "trialing" and ends - TELLS_TRIAL_END <= till.now:
        told["trial_end_told"] = True
        keep(till, subscription)
        emit(till, "customer.subscription.trial_will_end", subscription)
    elif ends - TELLS_RENEWAL <= till.now:
        told["renewal_told"] = ends
        keep(till, subscription)
        emit(till, "invoice.upcoming", _upcoming(customer, subscription))
    else:
        keep(till, subscription)


def _upcoming(customer: Thing, subscription: Thing) -> Thing:
    item = item_of(subscription)
    return {
        "object": "invoice",
        "customer": customer["id"],
        "amount_due": item["price"]["unit_amount"] * item["quantity"],
        "currency": subscription["currency"],
        "parent": {
            "type": "subscription_details",
            "subscription_details": {"subscription": subscription["id"]},
        },
        "period_end": item["current_period_end"],
    }


def _invoice(till: Till, invoice: Thing) -> None:
    """Another try to collect what failed; the last one ends the subscription."""
    customer = till.get("customer", invoice["customer"])
    name = invoice["parent"]["subscription_details"]["subscription"]
    subscription = till.get("subscription", name)
    if subscription["status"] != "past_due":
        till.save(invoice)
        return
    if pay(till, customer, invoice, subscription):
        subscription["status"] = "active"
        keep(till, subscription)
        emit(till, "customer.subscription.updated", subscription, {"status": "past_due"})
    elif invoice["next_payment_attempt"] is None:
        end(till, subscription, "payment_failed")
        give_up(till, invoice)


_ACTS = {
    "subscription": _subscription,
    "invoice": _invoice,
    "checkout.session": come_due,
}
