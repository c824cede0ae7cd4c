from pathlib import Path

import pytest

from masthead.press.door.answers import Ready
from masthead.press.door.classes import VARIANTS
from masthead.press.door.memory import Held, Memory
from tests.press.door.shelving import a_page

FIRST, SECOND = [(b"date", b"1")], [(b"date", b"2")]


def held(number: int = 0, *, variant: str = "public", cache: str | None = None) -> Held:
    return Held(a_page(f"/{number}/", variant=variant, cache=cache), stale_since=0.0)


def test_the_answer_is_joined_anew_for_another_second() -> None:
    ready = held().for_reader(("gzip",))
    body = ready.body

    ready.renew(FIRST)
    ready.renew(SECOND)

    assert ready.whole.count(b"date: 2\r\n") == 1
    assert ready.whole.count(b"date: 1\r\n") == 0
    assert ready.whole == ready.head + body
    assert ready.body == body


@pytest.mark.parametrize(
    ("codings", "suffix"), [(("br", "gzip"), "-br"), (("zstd",), "-zs"), (("gzip",), "-gz")]
)
def test_each_coding_has_a_tag_of_its_own(codings: tuple[str, ...], suffix: str) -> None:
    ready = held().for_reader(codings)

    assert ready.etag == f'"{a_page("/0/").etag}{suffix}"'.encode()


def test_a_reader_without_codings_gets_the_page_unpacked() -> None:
    ready = held().for_reader(("identity",))

    assert ready.body.startswith(b"<!doctype html>")
    assert b"content-encoding" not in dict(ready.lines)


def test_only_a_found_page_can_be_unchanged() -> None:
    missing = Ready(status=404, lines=[], etag="a", coding="identity", body=b"")

    assert not missing.is_had_by(frozenset({b'"a"'}))


def test_a_page_for_some_readers_is_never_called_public() -> None:
    page = held(variant="members", cache="public, s-maxage=60")

    assert dict(page.lines)[b"cache-control"] == b"private, no-store"


def test_what_was_not_used_lately_goes_first() -> None:
    each = held().bytes
    memory = Memory(3 * each)
    for number in range(3):
        memory.keep(held(number))
    memory.pages["127.0.0.1", "/0/", "public"].uses = 5

    memory.keep(held(3))

    assert sorted(key[1] for key in memory.pages) == ["/0/", "/2/", "/3/"]
    assert memory.bytes <= 3 * each


def test_a_flood_of_pages_stays_within_the_limit() -> None:
    each = held().bytes
    memory = Memory(10 * each)

    for number in range(200):
        memory.keep(held(number))

    assert len(memory.pages) <= 10
    assert memory.bytes == sum(page.bytes for page in memory.pages.values())


def test_a_dropped_page_is_not_found_by_its_line() -> None:
    memory = Memory(10_000_000)
    memory.name_hosts({"127.0.0.1": "127.0.0.1", "localhost": "127.0.0.1"}, VARIANTS)
    page = held()
    memory.keep(page)
    memory.find_by_line(page, b"GET /0/")
    found = memory.lines[b"localhost", "public"].get(b"GET /0/")

    memory.drop(page.key)

    assert found is page
    assert memory.lines[b"localhost", "public"] == {}


def test_uses_are_handed_over_once() -> None:
    memory = Memory(10_000_000)
    first, second = held(1), held(2)
    for page in (first, second):
        memory.keep(page)
        page.uses = 2
    memory.drop(first.key)

    taken = memory.take_uses()

    assert taken == {first.key: 2, second.key: 2}
    assert memory.take_uses() == {}


def test_a_page_is_stale_when_its_time_has_come(tmp_path: Path) -> None:
    page = Held(a_page(fresh_until=100.0), stale_since=0.0)

    assert [page.is_stale(now) for now in (99.0, 101.0)] == [False, True]
