import sqlite3

import pytest
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections

from masthead.conf.config import database
from masthead.core.sqlite.base import DatabaseWrapper


@pytest.fixture
def folder(tmp_path):
    file = sqlite3.connect(tmp_path / "masthead.sqlite3")
    file.execute("CREATE TABLE note (text)")
    file.close()
    (tmp_path / "ready").touch()
    return tmp_path


@pytest.fixture
def connection(folder):
    given = {**connections[DEFAULT_DB_ALIAS].settings_dict, **database(url="", folder=folder)}
    connection = DatabaseWrapper(given, "moved")
    connection.inc_thread_sharing()
    yield connection
    connection.close()


def _write(connection, text):
    connection.close_if_unusable_or_obsolete()  # as at the start of each request
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO note VALUES (%s)", [text])


def _notes(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM note")
        return [row[0] for row in cursor.fetchall()]


def test_nothing_is_written_into_a_file_that_was_moved_away(connection, folder, django_db_blocker):
    with django_db_blocker.unblock():
        _write(connection, "before")
        file = folder / "masthead.sqlite3"
        file.rename(folder / "away")

        with pytest.raises(OperationalError):
            _write(connection, "lost")

        assert not file.exists()
        (folder / "away").rename(file)
        _write(connection, "after")
        assert _notes(connection) == ["before", "after"]


def test_a_file_put_in_its_place_is_taken_up(connection, folder, django_db_blocker):
    with django_db_blocker.unblock():
        _write(connection, "before")
        other = sqlite3.connect(folder / "other")
        other.execute("CREATE TABLE note (text)")
        other.commit()
        other.close()
        for name in ("masthead.sqlite3-wal", "masthead.sqlite3-shm"):
            (folder / name).unlink(missing_ok=True)
        (folder / "other").rename(folder / "masthead.sqlite3")

        _write(connection, "after")

        assert _notes(connection) == ["after"]


def test_a_connection_to_a_file_that_is_still_there_is_kept(connection, django_db_blocker):
    with django_db_blocker.unblock():
        _write(connection, "before")
        kept = connection.connection
        _write(connection, "after")

        assert connection.connection is kept
