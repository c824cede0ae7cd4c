"""How long after a payment, and after its end, every outlet shows it; and what a cache keeps."""

import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from statistics import median
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.utils import timezone

from benchmarks.faults.unpacking import cached_by_nginx
from benchmarks.memberships.notices import post
from benchmarks.memberships.titles import SECRET, Titles
from benchmarks.press.reader import Reader
from benchmarks.report import Report
from benchmarks.scratch import tell
from masthead.memberships.models import Membership, Purchase
from masthead.memberships.providers.choosing import PAGES, stand_in
from masthead.memberships.selling import Choice, begin_purchase
from masthead.memberships.standin.payments import add_refund, open_dispute
from masthead.press.door import classes
from masthead.readers.actions import find_or_add_reader
from masthead.readers.holdings import erase
from masthead.readers.models import Reader as Person

ROUNDS, SHORT_ROUNDS = 12, 3
MOST_SECONDS = 2.0
GIVE_UP_SECONDS = 30.0
ENDS = ("given back", "disputed", "erased")


def measure_seen(report: Report, titles: Titles, ports: Mapping[str, int], *, short: bool) -> None:
    tell("From paying, and from the end of it, to every outlet …")
    taken: dict[str, list[float]] = {}
    # The first one also waits for the worker to begin, and is not counted.
    for number in range(-1, SHORT_ROUNDS if short else ROUNDS):
        person = find_or_add_reader(email=f"r{number}@reader.example", at=timezone.now())
        eyes = _Eyes(titles, ports, person)
        eyes.wait_for(shown=False)  # its pages are in memory
        paid = eyes.wait_for(shown=True, after=partial(_pay, titles, number))
        taken.setdefault("paid" if number >= 0 else "", []).append(paid)
        end = ENDS[number % len(ENDS)]
        done = {"given back": _give_back, "disputed": _dispute, "erased": _erase}[end]
        ended = eyes.wait_for(shown=False, after=partial(done, person))
        taken.setdefault(end if number >= 0 else "", []).append(ended)
        connection.close()
    taken.pop("")
    for what, seconds in taken.items():
        name = f"{what}, until seen on every outlet"
        report.row(f"{name}, seconds, middle and most", f"{median(seconds):.2f} {max(seconds):.2f}")
        report.at_most(name, max(seconds), MOST_SECONDS, "s")
    report.figures["seen_seconds"] = {what: max(seconds) for what, seconds in taken.items()}
    kept = [
        name
        for name, text in cached_by_nginx(settings.DATA / "nginx" / "cache")
        if SECRET.encode() in text
    ]
    if "nginx" in ports:
        report.exactly("files of nginx with members' text", len(kept), 0)


class _Eyes:
    """Whether a reader with an old cookie sees the members' part, at every place and port."""

    def __init__(self, titles: Titles, ports: Mapping[str, int], person: Person) -> None:
        at = timezone.now() - timedelta(minutes=1)
        until = int((at + timedelta(hours=20)).timestamp())
        mark = classes.mark_of(person.public_id)
        secret = settings.SECRET_KEY.encode()
        issued = int(at.timestamp())
        value = classes.make("public", until, secret, issued=issued, reader=mark)
        self._headers = {"Cookie": f"{classes.COOKIE}={value}"}
        self._places = [
            (Reader(port, host=host), path)
            for port in ports.values()
            for host, path in titles.places
        ]

    def wait_for(self, *, shown: bool, after: Callable[[], None] = lambda: None) -> float:
        """Seconds from the beginning of what is done until every place shows it."""
        began = time.perf_counter()
        after()
        for reader, path in self._places:
            while (SECRET in reader.get(path, self._headers).text()) is not shown:
                if time.perf_counter() - began > GIVE_UP_SECONDS:
                    return GIVE_UP_SECONDS
                time.sleep(0.002)
        return time.perf_counter() - began


def _pay(titles: Titles, number: int) -> None:
    """On the payment page, and the browser is closed there."""
    person = Person.objects.get(email=f"r{number}@reader.example")
    choice = Choice(
        price=titles.price,
        kind=Purchase.Kind.MEMBERSHIP,
        outlet_id=titles.outlet.pk,
        home=f"{settings.NETWORK_URL}/courier/",
    )
    purchase = begin_purchase(choice=choice, reader=person, at=timezone.now())
    path = urlsplit(purchase.page_url).path.removeprefix(f"{PAGES}/")
    stand_in().page("POST", path, {"card": "4242", "email": person.email})
    stand_in().deliver(post)


def _give_back(person: Person) -> None:
    with stand_in().books.writing() as till:
        add_refund(till, {"charge": till.all("charge", customer=_customer(person))[0]["id"]})
    stand_in().deliver(post)


def _dispute(person: Person) -> None:
    with stand_in().books.writing() as till:
        open_dispute(till, till.all("charge", customer=_customer(person))[0])
    stand_in().deliver(post)


def _erase(person: Person) -> None:
    erase(reader=person, at=timezone.now(), never_again=False)


def _customer(person: Person) -> str:
    found = Membership.objects.filter(customer__reader=person).select_related("customer")
    return found[0].customer.ref
