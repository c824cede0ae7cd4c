"""
One row for each thing that can become of what somebody buys, all in the same fourteen months.

A row: what is bought and how, what is done on which day, and what is true at the end: which
memberships there are, how much was kept, what each reader has, which letters were written.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from masthead.jobs.worker import run_due_jobs
from masthead.mail.models import Letter
from masthead.memberships import gifts, groups, managing, resizing
from masthead.memberships.models import Gift, Group, Invoice, Membership, Plan, Purchase
from masthead.memberships.providers.base import DiscountWish
from masthead.memberships.providers.choosing import provider
from masthead.memberships.reconciling import write_due_letters
from masthead.memberships.standin.payments import close_dispute, open_dispute
from masthead.readers.actions import find_or_add_reader
from masthead.readers.models import Benefit
from masthead.readers.queries import benefits_of_reader
from tests.factories import NOON
from tests.memberships.conftest import BOTH, Buyer, a_plan, deliver, price_of

pytestmark = pytest.mark.django_db
MONTHS = 426  # days
Act = Callable[["Life"], None]


@dataclass
class Life:
    """Somebody with an address of their own, and the stand-in they pay at."""

    name: str
    world: "World"

    @property
    def email(self) -> str:
        return f"{self.name}@reader.example"

    @property
    def reader(self) -> Any:
        return find_or_add_reader(email=self.email, at=timezone.now())

    @property
    def member(self) -> Membership:
        found = Membership.objects.select_related("customer__reader", "plan")
        return found.filter(customer__reader=self.reader).order_by("-pk")[0]

    def bills(self) -> Any:
        return Invoice.objects.filter(customer__reader=self.reader)

    def kept(self) -> int:
        single = Purchase.objects.filter(reader=self.reader)
        rows = [*self.bills(), *single]
        return sum(each.paid_cents - each.refunded_cents for each in rows)


@dataclass
class World:
    there: Any
    plans: dict[str, Plan] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    plan: str
    every: str
    end: tuple[Any, ...]  # statuses, kept cents, benefits of the one who has it, letters
    acts: tuple[tuple[int, Act], ...] = ()
    form: tuple[tuple[str, str], ...] = ()
    card: str = "4242"
    has: str = ""  # who has it, when it is not the buyer


def leave(life: Life) -> None:
    managing.leave(member=life.member, at=timezone.now())


def stay(life: Life) -> None:
    managing.stay(member=life.member, at=timezone.now())


def pause(life: Life) -> None:
    managing.pause(member=life.member, at=timezone.now())


def withdraw(life: Life) -> None:
    managing.withdraw(member=life.member, at=timezone.now())


def give_back(cents: int | None) -> Act:
    def act(life: Life) -> None:
        refs = [*life.bills().values_list("payment_ref", flat=True)]
        refs += [*Purchase.objects.filter(reader=life.reader).values_list("payment_ref", flat=True)]
        ref = next(each for each in refs if each)
        provider().give_back(ref, amount_cents=cents, key=f"row-{life.name}")

    return act


def switch_to(plan: str, every: str = "month") -> Act:
    def act(life: Life) -> None:
        price = price_of(life.world.plans[plan], every)
        managing.switch(member=life.member, price=price, at=timezone.now())

    return act


def new_card(life: Life) -> None:
    url = provider().portal_url(life.member.customer.ref, back_url="http://127.0.0.1:8000/")
    life.world.there.page("POST", urlsplit(url).path.partition("stripe/")[2], {"card": "4242"})


def dispute(life: Life) -> None:
    with life.world.there.books.writing() as till:
        own = till.all("charge", customer=life.member.customer.ref)
        open_dispute(till, own[-1])


def decide(*, won: bool) -> Act:
    def act(life: Life) -> None:
        with life.world.there.books.writing() as till:
            found = till.all("dispute", customer=life.member.customer.ref)
            close_dispute(till, found[0], won=won)

    return act


def redeem(life: Life) -> None:
    code = gifts.code_of(Gift.objects.get(purchase__reader=life.reader))
    friend = find_or_add_reader(email=f"friend-of-{life.name}@reader.example", at=timezone.now())
    gifts.redeem_gift(code=code, reader=friend, at=timezone.now())


def seat_a_friend(life: Life) -> None:
    group = Group.objects.get(owner=life.reader)
    email = f"friend-of-{life.name}@reader.example"
    groups.keep_seats(group=group, emails=[email], at=timezone.now())
    friend = find_or_add_reader(email=email, at=timezone.now())
    groups.take_seat(group=group, reader=friend, at=timezone.now())


def seats(number: int) -> Act:
    def act(life: Life) -> None:
        said = resizing.preview_seats(member=life.member, seats=number)
        resizing.change_seats(
            member=life.member, seats=number, said_at=said and said.at, at=timezone.now()
        )

    return act


def free_the_seat(life: Life) -> None:
    seat = Group.objects.get(owner=life.reader).seats.select_related("group__membership").get()
    groups.free_seat(seat=seat, at=timezone.now())


AD, ALL = ("ad-free",), ("ad-free", "members-articles")
BEGUN = ("welcome", "receipt")
ROWS = {
    "monthly": Row("plain", "month", (("active",), 15 * 500, AD, (*BEGUN, *["receipt"] * 14))),
    "yearly": Row("plain", "year", (("active",), 10_000, AD, (*BEGUN, "renewal", "receipt"))),
    "trial-kept": Row(
        "trial",
        "year",
        (("active",), 14_000, ALL, ("welcome", "trial_ending", "receipt", "renewal", "receipt")),
    ),
    "trial-left": Row(
        "trial", "month", (("canceled",), 0, (), ("welcome", "goodbye")), ((5, leave),)
    ),
    "coupon-once": Row(
        "plain",
        "year",
        (("active",), 7_500, AD, (*BEGUN, "renewal", "receipt")),
        form=(("code", "HALF"),),
    ),
    "coupon-months": Row(
        "plain",
        "month",
        (("active",), 3 * 400 + 12 * 500, AD, (*BEGUN, *["receipt"] * 14)),
        form=(("code", "THREE"),),
    ),
    "gift": Row(
        "plain",
        "year",
        ((), 5_000, (), ("gift",)),
        ((30, redeem),),
        form=(("is_gift", "on"),),
        has="friend",
    ),
    "gift-running": Row(
        "plain",
        "year",
        ((), 5_000, AD, ("gift",)),
        ((200, redeem),),
        form=(("is_gift", "on"),),
        has="friend",
    ),
    "gift-back": Row(
        "plain",
        "year",
        ((), 0, (), ("gift",)),
        ((200, redeem), (210, give_back(None))),
        form=(("is_gift", "on"),),
        has="friend",
    ),
    "donation": Row("plain", "once", ((), 1_200, (), ()), form=(("amount", "12"),)),
    "group": Row(
        "seats",
        "year",
        (("active",), 2 * 3 * 4_000, ALL, (*BEGUN, "renewal", "receipt")),
        ((3, seat_a_friend),),
        form=(("quantity", "3"),),
        has="friend",
    ),
    "group-freed": Row(
        "seats",
        "year",
        (("active",), 2 * 2 * 4_000, (), (*BEGUN, "renewal", "receipt")),
        ((3, seat_a_friend), (90, free_the_seat)),
        form=(("quantity", "2"),),
        has="friend",
    ),
    "group-left": Row(
        "seats",
        "year",
        (("canceled",), 2 * 4_000, (), (*BEGUN, "goodbye")),
        ((3, seat_a_friend), (90, leave)),
        form=(("quantity", "2"),),
        has="friend",
    ),
    "group-resized": Row(
        "seats",
        "year",
        (("active",), (3 + 2) * 4_000, ALL, (*BEGUN, "receipt", "renewal", "receipt")),
        ((0, seats(3)), (3, seat_a_friend), (40, seats(2))),
        form=(("quantity", "2"),),
        has="friend",
    ),
    "dearer": Row(
        "plain",
        "year",
        (("active",), 14_000, ALL, (*BEGUN, "receipt", "renewal", "receipt")),
        ((0, switch_to("trial", "year")),),
    ),
    "cheaper": Row(
        "trial-free",
        "year",
        (("active",), 14_000 + 0, AD, (*BEGUN, "renewal", "receipt")),
        ((30, switch_to("plain", "year")),),
    ),
    "withdrawn": Row(
        "plain", "year", (("canceled",), 0, (), (*BEGUN, "goodbye")), ((10, withdraw),)
    ),
    "part-back": Row(
        "plain",
        "year",
        (("active",), 9_000, AD, (*BEGUN, "renewal", "receipt")),
        ((40, give_back(1_000)),),
    ),
    "all-back": Row(
        "plain",
        "year",
        (("active",), 5_000, AD, (*BEGUN, "renewal", "receipt")),
        ((40, give_back(None)),),
    ),
    "dispute-won": Row(
        "plain",
        "year",
        (("active",), 10_000, AD, (*BEGUN, "renewal", "receipt")),
        ((20, dispute), (50, decide(won=True))),
    ),
    "dispute-lost": Row(
        "plain",
        "year",
        (("canceled",), 5_000, (), (*BEGUN, "goodbye")),
        ((20, dispute), (50, decide(won=False))),
    ),
    # Two months are free: nothing is charged until the bank has decided.
    "dispute-long": Row(
        "plain",
        "month",
        (("active",), 13 * 500, AD, (*BEGUN, *["receipt"] * 12)),
        ((20, dispute), (80, decide(won=True))),
    ),
    "card-fails": Row(
        "plain",
        "year",
        (("canceled",), 5_000, (), (*BEGUN, "renewal", *["failing"] * 3, "goodbye")),
        card="0341",
    ),
    "card-mended": Row(
        "plain",
        "year",
        (("active",), 10_000, AD, (*BEGUN, "renewal", "failing", "receipt")),
        ((367, new_card),),
        card="0341",
    ),
    "cancelled": Row(
        "plain", "year", (("canceled",), 5_000, (), (*BEGUN, "goodbye")), ((100, leave),)
    ),
    "stays": Row(
        "plain",
        "year",
        (("active",), 10_000, AD, (*BEGUN, "renewal", "receipt")),
        ((100, leave), (120, stay)),
    ),
    "paused": Row(
        "plain",
        "month",
        (("active",), 11 * 500, AD, (*BEGUN, *["receipt"] * 10)),
        ((3, pause),),
    ),
}


def test_every_row_ends_as_it_should(there, noon):
    world = World(
        there,
        {
            "plain": a_plan(),
            "trial": a_plan(name="Supporter", benefits=BOTH, cents=700, trial_days=14),
            "trial-free": a_plan(name="Patron", benefits=BOTH, cents=900),
            "seats": a_plan(name="School", benefits=BOTH, cents=400, is_for_groups=True),
        },
    )
    _codes()
    lives = {name: Life(name, world) for name in ROWS}
    for number, (name, row) in enumerate(ROWS.items()):
        buyer = Buyer(there, lives[name].email)
        buyer.client.defaults["REMOTE_ADDR"] = f"192.0.2.{number}"  # none of them is a flood
        price = price_of(world.plans[row.plan], row.every)
        buyer.buy(price, card=row.card, **dict(row.form))
    deliver(there)

    for day in _days():
        noon.move_to(NOON + timedelta(days=day), tick=False)
        there.catch_up()
        for name, row in ROWS.items():
            for on, act in row.acts:
                if on == day:
                    act(lives[name])
        write_due_letters(at=timezone.now())
        deliver(there)

    assert {name: _end(lives[name], row) for name, row in ROWS.items()} == {
        name: row.end for name, row in ROWS.items()
    }


def _codes() -> None:
    there = provider()
    there.make_discount(DiscountWish("HALF", percent=50), key="half")
    three = DiscountWish("THREE", amount_cents=100, currency="eur", lasts="repeating", months=3)
    there.make_discount(three, key="three")


def _days() -> list[int]:
    """Whenever a row acts, around renewals, and otherwise twice a week."""
    acted = {on for row in ROWS.values() for on, _act in row.acts}
    close = {*range(358, 385), *range(0, MONTHS, 4)}
    return sorted({*acted, *close, MONTHS})


def _end(life: Life, row: Row) -> tuple[Any, ...]:
    run_due_jobs()
    found = Membership.objects.filter(customer__reader=life.reader).order_by("pk")
    email = f"friend-of-{life.name}@reader.example" if row.has else life.email
    who = find_or_add_reader(email=email, at=timezone.now())
    has = sorted(benefits_of_reader(reader=who, at=timezone.now()))
    letters = Letter.objects.filter(address=life.email, kind__startswith="membership.")
    return (
        tuple(found.values_list("status", flat=True)),
        life.kept(),
        tuple(Benefit(each).value for each in has),
        tuple(each.kind.removeprefix("membership.") for each in letters.order_by("pk")),
    )
