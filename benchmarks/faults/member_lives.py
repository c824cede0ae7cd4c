"""What people do with memberships: random lives, and the hands that carry them out."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.utils import timezone

from masthead.memberships import managing, resizing
from masthead.memberships.models import Membership, Plan, Price, Purchase
from masthead.memberships.providers.base import ProviderTrouble
from masthead.memberships.providers.choosing import PAGES, provider, stand_in
from masthead.memberships.selling import (
    AlreadyMember,
    Choice,
    begin_purchase,
    put_on_sale,
    settle_purchase,
)
from masthead.memberships.standin.errors import Refusal
from masthead.memberships.standin.payments import add_refund, close_dispute, open_dispute
from masthead.outlets.models import Outlet
from masthead.readers.actions import find_or_add_reader
from masthead.readers.models import Benefit

CARDS = ["4242"] * 6 + ["3155", "0341", "0341", "0002"]
LATER = [
    *["leave"] * 3,
    *["stay"] * 2,
    "pause",
    "go_on",
    *["switch"] * 3,
    "withdraw",
    *["new_card"] * 2,
    "part_back",
    "all_back",
    "dispute",
    "dispute_ends",
    "buy",
    "gift",
    "group",
    *["seats"] * 2,
    "ended_elsewhere",
]
BOTH = [Benefit.AD_FREE, Benefit.MEMBERS_ARTICLES]


@dataclass(frozen=True)
class Act:
    day: int
    number: int
    name: str
    seed: int


@dataclass(frozen=True)
class Life:
    number: int
    days: int
    chance: random.Random

    def acts(self) -> Iterator[Act]:
        begins = self.chance.randrange(max(1, self.days - 30))
        yield self._act(begins, "buy")
        for _ in range(self.chance.randrange(7)):
            day = self.chance.randrange(begins, self.days)
            yield self._act(day, self.chance.choice(LATER))

    def _act(self, day: int, name: str) -> Act:
        return Act(day, self.number, name, self.chance.randrange(2**31))


@dataclass
class World:
    outlet: Outlet
    chance: random.Random
    prices: list[Price] = field(default_factory=list)
    seat: Price = field(init=False)

    def __post_init__(self) -> None:
        provider()  # from now on the stand-in has our endpoint
        for name, benefits, cents, trial in (
            ("Ad-free", [Benefit.AD_FREE], 300, 0),
            ("Supporter", BOTH, 700, 14),
        ):
            plan = Plan.objects.create(name=name, benefits=benefits, trial_days=trial)
            for every, amount in (("month", cents), ("year", 10 * cents)):
                self.prices.append(
                    Price.objects.create(
                        plan=plan, currency="eur", amount_cents=amount, every=every
                    )
                )
            put_on_sale(plan=plan, at=timezone.now())
        self.prices = list(Price.objects.select_related("plan").order_by("pk"))
        school = Plan.objects.create(name="School", benefits=BOTH, is_for_groups=True)
        self.seat = Price.objects.create(
            plan=school, currency="eur", amount_cents=400, every="month"
        )
        put_on_sale(plan=school, at=timezone.now())
        self.seat.refresh_from_db()

    def do(self, act: Act) -> None:
        """What cannot be done at that moment is refused with a sentence, and that is that."""
        chance = random.Random(act.seed)
        email = f"reader-{act.number}@reader.example"
        try:
            getattr(self, f"_{act.name}")(email, chance)
        except (managing.NotPossible, AlreadyMember, ProviderTrouble, Refusal):
            return

    def begin(
        self,
        email: str,
        price: Price,
        kind: Purchase.Kind = Purchase.Kind.MEMBERSHIP,
        quantity: int = 1,
    ) -> Purchase:
        now = timezone.now()
        reader = find_or_add_reader(email=email, at=now)
        choice = Choice(
            price=price,
            kind=kind,
            quantity=quantity,
            outlet_id=self.outlet.pk,
            home="http://127.0.0.1/x/",
        )
        return begin_purchase(choice=choice, reader=reader, at=now)

    def _buy(
        self,
        email: str,
        chance: random.Random,
        kind: Purchase.Kind = Purchase.Kind.MEMBERSHIP,
        price: Price | None = None,
        quantity: int = 1,
    ) -> None:
        purchase = self.begin(email, price or chance.choice(self.prices), kind, quantity)
        if chance.random() < 0.1:
            return  # looks at the page and leaves
        _pay(purchase.page_url, chance.choice(CARDS), email)
        if chance.random() < 0.8:  # else the browser is closed
            settle_purchase(purchase=purchase, at=timezone.now())

    def _gift(self, email: str, chance: random.Random) -> None:
        self._buy(email, chance, Purchase.Kind.GIFT)

    def _group(self, email: str, chance: random.Random) -> None:
        self._buy(email, chance, Purchase.Kind.GROUP, self.seat, chance.randint(1, 9))

    def _seats(self, email: str, chance: random.Random) -> None:
        member, wanted = _newest(email, has_group=True), chance.randint(1, 9)
        said = resizing.preview_seats(member=member, seats=wanted)
        resizing.change_seats(
            member=member, seats=wanted, said_at=said.at if said else None, at=timezone.now()
        )

    def _leave(self, email: str, _chance: random.Random) -> None:
        managing.leave(member=_newest(email), at=timezone.now())

    def _stay(self, email: str, _chance: random.Random) -> None:
        managing.stay(member=_newest(email), at=timezone.now())

    def _pause(self, email: str, _chance: random.Random) -> None:
        managing.pause(member=_newest(email), at=timezone.now())

    def _go_on(self, email: str, _chance: random.Random) -> None:
        managing.go_on(member=_newest(email), at=timezone.now())

    def _withdraw(self, email: str, _chance: random.Random) -> None:
        managing.withdraw(member=_newest(email), at=timezone.now())

    def _switch(self, email: str, chance: random.Random) -> None:
        member, price = _newest(email), chance.choice(self.prices)
        managing.preview_switch(member=member, price=price)
        managing.switch(member=member, price=price, at=timezone.now())

    def _new_card(self, email: str, chance: random.Random) -> None:
        url = provider().portal_url(_newest(email).customer.ref, back_url="http://127.0.0.1/x/")
        card = chance.choice([each for each in CARDS if each != "0002"])
        stand_in().page("POST", _path(url), {"card": card})

    def _part_back(self, email: str, _chance: random.Random) -> None:
        self._give_back(email, part=True)

    def _all_back(self, email: str, _chance: random.Random) -> None:
        self._give_back(email, part=False)

    def _give_back(self, email: str, *, part: bool) -> None:
        """By somebody who sits before the provider's own screens."""
        with stand_in().books.writing() as till:
            charges = till.all("charge", customer=_newest(email).customer.ref)
            if charges:
                amount = {"amount": charges[0]["amount"] // 3} if part else {}
                add_refund(till, {"charge": charges[0]["id"], **amount})

    def _dispute(self, email: str, _chance: random.Random) -> None:
        with stand_in().books.writing() as till:
            charges = till.all("charge", customer=_newest(email).customer.ref)
            if charges and not charges[0]["disputed"]:
                open_dispute(till, charges[0])

    def _dispute_ends(self, email: str, chance: random.Random) -> None:
        with stand_in().books.writing() as till:
            for dispute in till.all("dispute", customer=_newest(email).customer.ref):
                if dispute["status"] == "needs_response":
                    close_dispute(till, dispute, won=chance.random() < 0.5)

    def _ended_elsewhere(self, email: str, _chance: random.Random) -> None:
        provider().end_now(_newest(email).ref, key=f"elsewhere-{_newest(email).ref}")


def _newest(email: str, *, has_group: bool = False) -> Membership:
    found = Membership.objects.filter(customer__reader__email=email)
    if has_group:
        found = found.exclude(group=None)
    newest = found.select_related("customer__reader", "plan").order_by("-started_at", "-pk").first()
    if newest is None:
        raise managing.NotPossible("There is none.")
    return newest


def _pay(url: str, card: str, email: str) -> None:
    form = {"card": card, "email": email}
    stand_in().page("POST", _path(url), form)
    if card == "3155":
        stand_in().page("POST", _path(url), {**form, "agreed": "yes"})


def _path(url: str) -> str:
    return urlsplit(url).path.removeprefix(f"{PAGES}/")
