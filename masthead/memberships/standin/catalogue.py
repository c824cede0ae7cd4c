"""Products and prices."""

from masthead.memberships.standin.books import Thing, Till
from masthead.memberships.standin.encoding import truth, whole
from masthead.memberships.standin.errors import lacking
from masthead.memberships.standin.events import emit


def add_product(till: Till, given: Thing) -> Thing:
    if not given.get("name"):
        raise lacking("name")
    made = till.add(
        "prod_",
        "product",
        {
            "name": given["name"],
            "description": given.get("description"),
            "active": True,
            "metadata": given.get("metadata") or {},
        },
    )
    emit(till, "product.created", made)
    return made


def change_product(till: Till, product: Thing, given: Thing) -> Thing:
    for name in ("name", "description", "metadata"):
        if name in given:
            product[name] = given[name]
    if "active" in given:
        product["active"] = truth(given["active"])
    till.save(product)
    emit(till, "product.updated", product)
    return product


def add_price(till: Till, given: Thing) -> Thing:
    till.get("product", given.get("product"))
    if "unit_amount" not in given:
        raise lacking("unit_amount")
    recurring = given.get("recurring")
    made = till.add(
        "price_",
        "price",
        {
            "product": given["product"],
            "currency": str(given.get("currency", "")).lower(),
            "unit_amount": whole(given["unit_amount"]),
            "type": "recurring" if recurring else "one_time",
            "recurring": recurring
            and {
                "interval": recurring["interval"],
                "interval_count": whole(recurring.get("interval_count"), 1),
                "usage_type": "licensed",
            },
            "active": truth(given.get("active", "true")),
            "tax_behavior": given.get("tax_behavior", "inclusive"),
            "lookup_key": given.get("lookup_key"),
            "nickname": given.get("nickname"),
            "metadata": given.get("metadata") or {},
        },
    )
    emit(till, "price.created", made)
    return made


def change_price(till: Till, price: Thing, given: Thing) -> Thing:
    """All but the amount, which a price keeps for ever."""
    if "active" in given:
        price["active"] = truth(given["active"])
    for name in ("metadata", "nickname", "lookup_key"):
        if name in given:
            price[name] = given[name]
    till.save(price)
    emit(till, "price.updated", price)
    return price


def price_from(till: Till, given: Thing) -> Thing:
    """The price a line names, or one made for it (`price_data`)."""
    if given.get("price"):
        return till.get("price", given["price"])
    if given.get("price_data"):
        return add_price(till, {**given["price_data"], "active": "false"})
    raise lacking("line_items[0][price]")
