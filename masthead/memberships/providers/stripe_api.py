"""Stripe by its own SDK: each call with its own key, within seconds, answered in our words."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import stripe
from django.utils.translation import gettext as _

from masthead.memberships.providers import stripe_reading as reading
from masthead.memberships.providers.base import (
    InvoiceState,
    MembershipState,
    NotGenuine,
    Notice,
    Paid,
    Payment,
    PaymentPage,
    Preview,
    Wish,
)
from masthead.memberships.providers.stripe_discounts import StripeDiscounts
from masthead.memberships.providers.stripe_saying import once, said

API_VERSION = "2026-10-28.endive"
TOLERANCE_SECONDS = 300
PAGE = 100  # objects of a list that are asked for at once


class StripeProvider(StripeDiscounts):
    """
    http: how Stripe is spoken to. secrets: of the endpoint, the newest first; what is signed with
    any of them is believed. is_live: what the account's objects must say of themselves.
    """

    name = "stripe"
    page_origins: tuple[str, ...] = ("https://checkout.stripe.com", "https://billing.stripe.com")

    def __init__(
        self, *, key: str, secrets: list[str], http: stripe.HTTPClient, is_live: bool
    ) -> None:
        self._v1 = stripe.StripeClient(
            key, http_client=http, stripe_version=API_VERSION, max_network_retries=2
        ).v1
        self._secrets = secrets
        self._is_live = is_live

    def keep_plan(self, *, name: str, ref: str, key: str) -> str:
        with said():
            if ref:
                return self._v1.products.update(ref, {"name": name}).id
            return self._v1.products.create({"name": name}, once(key)).id

    def keep_price(
        self, *, plan_ref: str, currency: str, amount_cents: int, every: str, key: str
    ) -> str:
        wanted: Any = {
            "product": plan_ref,
            "currency": currency,
            "unit_amount": amount_cents,
            "tax_behavior": "inclusive",
        }
        if every != "once":
            wanted["recurring"] = {"interval": every}
        with said():
            return self._v1.prices.create(wanted, once(key)).id

    def retire_price(self, ref: str, *, key: str) -> None:
        with said():
            self._v1.prices.update(ref, {"active": False}, once(key))

    def open_page(self, wish: Wish, *, key: str) -> PaymentPage:
        with said():
            made = self._v1.checkout.sessions.create(reading.page_params(wish), once(key))
        return PaymentPage(made.id, made.url or "", _instant(made.expires_at))

    def close_page(self, ref: str, *, key: str) -> None:
        with said():
            if self._v1.checkout.sessions.retrieve(ref).status == "open":
                self._v1.checkout.sessions.expire(ref, {}, once(key))

    def read_page(self, ref: str) -> Paid:
        with said():
            return reading.paid(self._v1.checkout.sessions.retrieve(ref))

    def read_membership(self, ref: str) -> MembershipState:
        with said():
            expand: Any = {"expand": ["schedule"]}
            return reading.membership(self._v1.subscriptions.retrieve(ref, expand))

    def memberships(self, *, since: datetime | None) -> Iterator[MembershipState]:
        wanted: Any = {"status": "all", "limit": PAGE}
        if since is not None:
            wanted["created"] = {"gte": int(since.timestamp())}
        with said():
            for each in self._v1.subscriptions.list(wanted).auto_paging_iter():
                yield reading.membership(each)

    def invoices(self, membership_ref: str) -> list[InvoiceState]:
        """Every one of them, with what was given back of it."""
        wanted: Any = {"subscription": membership_ref, "limit": PAGE, "expand": ["data.payments"]}
        with said():
            found = list(self._v1.invoices.list(wanted).auto_paging_iter())
            payments = self._payments_of(found)
            return [
                reading.invoice(each, payments.get(reading.payment_ref(each))) for each in found
            ]

    def _payments_of(self, invoices: list[stripe.Invoice]) -> dict[str, Payment]:
        """By name; the customer's charges at once instead of each payment by itself."""
        paid = [each for each in invoices if reading.payment_ref(each)]
        if not paid:
            return {}
        wanted: Any = {"customer": reading.name_of(paid[0].customer), "limit": PAGE}
        charges = self._v1.charges.list(wanted).auto_paging_iter()
        taken = [each for each in charges if each.status == "succeeded" and each.payment_intent]
        return {reading.name_of(each.payment_intent): self._of_charge(each) for each in taken}

    def read_payment(self, ref: str) -> Payment:
        expand: Any = {"expand": ["latest_charge"]}
        with said():
            charge = self._v1.payment_intents.retrieve(ref, expand).latest_charge
            if isinstance(charge, stripe.Charge):
                return self._of_charge(charge)
        return Payment(ref, paid_cents=0, refunded_cents=0, is_disputed=False, is_lost=False)

    def _of_charge(self, charge: stripe.Charge) -> Payment:
        """It says for ever that it was disputed; how that ended says the dispute."""
        disputes: list[stripe.Dispute] = []
        if charge.disputed:
            disputes = self._v1.disputes.list({"charge": charge.id, "limit": PAGE}).data
        return reading.payment(charge, disputes)

    def membership_of_payment(self, payment_ref: str) -> str:
        """Empty when it paid for something else."""
        wanted: Any = {"payment": {"type": "payment_intent", "payment_intent": payment_ref}}
        with said():
            for each in self._v1.invoice_payments.list(wanted).data:
                name = each.invoice if isinstance(each.invoice, str) else each.invoice.id
                return reading.membership_ref(self._v1.invoices.retrieve(name))
        return ""

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

    def end_now(self, ref: str, *, key: str) -> None:
        with said():
            self._v1.subscriptions.cancel(ref, {}, once(key))

    def pause(self, ref: str, *, until: datetime | None, key: str) -> None:
        how: Any = {"behavior": "void"}
        if until is not None:
            how["resumes_at"] = int(until.timestamp())
        with said():
            self._v1.subscriptions.update(ref, {"pause_collection": how}, once(key))

    def go_on(self, ref: str, *, key: str) -> None:
        with said():
            self._v1.subscriptions.update(ref, {"pause_collection": ""}, once(key))

    def give_back(self, payment_ref: str, *, amount_cents: int | None, key: str) -> None:
        wanted: Any = {"payment_intent": payment_ref}
        if amount_cents is not None:
            wanted["amount"] = amount_cents
        with said():
            self._v1.refunds.create(wanted, once(key))

    def portal_url(self, customer_ref: str, *, back_url: str) -> str:
        with said():
            return self._v1.billing_portal.sessions.create(
                {"customer": customer_ref, "return_url": back_url}
            ).url

    def forget(self, customer_ref: str) -> None:
        """Deleting a customer ends their subscriptions at once."""
        with said():
            self._v1.customers.delete(customer_ref)

    def read_notice(self, body: bytes, headers: Mapping[str, str]) -> Notice:
        """
        Raises NotGenuine for what nobody who knows a secret has signed lately.

        The body is read as it is: the SDK's objects for it would cost more than all the rest.
        """
        event = _verified(body, headers.get("stripe-signature", ""), self._secrets)
        try:
            found, is_live = reading.notice(event), event["livemode"]
        except (KeyError, TypeError, AttributeError) as error:
            raise NotGenuine(_("This notice cannot be read.")) from error
        if is_live is not self._is_live or event.get("account"):
            raise NotGenuine(_("This notice is of another account."))
        return found


def _item(state: MembershipState, price_ref: str, quantity: int) -> dict[str, Any]:
    # Of an item whose price changes the number is said again: it is not kept by itself.
    return {"id": state.item_ref, "price": price_ref, "quantity": quantity or state.quantity}


def _verified(body: bytes, signature: str, secrets: list[str]) -> Any:
    """What its JSON says, once one of the secrets is found to have signed it lately."""
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise NotGenuine(_("This notice cannot be read.")) from error
    if not signature.isascii():  # the SDK's comparison knows no other text
        raise NotGenuine(_("This notice is not signed with the secret we know."))
    for secret in secrets:
        try:
            stripe.WebhookSignature.verify_header(text, signature, secret, TOLERANCE_SECONDS)
        except stripe.SignatureVerificationError:
            continue
        try:
            return json.loads(text)
        except ValueError as error:
            raise NotGenuine(_("This notice cannot be read.")) from error
    raise NotGenuine(_("This notice is not signed with the secret we know."))


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)
