"""A small shelf: the Courier under its path on 127.0.0.1, and the Herald on a domain of its own."""

import hashlib
from pathlib import Path

from masthead.press.door.door import Door
from masthead.press.shelf import Address, Hosts, HostTable, Page, Shelf, compress

NETWORK = "127.0.0.1"
HERALD = "herald.example"
ARTICLE = "/courier/port/bridge/"
SECRET = b"only-for-tests"
SHARED = "public, max-age=10, s-maxage=60"
BEGINNING = 1_700_000_000.0


def a_page(
    target: str = ARTICLE,
    *,
    host: str = NETWORK,
    variant: str = "public",
    text: str = "The bridge opens on Monday.",
    status: int = 200,
    cache: str | None = None,
    keys: tuple[str, ...] = ("a1",),
    seen: int = 0,
    printed_at: float = BEGINNING,
    fresh_until: float | None = None,
) -> Page:
    body = f"<!doctype html><p>{text}</p>{'news ' * 400}".encode()
    cache = cache or (SHARED if variant == "public" else "private, no-cache")
    return Page(
        host=host,
        target=target,
        variant=variant,
        status=status,
        headers=(("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", cache)),
        bodies=compress(body),
        etag=hashlib.sha256(body).hexdigest()[:32],
        keys=keys,
        seen=seen,
        printed_at=printed_at,
        fresh_until=fresh_until,
    )


def a_shelf(folder: Path) -> Shelf:
    shelf = Shelf(folder, secret=SECRET)
    shelf.set_addresses(
        NETWORK,
        [
            Address(NETWORK, "/courier/", "page", ("before", "tag")),
            Address(NETWORK, ARTICLE, "page"),
            Address(NETWORK, "/courier/hafen-und-brücke/", "page"),
            Address(NETWORK, "/courier/search/", "app"),
            Address(NETWORK, "/courier/bridge/", "moved", (), ARTICLE),
            Address(NETWORK, "/courier/harbour/", "moved", (), "/courier/port/", True),
        ],
    )
    shelf.set_addresses(HERALD, [Address(HERALD, "/", "page")])
    shelf.set_hosts(
        Hosts(
            {NETWORK: NETWORK, "localhost": NETWORK, HERALD: HERALD},
            {
                NETWORK: HostTable(True, ("/desk/", "/account/"), ("/courier/",)),
                HERALD: HostTable(False, (), ("/",)),
            },
            True,
        )
    )
    shelf.put(a_page())
    shelf.put(a_page("!404/courier/", status=404, text="Nothing is here."))
    return shelf


def a_door(folder: Path, *, memory_bytes: int = 10_000_000) -> Door:
    return Door(shelf=a_shelf(folder), secret=SECRET, memory_bytes=memory_bytes)
