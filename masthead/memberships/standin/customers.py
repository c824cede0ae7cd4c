"""Customers and their cards."""

from masthead.memberships.standin.books import Thing, Till
from masthead.memberships.standin.errors import lacking
from masthead.memberships.standin.events import emit

# What a card does, by its last four digits, as Stripe's own test cards: pays, is declined, asks
# its owner first, pays once and is declined from then on; an account whose money takes days.
PAYS, DECLINED, ASKS, DECLINED_LATER, TAKES_DAYS = "4242", "0002", "3155", "0341", "3204"
BOUNCES = "3202"  # an account whose bank refuses days later
CARDS = (PAYS, DECLINED, ASKS, DECLINED_LATER, TAKES_DAYS, BOUNCES)


def add_customer(till: Till, given: Thing) -> Thing:
    made = till.add(
        "cus_",
        "customer",
        {
            "email": given.get("email"),
            "name": given.get("name"),
            "balance": 0,
            "currency": None,
            "invoice_settings": {"default_payment_method": None},
            "metadata": given.get("metadata") or {},
        },
    )
    emit(till, "customer.created", made)
    return made


def change_customer(till: Till, customer: Thing, given: Thing) -> Thing:
    for name in ("email", "name", "metadata"):
        if name in given:
            customer[name] = given[name]
    settings = given.get("invoice_settings") or {}
    if settings.get("default_payment_method"):
        till.get("payment_method", settings["default_payment_method"])
        customer["invoice_settings"] = settings
    till.save(customer)
    emit(till, "customer.updated", customer)
    return customer


def delete_customer(till: Till, customer: Thing) -> Thing:
    customer["deleted"] = True
    till.save(customer)
    emit(till, "customer.deleted", customer)
    return {"id": customer["id"], "object": "customer", "deleted": True}


def add_card(till: Till, customer: Thing, last4: str) -> Thing:
    """Attached, and from now on the one that is charged."""
    if last4 not in CARDS:
        raise lacking("card")
    made = till.add(
        "pm_",
        "payment_method",
        {
            "type": "card",
            "customer": customer["id"],
            "card": {
                "brand": "visa",
                "last4": last4,
                "exp_month": 12,
                "exp_year": 2040,
                "fingerprint": f"fp{last4}{customer['id'][-8:]}",
            },
        },
    )
    emit(till, "payment_method.attached", made)
    customer["invoice_settings"] = {"default_payment_method": made["id"]}
    till.save(customer)
    emit(till, "customer.updated", customer)
    return made


def charged_card(till: Till, customer: Thing, subscription: Thing | None = None) -> Thing | None:
    own = (subscription or {}).get("default_payment_method")
    name = own or customer["invoice_settings"]["default_payment_method"]
    return till.find(name)
