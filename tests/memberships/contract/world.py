"""What a provider's suite stands on: somebody before its pages, a clock, and what is bought."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Protocol

import pytest

from masthead.memberships.providers.base import MembershipState, PaymentPage, Provider, Wish


class World(Protocol):
    there: Provider

    def now(self) -> datetime: ...

    def wait(self, days: float) -> None:
        """Time goes by there; what is due happens."""

    def pay(self, page: PaymentPage, *, card: str = "pays") -> bool:
        """
        Stand before a hosted page and pay. card: "pays", "declined", or "pays-once": declined from
        the first renewal on; "debited" and "bounces": an account whose bank says within a week that
        it pays, or not. Whether it was taken.
        """

    def give_card(self, portal_url: str) -> None:
        """A card that pays, at the page for cards and invoices."""

    def dispute(self, payment_ref: str) -> None:
        """Its bank wants the payment back."""

    def decide(self, payment_ref: str, *, won: bool) -> None: ...

    def notices(self) -> Iterator[tuple[bytes, Mapping[str, str]]]:
        """Those it has sent since they were last asked for: body and headers, as they came."""


class InAWorld:
    @pytest.fixture
    def world(self) -> World:
        raise NotImplementedError("A provider's own suite gives it a world.")

    @pytest.fixture
    def plan(self, world: World) -> str:
        return world.there.keep_plan(name="Supporter", ref="", key="plan")

    @pytest.fixture
    def price(self, world: World, plan: str) -> str:
        return self.a_price(world, plan)

    def a_price(self, world: World, plan: str, cents: int = 500, every: str = "month") -> str:
        return world.there.keep_price(
            plan_ref=plan,
            currency="eur",
            amount_cents=cents,
            every=every,
            key=f"price-{plan}-{cents}-{every}",
        )

    def wish(self, plan: str, price: str = "", **more: object) -> Wish:
        fields: dict[str, object] = {
            "reference": "0192-purchase",
            "email": "di@reader.example",
            "customer_ref": "",
            "plan_ref": plan,
            "price_ref": price,
            "currency": "eur",
            "amount_cents": 500,
            "every": "month",
            "quantity": 1,
            "trial_days": 0,
            "discount": "",
            "back_url": "https://courier.example/back/",
            "leave_url": "https://courier.example/",
        }
        return Wish(**{**fields, **more})  # type: ignore[arg-type]

    def bought(self, world: World, plan: str, price: str, **more: object) -> MembershipState:
        card = str(more.pop("card", "pays"))
        wish = self.wish(plan, price, **more)
        page = world.there.open_page(wish, key=f"page-{wish.reference}")
        assert world.pay(page, card=card)
        return world.there.read_membership(world.there.read_page(page.ref).membership_ref)
