"""Two newsletters of the Courier, one of its sister, and Cy who reads."""

from datetime import time
from typing import Any

import pytest
from django.test import Client

from masthead.newsletters.joining.offered import tell_pages
from masthead.newsletters.models import Newsletter, Subscription
from masthead.outlets.models import Outlet
from masthead.outlets.queries import get_sheet
from masthead.outlets.sheet import Sheet
from masthead.readers.models import Reader
from tests.factories import NETWORK, NOON, an_outlet
from tests.mailbox import Mailbox


def a_newsletter(outlet: Outlet, name: str = "The Evening Courier", **fields: Any) -> Newsletter:
    values: dict[str, Any] = {
        "promise": "What happened on the water, at six each evening",
        "days": [0, 1, 2, 3, 4],
        "hour": time(18, 0),
        "slug": name.lower().replace(" ", "-"),
    }
    made = Newsletter.objects.create(outlet=outlet, name=name, **values | fields)
    tell_pages(at=NOON)
    return made


@pytest.fixture
def evening(courier: Outlet, port: object) -> Newsletter:
    return a_newsletter(courier)


@pytest.fixture
def morning(courier: Outlet, evening: Newsletter) -> Newsletter:
    return a_newsletter(courier, "The Morning Courier", promise="Before the first ferry", order=200)


@pytest.fixture
def tide(courier: Outlet) -> Newsletter:
    return a_newsletter(an_outlet(slug="tideline", title="Tideline"), "Tide")


@pytest.fixture
def offering(evening: Newsletter, courier: Outlet) -> Sheet:
    """The Courier's sheet with what it offers."""
    return get_sheet(outlet_id=courier.pk)


@pytest.fixture
def reader(db: None) -> Reader:
    return Reader.objects.create(email="cy@courier.example", joined_at=NOON, proved_at=NOON)


@pytest.fixture
def subscription(evening: Newsletter, reader: Reader) -> Subscription:
    return Subscription.objects.create(newsletter=evening, reader=reader, joined_at=NOON)


@pytest.fixture
def mailbox(db: None) -> Mailbox:
    return Mailbox()


@pytest.fixture
def visitor() -> Client:
    """A browser on the network's own host, which sends no token of Django's."""
    return Client(enforce_csrf_checks=True, headers={"host": NETWORK})
