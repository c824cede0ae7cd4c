"""The numbered log of changes: without gaps, in the order of the commits."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from masthead.changes.actions import CHANNEL, forget_changes, note_change
from masthead.changes.models import Change
from masthead.changes.queries import changes_after, newest_number
from tests.factories import NOON

on_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite is looked at instead"
)


def numbers() -> list[int]:
    return [change.number for change in changes_after(0)]


@pytest.mark.django_db
def test_changes_are_numbered_from_one_on() -> None:
    for key in ("a1", "a2", "a3"):
        note_change(keys=[key], at=NOON)

    assert numbers() == [1, 2, 3]


@pytest.mark.django_db
def test_a_change_says_each_key_once_and_in_order() -> None:
    note_change(keys=["s2", "a1", "s2"], gone=["a9", "a9"], at=NOON)

    change = Change.objects.get()
    assert (change.keys, change.gone, change.noted_at) == (["a1", "s2"], ["a9"], NOON)


@pytest.mark.django_db
def test_nothing_touched_is_no_change() -> None:
    assert note_change(at=NOON) is None
    assert newest_number() == 0


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_number_behind() -> None:
    note_change(keys=["a1"], at=NOON)
    with transaction.atomic():
        note_change(keys=["a2"], at=NOON)
        transaction.set_rollback(True)
    note_change(keys=["a3"], at=NOON)

    assert [(each.number, each.keys) for each in changes_after(0)] == [(1, ["a1"]), (2, ["a3"])]


@on_postgresql  # SQLite has one writer anyway, and the tests' is in memory and does not wait
@pytest.mark.django_db(transaction=True)
def test_a_second_writer_waits_for_the_firsts_commit_and_comes_after_it() -> None:
    noted, order = threading.Event(), []

    def second() -> None:
        noted.wait(10)
        order.append("second asks")
        note_change(keys=["second"], at=NOON)
        order.append("second noted")
        connection.close()

    other = threading.Thread(target=second)
    other.start()
    with transaction.atomic():
        note_change(keys=["first"], at=NOON)
        noted.set()
        other.join(0.3)
        order.append("first commits")
    other.join(10)

    assert order == ["second asks", "first commits", "second noted"]
    assert [each.keys for each in changes_after(0)] == [["first"], ["second"]]


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_many_writers_leave_no_gap() -> None:
    def write() -> None:
        for _each in range(5):
            note_change(keys=["a1"], at=NOON)
        connection.close()

    writers = [threading.Thread(target=write) for _each in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(30)

    assert numbers() == list(range(1, 21))


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_postgresql_tells_whoever_listens_after_the_commit() -> None:
    import psycopg

    about = connection.get_connection_params()
    names = {"dbname", "user", "password", "host", "port"} & about.keys()
    with psycopg.connect(**{name: about[name] for name in names}, autocommit=True) as listener:
        listener.execute(f"LISTEN {CHANNEL}")
        with transaction.atomic():
            note_change(keys=["a1"], at=NOON)
            early = list(listener.notifies(timeout=0.2, stop_after=1))
        heard = [notice.payload for notice in listener.notifies(timeout=5, stop_after=1)]

    assert (early, heard) == ([], ["1"])


@pytest.mark.django_db
def test_the_log_is_read_on_from_a_number() -> None:
    for key in ("a1", "a2", "a3"):
        note_change(keys=[key], at=NOON)

    assert [each.keys for each in changes_after(1)] == [["a2"], ["a3"]]
    assert [each.keys for each in changes_after(1, most=1)] == [["a2"]]
    assert changes_after(3) == []


@pytest.mark.django_db
def test_old_changes_are_forgotten_but_never_the_newest() -> None:
    for days in (9, 8, 3):
        note_change(keys=["a1"], at=NOON - timedelta(days=days))

    assert forget_changes(before=NOON - timedelta(days=7)) == 2
    assert forget_changes(before=NOON) == 0
    assert note_change(keys=["a2"], at=NOON) == 4
