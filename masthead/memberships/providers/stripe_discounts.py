"""Codes for a lower price, as Stripe has them: a coupon says how much, a promotion code how."""

from typing import Any

import stripe

from masthead.memberships.providers.base import Discount, DiscountWish
from masthead.memberships.providers.stripe_reading import discount
from masthead.memberships.providers.stripe_saying import once, said

PAGE = 100
WITH_COUPON = "promotion.coupon"


class StripeDiscounts:
    _v1: stripe.V1Services

    def make_discount(self, wish: DiscountWish, *, key: str) -> Discount:
        coupon: Any = {"name": wish.code[:40], "duration": wish.lasts}
        if wish.percent:
            coupon["percent_off"] = wish.percent
        else:
            coupon |= {"amount_off": wish.amount_cents, "currency": wish.currency}
        if wish.lasts == "repeating":
            coupon["duration_in_months"] = wish.months
        code: Any = {"code": wish.code, "expand": [WITH_COUPON]}
        if wish.most_uses is not None:
            code["max_redemptions"] = wish.most_uses
        if wish.good_until is not None:
            code["expires_at"] = int(wish.good_until.timestamp())
        with said():
            made = self._v1.coupons.create(coupon, once(f"{key}-coupon"))
            code["promotion"] = {"type": "coupon", "coupon": made.id}
            return discount(self._v1.promotion_codes.create(code, once(f"{key}-code")))

    def discounts(self) -> list[Discount]:
        wanted: Any = {"limit": PAGE, "expand": [f"data.{WITH_COUPON}"]}
        with said():
            found = list(self._v1.promotion_codes.list(wanted).auto_paging_iter())
        return [discount(each) for each in found]

    def end_discount(self, ref: str, *, key: str) -> None:
        with said():
            self._v1.promotion_codes.update(ref, {"active": False}, once(key))

    def find_discount(self, code: str) -> str:
        wanted: Any = {"code": code, "active": True, "limit": 1, "expand": [f"data.{WITH_COUPON}"]}
        with said():
            found = [discount(each) for each in self._v1.promotion_codes.list(wanted).data]
        good = [each for each in found if each.is_good]
        return good[0].ref if good else ""
