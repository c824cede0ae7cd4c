"""Stripe's interface: from a method and a path to what is done with the books."""

import re
import secrets
from collections.abc import Callable
from typing import Any

from masthead.memberships.standin import (
    catalogue,
    customers,
    discounts,
    payments,
    prorating,
    subscriptions,
)
from masthead.memberships.standin.books import Thing, Till, private, shown
from masthead.memberships.standin.calendar import after
from masthead.memberships.standin.checkout import expire, open_session
from masthead.memberships.standin.encoding import truth, whole
from masthead.memberships.standin.errors import Refusal, lacking, missing
from masthead.memberships.standin.events import emit
from masthead.memberships.standin.invoices import pay, void

# Lists: the address, and the kind of what is in it.
LISTS = {
    "products": "product",
    "prices": "price",
    "coupons": "coupon",
    "promotion_codes": "promotion_code",
    "customers": "customer",
    "payment_methods": "payment_method",
    "subscriptions": "subscription",
    "invoices": "invoice",
    "invoice_payments": "invoice_payment",
    "payment_intents": "payment_intent",
    "charges": "charge",
    "refunds": "refund",
    "disputes": "dispute",
    "events": "event",
    "checkout/sessions": "checkout.session",
    "webhook_endpoints": "webhook_endpoint",
    "subscription_schedules": "subscription_schedule",
}
KINDS = {
    "prod": "product",
    "price": "price",
    "cus": "customer",
    "sub": "subscription",
    "in": "invoice",
    "pi": "payment_intent",
    "ch": "charge",
    "pm": "payment_method",
    "di": "discount",
    "co": "coupon",
}
MOST = 100
Given = dict[str, Any]
Act = Callable[[Till, Given, str], Thing]


def answer(till: Till, method: str, path: str, given: Given, *, pages: str) -> Thing:
    """
    The object or list that one call answers with.

    path: below /v1/. pages: where hosted pages are. Raises Refusal.
    """
    expand = given.pop("expand", [])
    given["pages"] = pages
    for verb, pattern, act in ROUTES:
        found = re.fullmatch(pattern, path)
        if found and verb == method:
            return _expanded(
                till, shown(act(till, given, found[1] if found.groups() else "")), expand
            )
    where, _, name = path.rpartition("/")
    if method == "GET" and path in LISTS:
        return _expanded(till, _listed(till, LISTS[path], path, given), expand)
    if method == "GET" and where in LISTS:
        return _expanded(till, shown(_one(till, LISTS[where], name)), expand)
    raise Refusal(f"Unrecognized request URL ({method}: /v1/{path}).", status=404)


def _one(till: Till, kind: str, name: str) -> Thing:
    found = till.get(kind, name)
    if kind == "customer" and found.get("deleted"):
        return {"id": name, "object": "customer", "deleted": True}
    return found


def _listed(till: Till, kind: str, path: str, given: Given) -> Thing:
    payment = (given.get("payment") or {}).get("payment_intent", "")
    parent = given.get("subscription") or given.get("payment_intent") or payment
    found = till.all(kind, customer=given.get("customer", ""), parent=parent)
    if kind == "promotion_code":
        found = [discounts.as_it_is(till, each) for each in found]
    found = [each for each in found if _wanted(each, given)]
    if given.get("starting_after"):
        names = [each["id"] for each in found]
        found = found[names.index(given["starting_after"]) + 1 :]
    most = min(whole(given.get("limit"), 10), MOST)
    data = shown(found[:most])
    return {"object": "list", "url": f"/v1/{path}", "has_more": len(found) > most, "data": data}


def _wanted(thing: Thing, given: Given) -> bool:
    if thing.get("deleted"):
        return False
    status = given.get("status")
    if thing["object"] == "subscription":
        if status not in {"all", thing["status"]} and (status or thing["status"] == "canceled"):
            return False
    elif status and thing.get("status") != status:
        return False
    for name in ("email", "product", "type", "code", "charge", "invoice"):
        if name in given and str(thing.get(name)).lower() != str(given[name]).lower():
            return False
    if "active" in given and thing.get("active") != truth(given["active"]):
        return False
    since = given.get("created") or {}
    return whole(since.get("gte")) <= thing["created"] and thing["created"] < whole(
        since.get("lt"), 2**40
    )


def _expanded(till: Till, thing: Thing, paths: list[str]) -> Thing:
    for path in paths:
        _expand(till, thing, path.split("."))
    return thing


def _expand(till: Till, thing: Any, path: list[str]) -> None:
    if isinstance(thing, list):
        for each in thing:
            _expand(till, each, path)
        return
    if not isinstance(thing, dict) or not path:
        return
    name, rest = path[0], path[1:]
    if name == "payments" and thing.get("object") == "invoice":
        known = till.all("invoice_payment", customer=thing["customer"])
        paid = [each for each in known if each["invoice"] == thing["id"]]
        thing["payments"] = {"object": "list", "data": shown(paid), "has_more": False}
    value = thing.get(name)
    if isinstance(value, str) and value.partition("_")[0] in KINDS:
        thing[name] = shown(till.find(value))
    _expand(till, thing.get(name), rest)


def _customer_of(till: Till, thing: Thing) -> Thing:
    return till.get("customer", thing["customer"])


def _begin(till: Till, given: Given, _name: str) -> Thing:
    item = (given.get("items") or [{}])[0]
    if not item.get("price"):
        raise lacking("items[0][price]")
    return subscriptions.begin(
        till,
        till.get("customer", given.get("customer")),
        till.get("price", item["price"]),
        quantity=whole(item.get("quantity"), 1),
        trial_days=whole(given.get("trial_period_days")),
        discounts=given.get("discounts"),
        metadata=given.get("metadata"),
    )


def _change(till: Till, given: Given, name: str) -> Thing:
    subscription = till.get("subscription", name)
    if subscription["status"] == "canceled":
        raise missing("subscription", name)
    return subscriptions.change(till, _customer_of(till, subscription), subscription, given)


def _cancel(till: Till, _given: Given, name: str) -> Thing:
    subscription = till.get("subscription", name)
    if subscription["status"] == "canceled":
        raise missing("subscription", name)
    return subscriptions.end(till, subscription, "cancellation_requested")


def _resume(till: Till, _given: Given, name: str) -> Thing:
    subscription = till.get("subscription", name)
    return subscriptions.resume(till, _customer_of(till, subscription), subscription)


def _pay(till: Till, _given: Given, name: str) -> Thing:
    invoice = till.get("invoice", name)
    details = (invoice["parent"] or {}).get("subscription_details") or {}
    subscription = till.find(details.get("subscription"))
    if invoice["status"] != "open":
        raise Refusal("Invoice is already paid", code="invoice_not_editable")
    if not pay(till, _customer_of(till, invoice), invoice, subscription):
        return invoice
    if subscription is not None and subscription["status"] == "past_due":
        subscription["status"] = "active"
        subscriptions.keep(till, subscription)
        emit(till, "customer.subscription.updated", subscription, {"status": "past_due"})
    return invoice


def _forget(till: Till, _given: Given, name: str) -> Thing:
    customer = till.get("customer", name)
    if customer.get("deleted"):
        raise missing("customer", name)
    for each in till.all("subscription", customer=name):
        if each["status"] in subscriptions.IN_FORCE:
            subscriptions.end(till, each, "cancellation_requested")
    return customers.delete_customer(till, customer)


def _schedule(till: Till, given: Given, _name: str) -> Thing:
    """From a subscription; its one phase is the period that runs."""
    subscription = till.get("subscription", given.get("from_subscription"))
    item = subscription["items"]["data"][0]
    made = till.add(
        "sub_sched_",
        "subscription_schedule",
        {
            "customer": subscription["customer"],
            "subscription": subscription["id"],
            "status": "active",
            "end_behavior": "release",
            "phases": [
                {
                    "items": [{"price": item["price"]["id"], "quantity": item["quantity"]}],
                    "start_date": item["current_period_start"],
                    "end_date": item["current_period_end"],
                }
            ],
        },
    )
    subscription["schedule"] = made["id"]
    subscriptions.keep(till, subscription)
    return made


def _reschedule(till: Till, given: Given, name: str) -> Thing:
    """The second phase begins with the next period."""
    made = till.get("subscription_schedule", name)
    if made["status"] != "active":
        raise Refusal("You cannot update a subscription schedule that is released.")
    made["phases"] = [_phase(each) for each in given["phases"]]
    till.save(made)
    subscription = till.get("subscription", made["subscription"])
    private(subscription)["next"] = made["phases"][1]["items"][0]
    subscriptions.keep(till, subscription)
    emit(till, "customer.subscription.updated", subscription, {"schedule": None})
    return made


def _phase(given: Given) -> Thing:
    items = [
        {"price": each["price"], "quantity": whole(each.get("quantity"), 1)}
        for each in given["items"]
    ]
    begins = whole(given["start_date"])
    ends: int | None = whole(given.get("end_date")) or None
    if lasts := given.get("duration"):
        count = whole(lasts.get("interval_count"), 1)
        ends = after(begins, interval=lasts["interval"], count=count, anchor=begins)
    return {"items": items, "start_date": begins, "end_date": ends}


def _release(till: Till, _given: Given, name: str) -> Thing:
    made = till.get("subscription_schedule", name)
    if made["status"] != "active":
        raise Refusal("You cannot release a subscription schedule that is released.")
    made["status"] = "released"
    till.save(made)
    subscription = till.get("subscription", made["subscription"])
    private(subscription).pop("next", None)
    subscription["schedule"] = None
    subscriptions.keep(till, subscription)
    emit(till, "customer.subscription.updated", subscription, {"schedule": name})
    return made


def add_endpoint(till: Till, given: Given, _name: str) -> Thing:
    return till.add(
        "we_",
        "webhook_endpoint",
        {
            "url": given["url"],
            "enabled_events": given.get("enabled_events") or ["*"],
            "api_version": given.get("api_version"),
            "status": "enabled",
            "secret": f"whsec_{secrets.token_urlsafe(24)}",
        },
    )


def _portal(till: Till, given: Given, _name: str) -> Thing:
    till.get("customer", given.get("customer"))
    made = till.add(
        "bps_",
        "billing_portal.session",
        {"customer": given["customer"], "return_url": given.get("return_url")},
    )
    made["url"] = f"{given['pages']}/portal/{made['id']}"
    till.save(made)
    return made


def _card(till: Till, given: Given, _name: str) -> Thing:
    """A card by its last four digits; with real keys a card is only ever typed at Stripe's."""
    customer = till.get("customer", given.get("customer"))
    return customers.add_card(till, customer, str((given.get("card") or {}).get("last4", "")))


ROUTES: list[tuple[str, str, Act]] = [
    ("POST", "products", lambda till, given, _: catalogue.add_product(till, given)),
    (
        "POST",
        r"products/(\w+)",
        lambda till, given, name: catalogue.change_product(till, till.get("product", name), given),
    ),
    ("POST", "prices", lambda till, given, _: catalogue.add_price(till, given)),
    (
        "POST",
        r"prices/(\w+)",
        lambda till, given, name: catalogue.change_price(till, till.get("price", name), given),
    ),
    ("POST", "coupons", lambda till, given, _: discounts.add_coupon(till, given)),
    ("POST", "promotion_codes", lambda till, given, _: discounts.add_promotion_code(till, given)),
    (
        "POST",
        r"promotion_codes/(\w+)",
        lambda till, given, name: discounts.change_promotion_code(
            till, till.get("promotion_code", name), given
        ),
    ),
    ("POST", "customers", lambda till, given, _: customers.add_customer(till, given)),
    (
        "POST",
        r"customers/(\w+)",
        lambda till, given, name: customers.change_customer(
            till, till.get("customer", name), given
        ),
    ),
    (
        "DELETE",
        r"customers/(\w+)",
        _forget,
    ),
    ("POST", "payment_methods", _card),
    ("POST", "subscriptions", _begin),
    ("POST", r"subscriptions/(\w+)", _change),
    ("DELETE", r"subscriptions/(\w+)", _cancel),
    ("POST", r"subscriptions/(\w+)/resume", _resume),
    ("POST", "subscription_schedules", _schedule),
    ("POST", r"subscription_schedules/(\w+)", _reschedule),
    ("POST", r"subscription_schedules/(\w+)/release", _release),
    ("POST", "invoices/create_preview", lambda till, given, _: prorating.preview(till, given)),
    ("POST", r"invoices/(\w+)/pay", _pay),
    ("POST", r"invoices/(\w+)/void", lambda till, _, name: void(till, till.get("invoice", name))),
    ("POST", "refunds", lambda till, given, _: payments.add_refund(till, given)),
    (
        "POST",
        "checkout/sessions",
        lambda till, given, _: open_session(till, given, pages=given["pages"]),
    ),
    (
        "POST",
        r"checkout/sessions/(\w+)/expire",
        lambda till, _, name: expire(till, till.get("checkout.session", name)),
    ),
    ("POST", "billing_portal/sessions", _portal),
    ("POST", "webhook_endpoints", add_endpoint),
]
