"""An edition of the evening newsletter: being made, sent, and on its way."""

from datetime import timedelta

import pytest

from masthead.mail.models import State
from masthead.newsletters.models import (
    ClicksOnArticle,
    Delivery,
    Edition,
    EditionState,
    Subscription,
)
from masthead.newsletters.printing import print_copies
from masthead.readers.models import Reader
from tests.factories import NOON, an_article, at_desk
from tests.newsletters.kits import a_newsletter, an_edition, article, sent


@pytest.fixture
def evening(courier):
    return a_newsletter(courier)


@pytest.fixture
def page(port):
    return an_article(port, "Seven ships")


@pytest.fixture
def edition(evening, page):
    return an_edition(evening, article(page, size="lead"))


@pytest.fixture
def desk(ada):
    return at_desk(ada)


@pytest.fixture
def edition_sent(edition, evening, page):
    copy = print_copies(edition, NOON)[0]
    for number, state in enumerate([State.ACCEPTED, State.ACCEPTED, State.ACCEPTED, State.FAILED]):
        reader = Reader.objects.create(email=f"r{number}@reader.example", joined_at=NOON)
        Subscription.objects.create(
            newsletter=evening,
            reader=reader,
            joined_at=NOON - timedelta(days=2),
            state=Subscription.State.LEFT if number == 2 else Subscription.State.ACTIVE,
            left_at=NOON if number == 2 else None,
            left_edition=edition if number == 2 else None,
        )
        Delivery.objects.create(
            edition=edition,
            reader=reader,
            copy=copy,
            address=reader.email,
            domain="reader.example",
            state=state,
            due_at=NOON,
        )
    ClicksOnArticle.objects.create(edition=edition, article=page, people=2, machines=9)
    edition.number = 7
    edition.frozen_at = NOON
    return sent(edition, at=NOON)


@pytest.fixture
def under_way(edition_sent):
    Edition.objects.filter(pk=edition_sent.pk).update(state=EditionState.SENDING)
    Delivery.objects.filter(state=State.FAILED).update(state=State.IN_DOUBT)
    edition_sent.refresh_from_db()
    return edition_sent
