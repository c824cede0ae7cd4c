"""The program while its database is away: it says so, and waits for it."""

from pathlib import Path
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from masthead.conf.config import database
from masthead.outlets import middleware
from tests.factories import NETWORK

AWAY = [OperationalError("no route"), InterfaceError("closed")]


def fails(error: Exception) -> Any:
    def raise_it(**_: Any) -> None:
        raise error

    return raise_it


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False, headers={"host": NETWORK})


@pytest.mark.parametrize("error", AWAY)
def test_what_reads_or_writes_is_answered_with_503_and_a_sentence(visitor, monkeypatch, error):
    monkeypatch.setattr(middleware, "find_sheet", fails(error))

    answers = [visitor.get("/courier/search/"), visitor.post("/courier/search/")]

    for answer in answers:
        assert answer.status_code == 503
        assert "please try again in a minute" in answer.content.decode()
        assert (answer["Retry-After"], answer["Cache-Control"]) == ("5", "no-store")


def test_an_error_of_our_own_stays_one(visitor, monkeypatch):
    monkeypatch.setattr(middleware, "find_sheet", fails(ZeroDivisionError()))

    answer = visitor.get("/courier/search/")

    assert (answer.status_code, "Retry-After" in answer) == (500, False)


def test_a_database_that_was_set_up_is_never_made_again_by_opening_it(tmp_path: Path) -> None:
    import sqlite3

    (tmp_path / "ready").write_text("this release")

    name = database(url="", folder=tmp_path)["NAME"]

    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        sqlite3.connect(name, uri=True)
    assert not (tmp_path / "masthead.sqlite3").exists()


def test_before_that_it_is_made(tmp_path: Path) -> None:
    name = database(url="", folder=tmp_path)["NAME"]

    assert name == str(tmp_path / "masthead.sqlite3")
