"""Changes of a subscription at Stripe: dearer now, something else later, left, begun anew."""

from datetime import datetime
from typing import Any

import stripe

from masthead.memberships.providers import stripe_reading as reading
from masthead.memberships.providers.base import MembershipState, Preview
from masthead.memberships.providers.stripe_saying import once, said


class StripeChanges:
    _v1: stripe.V1Services

    def preview_switch(
        self, state: MembershipState, *, price_ref: str, quantity: int = 0
    ) -> Preview:
        wanted: Any = {
            "subscription": state.ref,
            "subscription_details": {
                "items": [_item(state, price_ref, quantity)],
                "proration_behavior": "always_invoice",
            },
        }
        with said():
            return reading.preview(self._v1.invoices.create_preview(wanted))

    def switch_now(
        self,
        state: MembershipState,
        *,
        price_ref: str,
        key: str,
        quantity: int = 0,
        said_at: datetime | None = None,
    ) -> None:
        wanted: Any = {
            "items": [_item(state, price_ref, quantity)],
            "proration_behavior": "always_invoice",
            "payment_behavior": "error_if_incomplete",
        }
        if said_at is not None:
            wanted["proration_date"] = int(said_at.timestamp())
        with said():
            self._v1.subscriptions.update(state.ref, wanted, once(key))
        if state.schedule_ref:
            self.keep_as_it_is(state, key=f"{key}-plans")

    def switch_later(
        self, state: MembershipState, *, price_ref: str, key: str, quantity: int = 0
    ) -> None:
        with said():
            name = state.schedule_ref
            if not name:
                made = self._v1.subscription_schedules.create(
                    {"from_subscription": state.ref}, once(f"{key}-begin")
                )
                name = made.id
            begins, ends = (
                int(each.timestamp()) for each in (state.period_starts_at, state.period_ends_at)
            )
            now = {"price": state.price_ref, "quantity": state.quantity}
            then = {"price": price_ref, "quantity": quantity or state.quantity}
            rhythm = self._v1.prices.retrieve(price_ref).recurring
            # One period of it; then the schedule ends, and the subscription goes on without.
            lasts = {"interval": rhythm and rhythm.interval, "interval_count": 1}
            phases: Any = [
                {"items": [now], "start_date": begins, "end_date": ends},
                {"items": [then], "start_date": ends, "duration": lasts},
            ]
            self._v1.subscription_schedules.update(
                name, {"phases": phases, "end_behavior": "release"}, once(f"{key}-phases")
            )

    def keep_as_it_is(self, state: MembershipState, *, key: str) -> None:
        with said():
            self._v1.subscription_schedules.release(state.schedule_ref, {}, once(key))

    def leave_at_period_end(self, ref: str, *, leaves: bool, key: str) -> None:
        """
        Stripe ends nothing that a schedule runs. So what it would do is noted at the subscription,
        then it is released, then it is left; killed in between, the same again does the rest.
        """
        expand: Any = {"expand": ["schedule"]}
        with said():
            found = self._v1.subscriptions.retrieve(ref, expand)
        state = reading.membership(found)
        if leaves and state.schedule_ref:
            self._put_aside(state, key=f"{key}-aside")
            self.keep_as_it_is(state, key=f"{key}-plans")
        with said():
            self._v1.subscriptions.update(ref, {"cancel_at_period_end": leaves}, once(key))
        planned = None if leaves or state.schedule_ref else reading.put_aside(found)
        if planned is not None:
            price, quantity = planned
            self.switch_later(state, price_ref=price, quantity=quantity, key=f"{key}-again")
        if not leaves:
            self._forget_aside(found, key=f"{key}-done")

    def _put_aside(self, state: MembershipState, *, key: str) -> None:
        planned = reading.planned(state)
        with said():
            self._v1.subscriptions.update(
                state.ref, {"metadata": {reading.ASIDE: planned}}, once(key)
            )

    def _forget_aside(self, found: stripe.Subscription, *, key: str) -> None:
        if reading.put_aside(found) is None:
            return
        with said():
            self._v1.subscriptions.update(found.id, {"metadata": {reading.ASIDE: ""}}, once(key))

    def begin_anew(self, state: MembershipState, *, key: str) -> None:
        wanted: Any = {"billing_cycle_anchor": "now", "proration_behavior": "none"}
        if state.next_price_ref or state.next_quantity:
            price = state.next_price_ref or state.price_ref
            wanted["items"] = [_item(state, price, state.next_quantity)]
        with said():
            self._v1.subscriptions.update(state.ref, wanted, once(key))
        if state.schedule_ref:
            self.keep_as_it_is(state, key=f"{key}-plans")


def _item(state: MembershipState, price_ref: str, quantity: int) -> dict[str, Any]:
    # Of an item whose price changes the number is said again: it is not kept by itself.
    return {"id": state.item_ref, "price": price_ref, "quantity": quantity or state.quantity}
