"""The demo's newsletters: two a title, with history, and nothing that would be sent."""

from datetime import timedelta

import pytest

from masthead.demo.newsletters import PAST, READERS, seed_newsletters
from masthead.mail.models import Letter
from masthead.newsletters.models import Edition, EditionState, Newsletter, Subscription
from masthead.newsletters.sending.dispatch import due_editions
from masthead.readers.models import Reader
from tests.factories import NOON, an_article

LATER = NOON + timedelta(days=10)


@pytest.fixture
def seeded(courier, port, sheet, ada):
    for number in range(9):
        an_article(port, f"No. {number}", at=NOON - timedelta(hours=number))
    seed_newsletters(outlets=[courier], by=ada, at=LATER)


def test_each_title_has_a_morning_and_an_evening_newsletter(seeded):
    newsletters = Newsletter.objects.order_by("order")

    assert [each.name for each in newsletters] == ["The Morning Courier", "The Evening Courier"]
    sent = Edition.objects.filter(state=EditionState.SENT)
    assert [sent.filter(newsletter=each).count() for each in newsletters] == [PAST, PAST]
    assert Edition.objects.filter(state=EditionState.HELD).count() == 1
    assert all(edition.copies.count() == 2 for edition in sent)


def test_its_readers_are_invented_and_get_nothing(seeded):
    assert Reader.objects.count() == READERS
    assert not Reader.objects.exclude(email__endswith=".example").exists()
    assert Subscription.objects.filter(state=Subscription.State.LEFT).exists()
    assert not Letter.objects.exists()
    assert due_editions(at=LATER + timedelta(days=30)) == []
