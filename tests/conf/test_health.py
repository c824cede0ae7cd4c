"""What a supervisor asks."""

import pytest
from django.db import OperationalError, connection

HOST = {"host": "127.0.0.1:8000"}


def test_alive_needs_no_database(client):
    answer = client.get("/-/live", headers=HOST)

    assert (answer.status_code, answer.content) == (200, b"alive\n")


def test_ready_when_the_database_answers(client, db):
    assert client.get("/-/ready", headers=HOST).json() == {"ready": True}


def test_not_ready_when_it_does_not(client, db, monkeypatch):
    def away() -> None:
        raise OperationalError("gone")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(connection, "cursor", away)
        answer = client.get("/-/ready", headers=HOST)

    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "because": "The database does not answer."}


@pytest.mark.parametrize("path", ["/-/live", "/-/ready"])
def test_nothing_is_posted_there(client, db, path):
    assert client.post(path, headers=HOST).status_code == 405
