"""Stripe's adapter against the stand-in, by the suite that any provider has to pass."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from urllib.parse import urlsplit

import pytest

from masthead.memberships.providers.base import PaymentPage, Provider
from masthead.memberships.providers.stripe_api import StripeProvider
from masthead.memberships.standin import StandIn
from masthead.memberships.standin.events import API_VERSION
from masthead.memberships.standin.interface import add_endpoint
from masthead.memberships.standin.payments import close_dispute, open_dispute
from masthead.memberships.standin.service import KEY
from masthead.memberships.standin.transport import InProcess
from tests.factories import NOON
from tests.memberships.contract import ProviderContract

PAGES = "http://127.0.0.1:8000/-/stripe"
CARDS = {
    "pays": "4242",
    "declined": "0002",
    "pays-once": "0341",
    "debited": "3204",
    "bounces": "3202",
}


class StandInWorld:
    def __init__(self, file: Any, clock: Any) -> None:
        self.stand_in = StandIn(file, pages=PAGES)
        self.clock = clock
        with self.stand_in.books.writing() as till:
            given = {"url": "/hook", "enabled_events": ["*"], "api_version": API_VERSION}
            secret = add_endpoint(till, given, "")["secret"]
        made = StripeProvider(
            key=KEY, secrets=[secret], http=InProcess(self.stand_in.call), is_live=False
        )
        self.there = cast(Provider, made)

    def now(self) -> datetime:
        return datetime.now(UTC)

    def wait(self, days: float) -> None:
        self.clock.move_to(self.now() + timedelta(days=days), tick=False)
        self.stand_in.catch_up()

    def pay(self, page: PaymentPage, *, card: str = "pays") -> bool:
        path = urlsplit(page.url).path.removeprefix("/-/stripe/")
        form = {"card": CARDS[card], "email": "di@reader.example"}
        return self.stand_in.page("POST", path, form).status == 303

    def give_card(self, portal_url: str) -> None:
        path = urlsplit(portal_url).path.removeprefix("/-/stripe/")
        self.stand_in.page("POST", path, {"card": "4242"})

    def dispute(self, payment_ref: str) -> None:
        with self.stand_in.books.writing() as till:
            open_dispute(till, till.all("charge", parent=payment_ref)[0])

    def decide(self, payment_ref: str, *, won: bool) -> None:
        with self.stand_in.books.writing() as till:
            close_dispute(till, till.all("dispute", parent=payment_ref)[0], won=won)

    def notices(self) -> Iterator[tuple[bytes, Mapping[str, str]]]:
        came: list[tuple[bytes, Mapping[str, str]]] = []

        def post(_url: str, body: bytes, headers: dict[str, str]) -> int:
            came.append((body, {"stripe-signature": headers["Stripe-Signature"]}))
            return 200

        while self.stand_in.deliver(post):
            pass
        return iter(came)


class TestStripeOnTheStandIn(ProviderContract):
    @pytest.fixture
    def world(self, tmp_path: Any, time_machine: Any) -> StandInWorld:
        time_machine.move_to(NOON, tick=False)
        return StandInWorld(tmp_path / "books.sqlite3", time_machine)
