"""A network of two titles whose every page is on the shelf."""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.test import TestCase, override_settings

from masthead.articles import queries
from masthead.articles.models import ArticlePage, Topic
from masthead.outlets.models import Outlet, PlainPage, Section
from masthead.people.models import Author
from masthead.pictures.models import Picture
from masthead.press.shelf import Shelf
from masthead.syndication.views import feeds
from tests.factories import (
    NOON,
    a_page,
    a_picture,
    a_section,
    an_article,
    an_author,
    an_outlet,
)
from tests.press.keeping import SECRET, Kept
from tests.standing import Standing, begins_with, fresh

A_LIST = 2  # articles on one page of a list, so that there are pages further down
A_FEED = 3
AFTERNOON = NOON + timedelta(hours=2)  # as `clock`
PLAIN_STORAGES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


@dataclass(frozen=True)
class Network:
    """
    The Courier with its port and its town, and Tideline with its coast.

    Port, from the newest on: five, four, three (by Mara, on tides, with the picture), two, one.
    Town: council (by Mara), fair (by Ines). Coast: surf (by Mara, on tides). All have one text,
    copies of each other as far as readers are concerned, so none is related to another.
    """

    courier: Outlet
    tideline: Outlet
    port: Section
    town: Section
    coast: Section
    about: PlainPage
    mara: Author
    ines: Author
    tides: Topic
    picture: Picture
    stories: dict[str, ArticlePage]

    def path(self, name: str) -> str:
        """Where a story is, on the network's host."""
        article = ArticlePage.objects.get(pk=self.stories[name].pk)
        return article.url_path

    def again(self) -> "Network":
        """As the database has it."""
        rows = {
            each.name: fresh(getattr(self, each.name))
            for each in fields(self)
            if each.name != "stories"
        }
        return Network(**rows, stories={name: fresh(each) for name, each in self.stories.items()})


def with_short_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(queries.listing.__kwdefaults__, "size", A_LIST)
    monkeypatch.setattr(feeds, "NEWEST", A_FEED)


@pytest.fixture
def short_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    with_short_lists(monkeypatch)


def the_network() -> Network:
    courier, tideline = an_outlet(), an_outlet(slug="tideline", title="Tideline")
    port, town = a_section(courier), a_section(courier, "Town")
    coast = a_section(tideline, "Coast")
    about = a_page(courier, title="About", purpose="about")
    mara, ines = an_author("Mara Okafor"), an_author("Ines Varga")
    tides = Topic.objects.create(name="Tides", slug="tides")
    picture = a_picture()
    stories = {
        "one": an_article(port, "Port one", at=NOON - timedelta(days=50)),
        "two": an_article(port, "Port two", at=NOON - timedelta(days=40)),
        "three": an_article(
            port,
            "Port three",
            authors=[mara],
            topics=[tides],
            lead_picture=picture,
            at=NOON - timedelta(days=3),
        ),
        "four": an_article(port, "Port four", at=NOON - timedelta(hours=3)),
        "five": an_article(port, "Port five", at=NOON - timedelta(hours=2)),
        "council": an_article(town, "Council", authors=[mara], at=NOON - timedelta(hours=5)),
        "fair": an_article(town, "Fair", authors=[ines], at=NOON - timedelta(hours=4)),
        "surf": an_article(
            coast, "Surf", authors=[mara], topics=[tides], at=NOON - timedelta(hours=1)
        ),
    }
    return Network(courier, tideline, port, town, coast, about, mara, ines, tides, picture, stories)


@dataclass(frozen=True)
class Printed:
    """The network, and what became of its shelf and its pictures' folder when all was printed."""

    network: Network
    shelf: Path
    media: Path


def the_network_in_print() -> Printed:
    """Every page there is, and the ones further down that readers came to."""
    folder = Path(tempfile.mkdtemp(dir=settings.DATA))
    media = folder / "media"
    with (
        pytest.MonkeyPatch.context() as monkeypatch,
        time_machine.travel(AFTERNOON),
        override_settings(MEDIA_ROOT=media, STATIC_ROOT=folder, STORAGES=PLAIN_STORAGES),
    ):
        with_short_lists(monkeypatch)
        network = the_network()
        kept = Kept(folder, TestCase.captureOnCommitCallbacks)
        with kept.an_act():
            pass
        for name in ("port/", "archive/2026/11/", "authors/mara-okafor/"):
            _follow_down(kept, f"/courier/{name}")
        kept.also("!404/courier/", "/courier/", network.path("five"))
        kept.shelf.close()
    cache.clear()
    return Printed(network, kept.shelf.folder, media)


@pytest.fixture
@begins_with(the_network)
@begins_with(the_network_in_print)
def network(
    clock: time_machine.Traveller, short_lists: None, db: None, standing: Standing
) -> Network:
    printed: Printed | None = standing.made_by(the_network_in_print)
    made: Network | None = printed.network if printed else standing.made_by(the_network)
    return the_network() if made is None else made.again()


@pytest.fixture
@begins_with(the_network_in_print)
def kept(
    network: Network,
    standing: Standing,
    media_root: Path,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> Iterator[Kept]:
    printed: Printed = standing.made_by(the_network_in_print)
    shutil.copytree(printed.shelf, tmp_path / "shelf")
    shutil.copytree(printed.media, media_root, dirs_exist_ok=True)
    kept = Kept(tmp_path, django_capture_on_commit_callbacks)
    yield kept
    kept.shelf.close()


def _follow_down(kept: Kept, path: str) -> None:
    """From a list's first page on, by its own links to what is older, and back."""
    pages = [path]
    for target in pages:
        kept.also(target)
        if kept.page(target) is None:  # newer than the newest
            continue
        found = re.findall(r"\?(?:before|after)=[0-9.]+-[0-9]+", kept.body(target))
        pages += [path + each for each in dict.fromkeys(found) if path + each not in pages]
        assert len(pages) < 40


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path / "shelf", secret=SECRET)
    yield shelf
    shelf.close()
