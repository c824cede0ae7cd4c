"""What the front door has the press room print."""

import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from masthead.press import room
from masthead.press.door.room import Outcome
from masthead.press.shelf import Address, Shelf
from tests.factories import an_article
from tests.press.keeping import SECRET

HOST = "127.0.0.1"
Ask = Callable[[str], str]


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: Any) -> Shelf:
    shelf = Shelf(tmp_path / "shelf", secret=SECRET)
    monkeypatch.setattr(room, "own_shelf", lambda: shelf)
    return shelf


@pytest.fixture
def ask(shelf: Shelf) -> Ask:
    """One line to `_answer`, in this thread: a test's database is nobody else's."""
    return lambda target: room._answer(json.dumps([HOST, target, "public"]).encode())


@pytest.fixture(autouse=True)
def _keep_the_tests_connection(monkeypatch: Any) -> None:
    monkeypatch.setattr(room, "close_old_connections", lambda: None)


def test_a_page_is_on_the_shelf_when_the_answer_comes(
    port: Any, clock: Any, shelf: Shelf, ask: Ask
) -> None:
    article = an_article(port)

    assert ask(article.url_path) == "shelved"

    page = shelf.read(HOST, article.url_path, "public")
    assert page is not None
    assert page.status == 200


@pytest.mark.parametrize(
    "target", ["/courier/nowhere/", "/courier/search/", "/courier/port/?before=x"]
)
def test_what_is_not_for_the_shelf_is_said_to_be_so(
    port: Any, shelf: Shelf, ask: Ask, target: str
) -> None:
    assert ask(target) == "not for the shelf"
    assert shelf.total_bytes() == 0


def test_an_address_that_is_made_up_costs_no_write(
    port: Any, shelf: Shelf, ask: Ask, monkeypatch: Any
) -> None:
    """Each would wait for the disk, and keep the keeper waiting."""
    written = []
    writing = shelf.ledger.writing
    monkeypatch.setattr(shelf.ledger, "writing", lambda: written.append(1) or writing())

    assert ask("/courier/api/v1/nothing") == "not for the shelf"
    assert written == []


def test_a_print_the_door_asked_for_removes_no_address(port: Any, shelf: Shelf, ask: Ask) -> None:
    known = Address(HOST, "/courier/authors/mara-okafor/", "page")
    shelf.set_addresses(HOST, [known])

    ask("/courier/authors/mara-okafor/")

    assert shelf.address(HOST, known.path) == known


@pytest.mark.parametrize("error", [OperationalError("away"), ZeroDivisionError()])
def test_a_print_that_fails_is_said_to_have_failed(
    shelf: Shelf, ask: Ask, monkeypatch: Any, error: Exception
) -> None:
    def fail(**_: Any) -> None:
        raise error

    monkeypatch.setattr(room, "print_anew", fail)

    assert ask("/courier/port/") == "failed"


@pytest.fixture
def line(tmp_path: Path, shelf: Shelf, monkeypatch: Any) -> Iterator[socket.socket]:
    """A connection to a press room that shelves everything."""
    monkeypatch.setattr(room, "_print", lambda *place: Outcome.SHELVED)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(tmp_path / "print.sock"))
    listener.listen()
    room.open_press_room(listener)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(10)
        line.connect(str(tmp_path / "print.sock"))
        yield line


def test_each_line_has_its_answer(line: socket.socket) -> None:
    for _ in range(2):
        line.sendall(b'["127.0.0.1", "/courier/", "public"]\n')
        assert line.recv(100) == b"shelved\n"
