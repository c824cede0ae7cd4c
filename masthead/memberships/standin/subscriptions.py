"""Subscriptions: begun, renewed, changed, paused, ended."""

from typing import Any

from masthead.memberships.standin.books import Thing, Till, private
from masthead.memberships.standin.calendar import DAY, after
from masthead.memberships.standin.customers import charged_card
from masthead.memberships.standin.discounts import redeem, use_discounts
from masthead.memberships.standin.encoding import truth, whole
from masthead.memberships.standin.errors import Refusal, declined
from masthead.memberships.standin.events import emit
from masthead.memberships.standin.invoices import add_invoice, line, pay, void
from masthead.memberships.standin.prorating import change_lines, starts_anew

TELLS_TRIAL_END = 3 * DAY
TELLS_RENEWAL = 7 * DAY
IN_FORCE = {"active", "trialing", "past_due"}
Given = dict[str, Any]


def begin(
    till: Till,
    customer: Thing,
    price: Thing,
    *,
    quantity: int = 1,
    trial_days: int = 0,
    discounts: list[Given] | None = None,
    metadata: Given | None = None,
    is_taxed: bool = False,
) -> Thing:
    """Bill the first period, or begin the trial. Raises Refusal when the card is declined."""
    if not price["recurring"]:
        raise Refusal("The price specified is set to `type=one_time`.", param="items[0][price]")
    now = till.now
    trial_end = now + trial_days * DAY if trial_days else None
    ends = trial_end or _next(price, now, now)
    item = {
        "id": f"si_{private_number(till)}",
        "object": "subscription_item",
        "price": price,
        "quantity": quantity,
        "current_period_start": now,
        "current_period_end": ends,
    }
    made = till.add(
        "sub_",
        "subscription",
        {
            "customer": customer["id"],
            "status": "trialing" if trial_end else "active",
            "items": {"object": "list", "data": [item], "has_more": False},
            "currency": price["currency"],
            "start_date": now,
            "billing_cycle_anchor": trial_end or now,
            "trial_start": now if trial_end else None,
            "trial_end": trial_end,
            "cancel_at": None,
            "cancel_at_period_end": False,
            "canceled_at": None,
            "ended_at": None,
            "cancellation_details": {"reason": None, "comment": None},
            "pause_collection": None,
            "default_payment_method": None,
            "discounts": [redeem(till, each)["id"] for each in discounts or []],
            "automatic_tax": {"enabled": is_taxed},
            "latest_invoice": None,
            "schedule": None,
            "metadata": metadata or {},
        },
    )
    item["subscription"] = made["id"]
    amount = 0 if trial_end else price["unit_amount"] * quantity
    first = add_invoice(
        till,
        customer,
        made,
        [line(amount, price["currency"], price, now, ends)],
        "subscription_create",
    )
    made["latest_invoice"] = first["id"]
    if not pay(till, customer, first, made):
        raise declined()
    if not trial_end:
        use_discounts(till, made["discounts"], months_of(price))
    keep(till, made)
    emit(till, "customer.subscription.created", made)
    return made


def private_number(till: Till) -> str:
    number = int(till.noted("items", "0")) + 1
    till.note("items", str(number))
    return f"{number:024}"


def months_of(price: Thing) -> int:
    recurring = price["recurring"]
    return int(recurring["interval_count"]) * (12 if recurring["interval"] == "year" else 1)


def item_of(subscription: Thing) -> Thing:
    found: Thing = subscription["items"]["data"][0]
    return found


def keep(till: Till, subscription: Thing) -> None:
    """Save it with the moment at which something happens to it by itself."""
    till.save(subscription, due=_due(subscription))


def _due(subscription: Thing) -> int | None:
    if subscription["status"] not in IN_FORCE:
        return None
    told, ends = private(subscription), item_of(subscription)["current_period_end"]
    moments = [ends]
    if subscription["cancel_at"]:
        moments.append(subscription["cancel_at"])
    if subscription["status"] == "trialing" and not told.get("trial_end_told"):
        moments.append(max(subscription["start_date"], ends - TELLS_TRIAL_END))
    elif subscription["status"] == "active" and told.get("renewal_told") != ends:
        moments.append(ends - TELLS_RENEWAL)
    pause = subscription["pause_collection"]
    if pause and pause["resumes_at"]:
        moments.append(pause["resumes_at"])
    return int(min(moments))


def renew(till: Till, customer: Thing, subscription: Thing) -> None:
    """Begin the next period and bill it; the end of a trial is the first of these."""
    item = item_of(subscription)
    was = subscription["status"]
    begins = item["current_period_end"]
    if was == "trialing" and charged_card(till, customer, subscription) is None:
        subscription["status"] = "paused"
        keep(till, subscription)
        emit(till, "customer.subscription.paused", subscription)
        return
    if planned := private(subscription).pop("next", None):
        item.update(price=till.get("price", planned["price"]), quantity=planned["quantity"])
    elif subscription["schedule"]:
        _phase_ends(till, subscription, begins)
    price = item["price"]
    ends = _next(price, begins, subscription["billing_cycle_anchor"])
    item.update(current_period_start=begins, current_period_end=ends)
    amount = price["unit_amount"] * item["quantity"]
    lines = private(subscription).pop("pending", [])  # Stripe puts these first
    lines.append(line(amount, price["currency"], price, begins, ends))
    invoice = add_invoice(till, customer, subscription, lines, "subscription_cycle")
    subscription["latest_invoice"] = invoice["id"]
    if subscription["pause_collection"]:
        void(till, invoice)  # the one behaviour that is asked for here
        keep(till, subscription)
        emit(till, "customer.subscription.updated", subscription, {"items": {}})
        return
    use_discounts(till, subscription["discounts"], months_of(price))
    if pay(till, customer, invoice, subscription):
        subscription["status"] = "active"
    else:
        subscription["status"] = "past_due"
    keep(till, subscription)
    emit(till, "customer.subscription.updated", subscription, {"status": was})


def _phase_ends(till: Till, subscription: Thing, at: int) -> None:
    """A schedule that has done all it was for lets the subscription go; till then it runs it."""
    schedule = till.get("subscription_schedule", subscription["schedule"])
    ends = schedule["phases"][-1]["end_date"]
    if ends is not None and ends <= at:
        schedule["status"] = "released"
        till.save(schedule)
        subscription["schedule"] = None


def change(till: Till, customer: Thing, subscription: Thing, given: Given) -> Thing:
    """What `subscriptions.update` can change of it here."""
    before = {
        name: subscription[name] for name in ("status", "cancel_at_period_end", "pause_collection")
    }
    if "cancel_at_period_end" in given:
        if subscription["schedule"]:
            raise Refusal(
                f"The subscription is managed by the subscription schedule"
                f" `{subscription['schedule']}`, and updating any cancelation behavior directly is"
                " not allowed. Please update the schedule instead."
            )
        leaves = truth(given["cancel_at_period_end"])
        subscription["cancel_at_period_end"] = leaves
        subscription["cancel_at"] = item_of(subscription)["current_period_end"] if leaves else None
        subscription["canceled_at"] = till.now if leaves else None
    if "pause_collection" in given:
        pause = given["pause_collection"] or None
        subscription["pause_collection"] = pause and {
            "behavior": pause["behavior"],
            "resumes_at": whole(pause.get("resumes_at")) or None,
        }
    if "default_payment_method" in given:
        subscription["default_payment_method"] = given["default_payment_method"]
    if "metadata" in given:
        subscription["metadata"] = {
            name: value
            for name, value in (subscription["metadata"] | given["metadata"]).items()
            if value != ""
        }
    if "trial_end" in given:
        _end_trial(till, customer, subscription, given["trial_end"])
    if "items" in given:
        _change_items(till, customer, subscription, given)
    if given.get("billing_cycle_anchor") == "now":
        _bill_from_now(till, customer, subscription, given)
    keep(till, subscription)
    emit(till, "customer.subscription.updated", subscription, before)
    return subscription


def _end_trial(till: Till, customer: Thing, subscription: Thing, until: str) -> None:
    ends = till.now if until == "now" else whole(until)
    item_of(subscription)["current_period_end"] = ends
    subscription.update(trial_end=ends, billing_cycle_anchor=ends)
    if ends > till.now:
        subscription["status"] = "trialing"
    else:
        renew(till, customer, subscription)


def _bill_from_now(till: Till, customer: Thing, subscription: Thing, given: Given) -> None:
    """Another rhythm, billed at once; only without anything for the rest of the old period."""
    if given.get("proration_behavior") != "none":
        raise Refusal("The stand-in only knows `none` here.", param="proration_behavior")
    item = item_of(subscription)
    price, now = item["price"], till.now
    ends = _next(price, now, now)
    subscription["billing_cycle_anchor"] = now
    item.update(current_period_start=now, current_period_end=ends)
    amount = price["unit_amount"] * item["quantity"]
    bill = [line(amount, price["currency"], price, now, ends)]
    invoice = add_invoice(till, customer, subscription, bill, "subscription_update")
    subscription["latest_invoice"] = invoice["id"]
    use_discounts(till, subscription["discounts"], months_of(price))
    is_paid = pay(till, customer, invoice, subscription)
    subscription["status"] = "active" if is_paid else "past_due"


def _change_items(till: Till, customer: Thing, subscription: Thing, given: Given) -> None:
    wanted, item = given["items"][0], item_of(subscription)
    price = till.get("price", wanted.get("price", item["price"]["id"]))
    quantity = whole(wanted.get("quantity"), item["quantity"])
    how = given.get("proration_behavior", "create_prorations")
    at = whole(given.get("proration_date"), till.now)
    if not item["current_period_start"] <= at <= item["current_period_end"]:
        raise Refusal("The proration date is not in the current period.", param="proration_date")
    lines = change_lines(subscription, price, quantity, at, now=till.now) if how != "none" else []
    if subscription["status"] != "trialing" and starts_anew(item["price"], price):
        subscription["billing_cycle_anchor"] = till.now
        item["current_period_start"] = till.now
        item["current_period_end"] = _next(price, till.now, till.now)
    item.update(price=price, quantity=quantity)
    if how == "always_invoice" and lines:
        invoice = add_invoice(till, customer, subscription, lines, "subscription_update")
        subscription["latest_invoice"] = invoice["id"]
        if not pay(till, customer, invoice, subscription):
            raise declined()
    else:
        private(subscription).setdefault("pending", []).extend(lines)


def end(till: Till, subscription: Thing, reason: str) -> Thing:
    subscription["status"] = "canceled"
    subscription["canceled_at"] = subscription["canceled_at"] or till.now
    subscription["ended_at"] = till.now
    subscription["cancellation_details"]["reason"] = reason
    keep(till, subscription)
    emit(till, "customer.subscription.deleted", subscription)
    return subscription


def resume(till: Till, customer: Thing, subscription: Thing) -> Thing:
    """After a trial that ended without a card."""
    if subscription["status"] != "paused":
        raise Refusal("This subscription is not paused.", code="subscription_not_paused")
    item = item_of(subscription)
    item["current_period_end"] = till.now
    subscription.update(status="trialing", billing_cycle_anchor=till.now)
    renew(till, customer, subscription)
    emit(till, "customer.subscription.resumed", subscription)
    return subscription


def _next(price: Thing, begins: int, anchor: int) -> int:
    recurring = price["recurring"]
    return after(
        begins, interval=recurring["interval"], count=recurring["interval_count"], anchor=anchor
    )
