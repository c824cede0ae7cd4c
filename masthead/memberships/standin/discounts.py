"""Coupons, and the promotion codes by which somebody has one."""

from masthead.memberships.standin.books import Thing, Till
from masthead.memberships.standin.encoding import truth, whole
from masthead.memberships.standin.errors import Refusal, lacking


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
    code = given.get("code") or coupon["id"][-8:].upper()
    if any(each["active"] and _same(each, code) for each in till.all("promotion_code")):
        raise Refusal("An active promotion code with this code already exists.", param="code")
    return till.add(
        "promo_",
        "promotion_code",
        {
            "code": code,
            "promotion": {"type": "coupon", "coupon": coupon["id"]},
            "active": True,
            "max_redemptions": whole(given.get("max_redemptions")) or None,
            "expires_at": whole(given.get("expires_at")) or None,
            "times_redeemed": 0,
            "metadata": given.get("metadata") or {},
        },
    )


def change_promotion_code(till: Till, code: Thing, given: Thing) -> Thing:
    if "active" in given:
        code["active"] = truth(given["active"])
    till.save(code)
    return code


def as_it_is(till: Till, code: Thing) -> Thing:
    """A code says itself that it is over: by its day, its uses, or its coupon's."""
    coupon = till.get("coupon", code["promotion"]["coupon"])
    is_over = _is_over(till, code, "expires_at") or _is_over(till, coupon, "redeem_by")
    return {**code, "active": code["active"] and not is_over}


def _is_over(till: Till, thing: Thing, until: str) -> bool:
    most, by = thing["max_redemptions"], thing[until]
    return bool((most and thing["times_redeemed"] >= most) or (by and by <= till.now))


def _same(found: Thing, code: str) -> bool:
    """Whoever types it need not mind capitals."""
    return str(found["code"]).lower() == code.lower()


def redeem(till: Till, given: Thing) -> Thing:
    """The discount that a coupon or promotion code gives. Raises Refusal when it is used up."""
    name = given.get("coupon")
    if given.get("promotion_code"):
        code = till.get("promotion_code", given["promotion_code"])
        _use_code(till, code)
        name = code["promotion"]["coupon"]
    coupon = till.get("coupon", name)
    if _is_over(till, coupon, "redeem_by"):
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


def _use_code(till: Till, code: Thing) -> None:
    if not code["active"] or _is_over(till, code, "expires_at"):
        raise Refusal("This promotion code is not active.", code="promotion_code_inactive")
    code["times_redeemed"] += 1
    till.save(code)


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
