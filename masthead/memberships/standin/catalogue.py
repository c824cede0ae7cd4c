"""Products, prices, coupons and promotion codes."""

from masthead.memberships.standin.books import Thing, Till
from masthead.memberships.standin.encoding import truth, whole
from masthead.memberships.standin.errors import Refusal, lacking
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


def add_coupon(till: Till, given: Thing) -> Thing:
    if not given.get("percent_off") and not given.get("amount_off"):
        raise lacking("percent_off")
    return till.add(
        "co_",
        "coupon",
        {
            "name": given.get("name"),
            "percent_off": float(given["percent_off"]) if given.get("percent_off") else None,
            "amount_off": whole(given["amount_off"]) if given.get("amount_off") else None,
            "currency": given.get("currency"),
            "duration": given.get("duration", "once"),
            "duration_in_months": whole(given.get("duration_in_months")) or None,
            "max_redemptions": whole(given.get("max_redemptions")) or None,
            "redeem_by": whole(given.get("redeem_by")) or None,
            "times_redeemed": 0,
            "valid": True,
            "metadata": given.get("metadata") or {},
        },
    )


def add_promotion_code(till: Till, given: Thing) -> Thing:
    promotion = given.get("promotion") or {}
    coupon = till.get("coupon", promotion.get("coupon") or given.get("coupon"))
    return till.add(
        "promo_",
        "promotion_code",
        {
            "code": given.get("code") or coupon["id"][-8:].upper(),
            "promotion": {"type": "coupon", "coupon": coupon["id"]},
            "active": True,
            "metadata": given.get("metadata") or {},
        },
    )


def redeem(till: Till, given: Thing) -> Thing:
    """The discount that a coupon or promotion code gives. Raises Refusal when it is used up."""
    name = given.get("coupon")
    if given.get("promotion_code"):
        code = till.get("promotion_code", given["promotion_code"])
        if not code["active"]:
            raise Refusal("This promotion code is not active.", code="promotion_code_inactive")
        name = code["promotion"]["coupon"]
    coupon = till.get("coupon", name)
    most, by = coupon["max_redemptions"], coupon["redeem_by"]
    if (most and coupon["times_redeemed"] >= most) or (by and by <= till.now):
        raise Refusal("This coupon has expired.", code="coupon_expired")
    coupon["times_redeemed"] += 1
    till.save(coupon)
    return till.add(
        "di_",
        "discount",
        {
            "source": {"type": "coupon", "coupon": coupon["id"]},
            "promotion_code": given.get("promotion_code"),
            "start": till.now,
            "used": 0,
        },
    )


def discounted(till: Till, names: list[str], amount: int, currency: str) -> int:
    """How much these discounts take off an amount for one period."""
    off = 0
    for name in names:
        discount = till.get("discount", name)
        coupon = till.get("coupon", discount["source"]["coupon"])
        if not _still_gives(coupon, discount["used"]):
            continue
        if coupon["percent_off"]:
            off += round((amount - off) * coupon["percent_off"] / 100)
        elif coupon["currency"] == currency:
            off += min(coupon["amount_off"], amount - off)
    return off


def use_discounts(till: Till, names: list[str], months: int) -> None:
    """A period was billed: what is given once or for some months comes nearer to its end."""
    for name in names:
        discount = till.get("discount", name)
        discount["used"] += months
        till.save(discount)


def _still_gives(coupon: Thing, used: int) -> bool:
    if coupon["duration"] == "once":
        return used == 0
    if coupon["duration"] == "repeating":
        return used < (coupon["duration_in_months"] or 0)
    return True
