"""Public pages as plain files for an nginx in front, and none that must not be there."""

import gzip
from dataclasses import replace

import pytest

from masthead.press.shelf import Purge, Shelf
from masthead.press.shelf.mirror import file_path
from tests.press.shelf.pages import HEADERS, HOST, SECRET, TEXT, a_page

PLACE = (HOST, "/port/bridge/", "public")


def copies(shelf):
    root = shelf.mirror.folder / "public"
    return sorted(str(file.relative_to(root)) for file in root.rglob("*") if file.is_file())


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("/", "index.html"),
        ("/port/bridge/", "port/bridge/index.html"),
        ("/port/feed.xml", "port/feed.xml"),
        ("/.well-known/security.txt", ".well-known/security.txt"),
        ("/hafen/brücke/", "hafen/brücke/index.html"),
        ("/a/../b/", None),
        ("/./b/", None),
        ("/..", None),
        ("//b/", None),
        ("/a//", None),
        ("/a\0/", None),
        ("/a\n/", None),
        ("/a\\b/", None),
        ("/port/?before=3", None),
        ("!404/courier/", None),
        ("/.git/config", None),
        ("/index.html", None),
        ("/port/index.html.gz", None),
        ("/a.gz/b/", None),
        ("/" + "ü" * 121 + "/", None),
        ("/" + "a/" * 1001, None),
        ("port/", None),
        ("", None),
    ],
)
def test_a_path_becomes_a_file_only_when_that_is_safe(target, path):
    assert file_path(target) == path


def test_the_copy_is_the_page_in_gzip(mirrored):
    mirrored.put(a_page())

    assert copies(mirrored) == [f"{HOST}/port/bridge/index.html.gz"]
    file = mirrored.mirror.folder / "public" / copies(mirrored)[0]
    assert gzip.decompress(file.read_bytes()) == TEXT.encode()
    assert list(mirrored.verify()) == []


def test_a_feed_has_its_own_name(mirrored):
    kind = ("Content-Type", "application/rss+xml; charset=utf-8")

    mirrored.put(a_page("/port/feed.xml", headers=(kind, HEADERS[1])))

    assert copies(mirrored) == [f"{HOST}/port/feed.xml.gz"]


@pytest.mark.parametrize(
    "changed",
    [
        {"variant": "members"},
        {"status": 410},
        {"target": "/port/?before=3"},
        {"target": "/port/card"},
        {"host": "../etc"},
        {"headers": (HEADERS[0], ("Cache-Control", "private, no-store"))},
        {"headers": (("Content-Type", "text/plain"), HEADERS[1])},
    ],
    ids=["variant", "status", "parameter", "name", "host", "private", "type"],
)
def test_what_a_file_cannot_say_is_left_to_the_program(mirrored, changed):
    assert mirrored.put(replace(a_page(), **changed)) is True
    assert copies(mirrored) == []


def test_a_new_print_takes_the_copys_place(mirrored):
    mirrored.put(a_page())
    mirrored.put(a_page(text="<p>New.</p>", printed_at=2000.0))

    [copy] = (mirrored.mirror.folder / "public").rglob("*.gz")
    assert gzip.decompress(copy.read_bytes()) == b"<p>New.</p>"


@pytest.mark.parametrize(
    "remove",
    [
        lambda shelf: shelf.apply(Purge(1, (), ("o1",), 2000.0)),
        lambda shelf: shelf.drop(*PLACE),
        lambda shelf: shelf.put(a_page(status=410, printed_at=2000.0)),
        lambda shelf: (setattr(shelf, "most_bytes", 0), shelf.evict()),
    ],
    ids=["gone", "drop", "withdrawn page", "evict"],
)
def test_the_copy_goes_with_its_page(mirrored, remove):
    mirrored.put(a_page())

    remove(mirrored)

    assert copies(mirrored) == []


def test_a_mirror_switched_off_keeps_no_old_copy(mirrored, folder):
    mirrored.put(a_page())

    Shelf(folder, secret=SECRET).put(a_page(printed_at=2000.0))

    assert copies(mirrored) == []


def test_a_stale_page_keeps_its_copy(mirrored):
    mirrored.put(a_page())

    mirrored.apply(Purge(1, ("o1",), (), 2000.0))

    assert len(copies(mirrored)) == 1


def test_a_late_copy_does_not_follow_a_newer_print(mirrored):
    page = a_page()
    mirrored.put(page)
    [name] = mirrored.ledger.connection().execute("SELECT file FROM page").fetchone()
    mirrored.put(a_page(text="<p>New.</p>", printed_at=2000.0))

    assert mirrored.mirror.write(mirrored.ledger, page, name=name) is False
    assert list(mirrored.verify()) == []
    assert len(copies(mirrored)) == 1


def test_a_mirror_that_cannot_be_written_does_not_keep_the_page_from_the_shelf(mirrored, caplog):
    (mirrored.mirror.folder / "public").mkdir(parents=True)
    (mirrored.mirror.folder / "public" / HOST).write_text("in the way")

    assert mirrored.put(a_page()) is True
    assert "is not in the mirror" in caplog.text
    assert mirrored.read(*PLACE) == a_page()
