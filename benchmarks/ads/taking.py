"""An outlet with creatives, and a keeper that takes what the doors counted into the database."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.utils import timezone

from masthead.ads.counting.taking import take_counts
from masthead.ads.models import Advertiser, Campaign, Creative, Flight
from masthead.core.processes import give_way
from masthead.outlets.models import Outlet
from masthead.press.own_shelf import own_shelf


def a_campaign(number: int) -> tuple[int, list[int]]:
    """The outlet and so many creatives."""
    from wagtail.models import Page

    outlet = Outlet(title="Harbour", slug="harbour", contact_email="desk@harbour.example")
    Page.objects.get(depth=1).add_child(instance=outlet)
    campaign = Campaign.objects.create(
        advertiser=Advertiser.objects.create(name="Quay Bakery"), name="Autumn"
    )
    flight = Flight.objects.create(campaign=campaign, name="Bread", starts_at=timezone.now())
    made = [Creative.objects.create(flight=flight, kind=Creative.Kind.CARD) for _ in range(number)]
    return outlet.pk, [each.pk for each in made]


@contextmanager
def taking(*, every_seconds: float, niceness: int = 0) -> Iterator[None]:
    """A process that takes batches all the while, killed at any point."""
    connections.close_all()
    taker = os.fork()
    if not taker:
        try:
            os.setsid()
            give_way(niceness)
            while True:
                take_counts(own_shelf())
                time.sleep(every_seconds)
        finally:
            os._exit(1)
    try:
        yield
    finally:
        os.kill(taker, signal.SIGKILL)
        os.waitpid(taker, 0)
