"""Waiting for the next change on PostgreSQL."""

import threading

import psycopg
import pytest
from django.db import OperationalError, close_old_connections, connection

from masthead.press.listening import Listener

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite is looked at instead"),
]


def at_server() -> "psycopg.Connection[tuple[object, ...]]":
    """Another connection to the same database."""
    about = connection.get_connection_params()
    names = {"dbname", "user", "password", "host", "port"} & about.keys()
    return psycopg.connect(**{name: about[name] for name in names}, autocommit=True)


def test_a_connection_that_was_cut_is_opened_anew_and_asks_to_be_told_again() -> None:
    listener, stop = Listener(), threading.Event()
    listener.wait(stop)
    with at_server() as other:
        other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])

    with pytest.raises(OperationalError):
        listener.wait(stop)
    close_old_connections()
    listener.wait(stop)

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_listening_channels()")
        assert len(cursor.fetchall()) == 1
