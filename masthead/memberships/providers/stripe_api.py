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
    Wish,
)
from masthead.memberships.providers.stripe_changes import StripeChanges
from masthead.memberships.providers.stripe_discounts import StripeDiscounts
from masthead.memberships.providers.stripe_saying import once, said

API_VERSION = "2026-10-28.endive"
TOLERANCE_SECONDS = 300
PAGE = 100  # objects of a list that are asked for at once


class StripeProvider(StripeDiscounts, StripeChanges):
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
        expand: Any = {"expand": ["payment_intent"]}
        with said():
            return reading.paid(self._v1.checkout.sessions.retrieve(ref, expand))

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
