"""However many search at once, readers get their pages."""

import threading
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from masthead.search import limits, pages, queries
from masthead.search.limits import Room, SearchBusy, statement_limit
from tests.factories import a_section, an_outlet
from tests.search.conftest import asked

HOST = {"host": "127.0.0.1:8000"}
# Minutes of counting, on either database.
ENDLESS = (
    "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers"
    " WHERE n < 1000000000) SELECT count(*) FROM numbers"
)


@pytest.fixture
def port(db: None) -> Any:
    return a_section(an_outlet())


@pytest.fixture
def hurried(monkeypatch):
    monkeypatch.setattr(limits, "WAIT_SECONDS", 0.05)


def ask_endlessly() -> None:
    with statement_limit(seconds=0.05), connection.cursor() as cursor:
        cursor.execute(ENDLESS)
        cursor.fetchall()


def test_whoever_finds_every_place_taken_is_told_after_a_moment(hurried):
    room = Room(at_once=1, waiting=1)

    with room.turn(), pytest.raises(SearchBusy), room.turn():
        pass


def test_a_place_that_is_given_back_can_be_taken_again(hurried):
    room = Room(at_once=1, waiting=0)

    for _ in range(3):
        with room.turn():
            pass


def test_a_search_that_fails_gives_its_place_back(hurried):
    room = Room(at_once=1, waiting=0)

    with pytest.raises(ZeroDivisionError), room.turn():
        _ = 1 / 0

    with room.turn():
        pass


def test_whoever_waits_gets_the_place_that_becomes_free():
    room, inside, done = Room(at_once=1, waiting=1), threading.Event(), threading.Event()

    def search() -> None:
        with room.turn():
            inside.set()
            done.wait(5)

    first = threading.Thread(target=search)
    first.start()
    inside.wait(5)
    threading.Timer(0.05, done.set).start()

    with room.turn():
        assert done.is_set()
    first.join()


@pytest.mark.parametrize(("threads", "places"), [(1, 1), (2, 1), (4, 3), (8, 6), (64, 20)])
def test_some_threads_are_always_left_for_pages(threads, places):
    room = Room.for_threads(threads)

    taken = 0
    while room._at_door.acquire(timeout=0):
        taken += 1

    assert taken == places
    assert taken < threads or threads == 1


def test_a_search_without_room_is_a_page_that_says_so(port, client, monkeypatch, hurried):
    full = Room(at_once=1, waiting=0)
    monkeypatch.setattr(pages, "room", full)

    with full.turn():
        answer = client.get("/courier/search/?q=ferry", headers=HOST)
        other = client.get("/courier/", headers=HOST)

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer["Cache-Control"] == "private, no-store"
    assert "Please try again in a few seconds." in answer.content.decode()
    assert b"ferry" in answer.content
    assert other.status_code == 200


def test_the_search_box_alone_needs_no_room(port, client, monkeypatch, hurried):
    full = Room(at_once=1, waiting=0)
    monkeypatch.setattr(pages, "room", full)

    with full.turn():
        answer = client.get("/courier/search/", headers=HOST)

    assert answer.status_code == 200


@pytest.mark.django_db
def test_a_statement_that_takes_too_long_is_given_up():
    with pytest.raises(SearchBusy):
        ask_endlessly()


@pytest.mark.django_db(transaction=True)
def test_the_limit_ends_with_the_search():
    with pytest.raises(SearchBusy):
        ask_endlessly()

    with connection.cursor() as cursor:
        cursor.execute(ENDLESS.replace("1000000000", "300000"))
        assert cursor.fetchall() == [(300_000,)]


def test_a_search_that_takes_too_long_is_a_page_that_says_so(port, client, monkeypatch):
    def slow(*_asked: object, **_more: object) -> None:
        ask_endlessly()

    monkeypatch.setattr(pages, "newest_page", slow)

    answer = client.get("/courier/search/?q=ferry", headers=HOST)

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_exact_phrases_are_looked_for_no_longer_than_the_database_may(port, monkeypatch):
    """To compare long texts letter by letter is ours to do, where no statement is given up."""
    clock = iter((0.0, queries.STATEMENT_SECONDS + 1))
    monkeypatch.setattr(queries, "time", SimpleNamespace(monotonic=lambda: next(clock)))

    with pytest.raises(SearchBusy):
        queries._as_written([1], asked(port.get_parent(), '"night trial"'), most=1)
