"""What a change in the middle of a period costs, in whole minor units."""

from masthead.memberships.standin.books import Thing, Till
from masthead.memberships.standin.calendar import after
from masthead.memberships.standin.encoding import whole
from masthead.memberships.standin.invoices import line, totals


def starts_anew(was: Thing, price: Thing) -> bool:
    """Whether the period begins again: another length has another rhythm."""
    old, new = was["recurring"], price["recurring"]
    kept = old["interval"] == new["interval"] and old["interval_count"] == new["interval_count"]
    return not kept


def change_lines(
    subscription: Thing, price: Thing, quantity: int, at: int, *, now: int
) -> list[Thing]:
    """
    The credit for what is left of the old price, and what the new one costs for it, in this order.

    at: from when the change is reckoned; a period that begins anew begins now.
    """
    item = subscription["items"]["data"][0]
    was, begins, ends = item["price"], item["current_period_start"], item["current_period_end"]
    if subscription["status"] == "trialing":
        return []
    credit = _share(was["unit_amount"] * item["quantity"], ends - at, ends - begins)
    lines = [line(-credit, was["currency"], was, at, ends, proration=True)]
    if starts_anew(was, price):
        recurring = price["recurring"]
        until = after(
            now, interval=recurring["interval"], count=recurring["interval_count"], anchor=now
        )
        full = price["unit_amount"] * quantity
        return [*lines, line(full, price["currency"], price, now, until)]
    cost = _share(price["unit_amount"] * quantity, ends - at, ends - begins)
    return [*lines, line(cost, price["currency"], price, at, ends, proration=True)]


def preview(till: Till, given: Thing) -> Thing:
    """The invoice that a change would make now; nothing is written."""
    subscription = till.get("subscription", given.get("subscription"))
    customer = till.get("customer", subscription["customer"])
    details = given.get("subscription_details") or {}
    wanted = (details.get("items") or [{}])[0]
    item = subscription["items"]["data"][0]
    price = till.get("price", wanted.get("price", item["price"]["id"]))
    quantity = whole(wanted.get("quantity"), item["quantity"])
    at = whole(details.get("proration_date"), till.now)
    lines = change_lines(subscription, price, quantity, at, now=till.now)
    if not lines:
        ends = item["current_period_end"]
        lines = [line(0, price["currency"], price, at, ends)]
    sums = totals(till, customer, lines, subscription["discounts"])
    return {"object": "invoice", "id": "upcoming_in", "customer": customer["id"], **sums}


def _share(amount: int, left: int, whole_period: int) -> int:
    return round(amount * max(0, left) / whole_period) if whole_period else 0
