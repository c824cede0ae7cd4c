"""RSS Guard of Debian, without a screen: it is given feeds, fetches them, and says what it has."""

import json
import os
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

# As its own database names them.
KINDS = {"feed.xml": 1, "atom.xml": 3, "feed.json": 4}
AT_ONCE = "[feeds]\nfeeds_update_on_startup=true\nfeeds_update_on_startup_delay=0.1\n"
LONGEST_SECONDS = 60
Row = tuple[str, str, int, str]


def fetched(folder: Path, addresses: Sequence[str]) -> dict[str, list[Row]]:
    """By feed: headline, link, seconds since 1970 and text of each article it has stored."""
    settings, store = folder / "config" / "config.ini", folder / "database" / "database.db"
    settings.parent.mkdir()
    settings.write_text(AT_ONCE)
    with _running(folder):
        _wait_until(lambda: _ask(store, "SELECT 1 FROM Information LIMIT 1") != [])
    _subscribe(store, addresses)
    with _running(folder):
        _wait_until(
            lambda: len(_ask(store, "SELECT DISTINCT feed FROM Messages")) == len(addresses)
        )
    rows = _ask(store, "SELECT feed, title, url, date_created / 1000, contents FROM Messages")
    return {
        address: [
            (title, url, at, text) for feed, title, url, at, text in rows if feed == str(number)
        ]
        for number, address in enumerate(addresses)
    }


@contextmanager
def _running(folder: Path) -> Iterator[None]:
    """It is ended as by a person who logs out, and saves what it has."""
    env = {
        **os.environ,
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder),
        "QT_QPA_PLATFORM": "offscreen",
        "QTWEBENGINE_DISABLE_SANDBOX": "1",
    }
    with (folder / "rssguard.log").open("a") as log:
        program = subprocess.Popen(
            ["rssguard", "--data", str(folder)], env=env, stdout=log, stderr=log
        )
    try:
        yield
    finally:
        program.terminate()
        program.wait(timeout=LONGEST_SECONDS)


def _subscribe(store: Path, addresses: Sequence[str]) -> None:
    with closing(sqlite3.connect(store)) as database:
        database.execute("INSERT INTO Accounts (id, type, custom_data) VALUES (1, 'std-rss', '')")
        database.executemany(
            "INSERT INTO Feeds (title, category, source, update_type, account_id, custom_id,"
            " custom_data) VALUES (?, -1, ?, 1, 1, ?, ?)",
            [
                (address, address, str(number), _how_it_is_read(address))
                for number, address in enumerate(addresses)
            ],
        )
        database.commit()


def _how_it_is_read(address: str) -> str:
    kind = KINDS[address.rsplit("/", 1)[1]]
    return json.dumps({"source_type": 0, "type": kind, "encoding": "UTF-8"})


def _ask(store: Path, query: str) -> list[tuple[str, ...]]:
    """Nothing while the file or table is not there yet."""
    if not store.exists():
        return []
    try:
        with closing(sqlite3.connect(store)) as database:
            return database.execute(query).fetchall()
    except sqlite3.OperationalError:
        return []


def _wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST_SECONDS
    while not is_so():
        assert time.monotonic() < end, "RSS Guard did not get that far."
        time.sleep(0.1)
