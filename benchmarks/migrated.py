"""
A migrated database that is made once and copied: running all migrations takes ten seconds.

Kept in `build/`, or beside the others on a PostgreSQL server, under a name that changes with
whatever it was made of. Who gets a copy still runs `migrate`, which finds what the copy lacks; so
a copy saves time and decides nothing.
"""

import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
MADE_OF = (
    "masthead/*/migrations/*.py",
    "masthead/conf/settings.py",
    "requirements.lock",
    "requirements-dev.lock",
)


@contextmanager
def test_database(connection: Any) -> Iterator[None]:
    """Point the connection at an empty, migrated test database; it is dropped afterwards."""
    own = connection.settings_dict["NAME"]
    with _locked():
        (_in_memory if connection.vendor == "sqlite" else _on_server)(connection)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(own, verbosity=0)


def migrate_file(connection: Any) -> None:
    """Migrate the connection's SQLite file, whether it is there already or not."""
    from django.core.management import call_command

    file = str(connection.settings_dict["NAME"])
    is_there = file.startswith("file:") or Path(file).exists()  # that form makes none: see `config`
    with _locked():
        if not is_there and _file().exists():
            copy_file(Path(file))
        elif not is_there:
            with connection.cursor() as cursor:  # for this connection alone, and nothing to lose
                cursor.execute("PRAGMA synchronous=OFF")
        call_command("migrate", interactive=False, verbosity=0)
        if not is_there:
            _keep_file(connection)


def copy_file(to: Path) -> None:
    """A head start for whoever migrates that file next; none if nothing was ever migrated here."""
    if _file().exists() and not to.exists():
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_file(), to)


def _in_memory(connection: Any) -> None:
    from django.db.backends.sqlite3.base import Database

    # A database in memory lasts as long as somebody holds it open.
    with closing(Database.connect(connection.creation._get_test_db_name(), uri=True)) as held:
        if _file().exists():
            with closing(Database.connect(_file())) as kept:
                kept.backup(held)
        connection.creation.create_test_db(verbosity=0, serialize=False)
    _keep_file(connection)


def _keep_file(connection: Any) -> None:
    from django.db.backends.sqlite3.base import Database

    if _file().exists():
        return
    half = BUILD / "migrated-half"
    for older in BUILD.glob("migrated-*"):
        older.unlink()
    connection.ensure_connection()
    with closing(Database.connect(half)) as copy:
        connection.connection.backup(copy)
    half.rename(_file())


def _on_server(connection: Any) -> None:
    name, kept = connection.creation._get_test_db_name(), _name()
    with connection._nodb_cursor() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [kept])
        is_kept = server.fetchone() is not None
        if is_kept:
            server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{kept}"')
    connection.creation.create_test_db(verbosity=0, serialize=False, keepdb=is_kept)
    if not is_kept:
        connection.close()  # a database is copied only while nobody uses it
        with connection._nodb_cursor() as server:
            server.execute(f'CREATE DATABASE "{kept}" TEMPLATE "{name}"')


@contextmanager
def _locked() -> Iterator[None]:
    """One process at a time, so that the second finds what the first has made."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _file() -> Path:
    return BUILD / f"{_name()}.sqlite3"


def _name() -> str:
    digest = hashlib.sha256()
    for pattern in MADE_OF:
        for file in sorted(ROOT.glob(pattern)):
            digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return f"migrated-{digest.hexdigest()[:16]}"
