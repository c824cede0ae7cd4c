"""Feed readers of Debian's at our feeds: what they show is what was published."""

import json
import os
import sqlite3
import subprocess
import urllib.request
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.journeys.network import Network
from tests.journeys.rss_guard import fetched

pytestmark = pytest.mark.journey
SCOPES = ("", "port/", "topics/city-budget/", "authors/ciaran-mottershead/")
XML = ("feed.xml", "atom.xml")


@dataclass(frozen=True)
class Item:
    """What a feed reader shows of an article."""

    title: str
    link: str
    at: datetime
    html: str


def published(demo: Network, scope: str, *, at: str = "date_published") -> list[Item]:
    """The list as our JSON says it. at: which of its two moments."""
    with urllib.request.urlopen(f"{demo.base}/courier/{scope}feed.json", timeout=20) as answer:
        items = json.load(answer)["items"]
    return [
        Item(
            each["title"],
            each["url"],
            datetime.fromisoformat(each.get(at, each["date_published"])).replace(microsecond=0),
            _closed_up(each["content_html"]),
        )
        for each in items
    ]


@pytest.mark.parametrize("file", XML)
@pytest.mark.parametrize("scope", SCOPES)
def test_newsboat_shows_every_article_in_full(
    demo: Network, tmp_path: Path, scope: str, file: str
) -> None:
    (tmp_path / "urls").write_text(f"{demo.base}/courier/{scope}{file}\n")
    _run(tmp_path, "newsboat", "-u", "urls", "-c", "cache", "-C", "/dev/null", "-x", "reload")

    with closing(sqlite3.connect(tmp_path / "cache")) as cache:
        rows = cache.execute("SELECT title, url, pubDate, content FROM rss_item").fetchall()

    assert _sorted(_item(*row) for row in rows) == _sorted(published(demo, scope))


@pytest.mark.parametrize("file", XML)
@pytest.mark.parametrize("scope", SCOPES)
def test_sfeed_shows_every_article_in_full(
    demo: Network, tmp_path: Path, scope: str, file: str
) -> None:
    with urllib.request.urlopen(f"{demo.base}/courier/{scope}{file}", timeout=20) as answer:
        feed = answer.read()

    lines = _run(tmp_path, "sfeed", given=feed).decode().splitlines()

    fields = [line.split("\t") for line in lines]
    shown = [_item(title, link, int(at), _unescaped(html)) for at, title, link, html, *_ in fields]
    assert _sorted(shown) == _sorted(published(demo, scope))


def test_rss_guard_shows_every_article_in_full_from_each_kind_of_feed(
    demo: Network, tmp_path: Path
) -> None:
    """The one reader of Debian 12 that knows JSON Feed. RSS alone has one moment."""
    wanted = {
        f"{demo.base}/courier/{scope}{file}": _sorted(published(demo, scope, at=at))
        for scope in SCOPES
        for file, at in (
            ("feed.xml", "date_published"),
            ("atom.xml", "date_modified"),
            ("feed.json", "date_modified"),
        )
    }

    shown = fetched(tmp_path, list(wanted))

    assert {each: _sorted(_item(*row) for row in rows) for each, rows in shown.items()} == wanted


def _item(title: str, link: str, at: int, html: str) -> Item:
    return Item(title, link, datetime.fromtimestamp(at, tz=UTC), _closed_up(html))


def _sorted(items: Iterable[Item]) -> list[Item]:
    found = sorted(items, key=lambda item: item.link)
    assert found != []
    return found


def _closed_up(html: str) -> str:
    """White space means nothing between blocks, and programs differ in it."""
    return " ".join(html.split())


def _unescaped(field: str) -> str:
    """As sfeed writes line breaks and tabs."""
    return field.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\")


def _run(folder: Path, *command: str, given: bytes | None = None) -> bytes:
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8"},
        input=given,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout
