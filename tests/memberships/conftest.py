"""Plans on sale at the stand-in, a clock that goes on when told, and somebody who buys."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from masthead.jobs.worker import run_due_jobs
from masthead.memberships.models import Plan, Price
from masthead.memberships.providers.choosing import provider, stand_in
from masthead.memberships.selling import put_on_sale
from masthead.memberships.standin import StandIn
from masthead.memberships.standin_post import post_here
from masthead.outlets.models import Outlet, Section
from masthead.readers.models import Benefit
from tests.factories import NETWORK, NOON

AD_FREE = [Benefit.AD_FREE]
BOTH = [Benefit.AD_FREE, Benefit.MEMBERS_ARTICLES]


@pytest.fixture(autouse=True)
def noon(time_machine: Any) -> Any:
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def there(courier: Outlet, port: Section) -> StandIn:
    provider()  # from now on it has our endpoint
    return stand_in()


@pytest.fixture
def plan(there: StandIn) -> Plan:
    return a_plan()


def a_plan(
    *, name: str = "Ad-free", benefits: list[Benefit] = AD_FREE, cents: int = 500, **fields: Any
) -> Plan:
    """With a price a month, ten times that a year, and one that readers choose."""
    made = Plan.objects.create(name=name, benefits=benefits, **fields)
    for every, amount, choice in (
        ("month", cents, False),
        ("year", 10 * cents, False),
        ("once", 200, True),
    ):
        Price.objects.create(
            plan=made, currency="eur", amount_cents=amount, every=every, is_readers_choice=choice
        )
    put_on_sale(plan=made, at=NOON)
    return made


def price_of(plan: Plan, every: str = "month") -> Price:
    return plan.prices.get(every=every)


class Buyer:
    """Somebody with a browser, who never has JavaScript."""

    def __init__(self, there: StandIn, email: str = "di@reader.example") -> None:
        self.there = there
        self.email = email
        self.client = Client(headers={"host": NETWORK})

    def choose(self, price: Price, **more: str) -> HttpResponse:
        form = {"price": str(price.public_id), "email": self.email, "from": "port/story/", **more}
        return self.client.post("/courier/membership/join/", form)  # type: ignore[return-value]

    def pay(self, page_url: str, *, card: str = "4242") -> HttpResponse:
        """On the hosted page, and back; the answer at our own address."""
        path = urlsplit(page_url).path
        answer = self.client.post(path, {"card": card, "email": self.email})
        if answer.status_code == 200 and b'name="agreed"' in answer.content:
            form = {"card": card, "email": self.email, "agreed": "yes"}
            answer = self.client.post(path, form)
        if answer.status_code != 303:
            return answer  # type: ignore[return-value]
        return self.client.get(urlsplit(answer["Location"]).path)  # type: ignore[return-value]

    def buy(self, price: Price, *, card: str = "4242", **more: str) -> HttpResponse:
        return self.pay(self.choose(price, **more)["Location"], card=card)


@pytest.fixture
def di_buys(there: StandIn) -> Buyer:
    return Buyer(there)


@pytest.fixture
def pass_days(noon: Any, there: StandIn) -> Callable[[float], None]:
    """The stand-in does what is due when it is, its notices come, our jobs are done."""

    def go_on(days: float) -> None:
        end = timezone.now() + timedelta(days=days)
        while timezone.now() < end:
            due = there.next_moment()
            then = datetime.fromtimestamp(due, tz=UTC) if due else end
            noon.move_to(min(end, max(then, timezone.now())), tick=False)
            there.catch_up()
            deliver(there)

    return go_on


def deliver(there: StandIn) -> None:
    """Until nothing waits any more, with the jobs that come of it."""
    while there.deliver(post_here):
        run_due_jobs()
    run_due_jobs()


def class_cookie(answer: HttpResponse) -> str:
    found = answer.cookies.get("masthead_class")
    return re.split(r"\.", found.value)[0] if found and found.value else ""
