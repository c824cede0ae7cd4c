"""Whoever keeps something printed hears of a change right after its commit."""

import logging
from typing import Any

import pytest
from django.db import transaction

from masthead.changes import followers
from masthead.changes.actions import note_change
from masthead.changes.followers import register_follower
from masthead.changes.models import Change
from tests.factories import NOON

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def heard(monkeypatch: Any) -> list[int]:
    """How many changes there were, each time the follower was told."""
    monkeypatch.setattr(followers, "_followers", {})
    heard: list[int] = []
    register_follower("listening", lambda: heard.append(Change.objects.count()))
    return heard


def begin_a_change_and_fail() -> None:
    with transaction.atomic():
        note_change(keys=["a1"], at=NOON)
        raise ZeroDivisionError


def test_a_follower_is_told_once_for_each_transaction_when_it_is_committed(heard):
    with transaction.atomic():
        note_change(keys=["a1"], at=NOON)
        note_change(keys=["a2"], at=NOON)
        assert heard == []

    note_change(keys=["a3"], at=NOON)

    assert heard == [2, 3]


def test_what_was_rolled_back_is_not_told(heard):
    with pytest.raises(ZeroDivisionError):
        begin_a_change_and_fail()

    assert heard == []


def test_a_change_after_one_that_was_rolled_back_is_told(heard):
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError):
            begin_a_change_and_fail()
        note_change(keys=["a2"], at=NOON)

    assert heard == [1]


def test_a_follower_that_fails_leaves_the_change_and_the_other_followers_alone(heard, caplog):
    followers._followers = {"broken": lambda: 1 / 0, **followers._followers}

    with caplog.at_level(logging.WARNING):
        note_change(keys=["a1"], at=NOON)

    assert heard == [1]
    assert "broken could not follow" in caplog.text


def test_two_followers_of_one_name_are_refused(heard):
    with pytest.raises(ValueError, match="listening"):
        register_follower("listening", list)
