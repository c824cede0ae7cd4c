"""Notices that are not genuine, fresh or ours, or come again; and clicks at the same moment."""

import json
import os
import random
import time

from django.db import connections
from django.utils import timezone

from benchmarks.faults.member_lives import World
from masthead.jobs.models import Job
from masthead.memberships.intake import take_notice
from masthead.memberships.models import Event, Purchase
from masthead.memberships.providers.base import NotGenuine
from masthead.memberships.providers.choosing import stand_in
from masthead.memberships.standin.events import Knobs, emit, sign
from masthead.readers.actions import find_or_add_reader

CALM = Knobs()
CLICKS = 20
CHANGED = 200
STALE_SECONDS = 301  # a second more than a signature is good for
TIMES = 5


def clicks(world: World) -> tuple[int, int]:
    """
    Twenty processes at once, each another browser with one address; how many payment pages that
    made, and how many purchases that do not know of it.
    """
    connections.close_all()
    now = timezone.now()
    reader = find_or_add_reader(email="clicks@reader.example", at=now)
    connections.close_all()
    children = []
    for _ in range(CLICKS):
        child = os.fork()
        if not child:
            status = 1
            try:
                world.begin("clicks@reader.example", world.prices[0])
                status = 0
            finally:
                os._exit(status)
        children.append(child)
    ended = [os.waitpid(child, 0)[1] for child in children]
    made = Purchase.objects.filter(reader=reader)
    pages = made.values("ref").distinct().count()
    unshared = sum(not each.details.get("shared") for each in made)
    return (pages if not any(ended) else -1), unshared


def not_genuine(chance: random.Random) -> int:
    """How many are believed: changed by a byte, signed otherwise, stale, of others' accounts."""
    body, signature = _a_genuine_one()
    believed = 0
    for _ in range(CHANGED):
        place = chance.randrange(len(body))
        changed = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        other = signature[:-1] + ("0" if signature[-1] != "0" else "1")
        believed += _believed(changed, signature) + _believed(body, other)
    now = int(timezone.now().timestamp())
    believed += _believed(body, _signed(body, now - STALE_SECONDS))
    for more in ({"account": "acct_another"}, {"livemode": True}):
        text = json.dumps({**json.loads(body), **more}).encode()
        believed += _believed(text, _signed(text, now))
    return believed


def replayed() -> int:
    """How many jobs more than one the same genuine notice leaves when it comes again and again."""
    body, signature = _a_genuine_one()
    waiting, events = Job.objects.count(), Event.objects.count()
    for _ in range(TIMES):
        _believed(body, signature)
    return max(0, Job.objects.count() - waiting - 1) + max(0, Event.objects.count() - events - 1)


def _a_genuine_one() -> tuple[bytes, str]:
    kept: list[tuple[bytes, str]] = []
    stand_in().turn(CALM)
    with stand_in().books.writing() as till:
        emit(till, "customer.updated", till.all("customer")[0])

    def keep(_url: str, body: bytes, headers: dict[str, str]) -> int:
        kept.append((body, headers["Stripe-Signature"]))
        return 200

    while stand_in().deliver(keep):
        time.sleep(0)
    return kept[-1]


def _signed(body: bytes, at: int) -> str:
    with stand_in().books.writing() as till:
        return sign(body, till.all("webhook_endpoint")[0], at)


def _believed(body: bytes, signature: str) -> int:
    try:
        take_notice(body=body, headers={"stripe-signature": signature}, at=timezone.now())
    except NotGenuine:
        return 0
    return 1
