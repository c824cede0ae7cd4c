"""What counts as reading, and that nobody is known by it."""

import asyncio
from pathlib import Path

import pytest

from masthead.press.door.door import Door
from masthead.press.door.follow import Follow
from masthead.press.door.reads import MOST_OF_NETWORK, MOST_OF_ONE, Reads, is_by_person
from masthead.press.shelf.reads import find_batch
from tests.press.door.serving import an_app, ask, get, serving
from tests.press.door.shelving import ARTICLE, NETWORK, a_door, a_page, a_shelf

ROW = 7  # of the article's public address
FIREFOX = b"Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
IPHONE = b"Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15"
LINE = b"GET " + ARTICLE.encode()


@pytest.fixture
def door(tmp_path: Path) -> Door:
    """The article's page, in its newest print, is in memory."""
    door = a_door(tmp_path / "shelf")
    hold(door)
    return door


def hold(door: Door, *, status: int = 200, keys: tuple[str, ...] = ("a1", f"h{ROW}")) -> None:
    door.shelf.put(a_page(keys=keys, status=status, printed_at=1_800_000_000.0))
    held = door.load((NETWORK, ARTICLE, "public"))
    assert held is not None
    door.memory.find_by_line(held, LINE)


def ask_door(
    door: Door, line: bytes = LINE, *lines: bytes, agent: bytes = FIREFOX, reader: int = 1
) -> bytes:
    given = (b"Host: 127.0.0.1", b"Accept-Encoding: gzip", b"User-Agent: " + agent, *lines)
    wanted = door.recogniser.read(b"".join(b"\r\n" + each for each in given) + b"\r\n\r\n")
    assert wanted is not None
    wanted.reader = reader
    answer = door.answer(line, wanted, [(b"date", b"today")])
    assert answer is not None
    return answer


def counted(door: Door) -> dict[int, int]:
    door.memory.take_uses()
    return door.memory.take_reads()


@pytest.mark.parametrize(
    ("lines", "counts"),
    [
        ([("user-agent", FIREFOX)], True),
        ([("user-agent", IPHONE)], True),
        ([("user-agent", FIREFOX), ("sec-fetch-dest", b"document")], True),
        ([("user-agent", FIREFOX), ("sec-fetch-dest", b"iframe")], False),
        ([("user-agent", FIREFOX), ("sec-fetch-dest", b"empty")], False),
        ([("user-agent", FIREFOX), ("sec-purpose", b"prefetch")], False),
        ([("user-agent", FIREFOX), ("sec-purpose", b"prefetch;prerender")], False),
        ([("user-agent", FIREFOX), ("purpose", b"prefetch")], False),
        ([("user-agent", FIREFOX), ("x-moz", b"Prefetch")], False),
        ([], False),
        ([("user-agent", b"Mozilla/5.0 (compatible; Googlebot/2.1)")], False),
        ([("user-agent", b"Mozilla/5.0 (compatible; Example; +http://example.org)")], False),
        ([("user-agent", b"facebookexternalhit/1.1")], False),
        ([("user-agent", b"curl/8.5.0")], False),
        ([("user-agent", b"python-requests/2.32")], False),
        ([("user-agent", b"Feedly/1.0")], False),
    ],
)
def test_what_may_count(lines: list[tuple[str, bytes]], counts: bool) -> None:
    assert is_by_person((name.encode(), value) for name, value in lines) is counts


@pytest.mark.parametrize(
    ("line", "lines", "reads"),
    [
        (LINE, [], {ROW: 1}),
        (LINE + b"?utm_source=letter", [], {ROW: 1}),
        (b"HEAD " + ARTICLE.encode(), [], {}),
        (LINE, [b"Sec-Purpose: prefetch"], {}),
        (LINE, [b'If-None-Match: "an-older-print"'], {ROW: 1}),
        (LINE, [b"If-None-Match: *"], {}),
    ],
)
def test_what_the_quick_way_counts(
    door: Door, line: bytes, lines: list[bytes], reads: dict[int, int]
) -> None:
    ask_door(door, line, *lines)

    assert counted(door) == reads


def test_who_has_the_page_already_does_not_read_it_again(door: Door) -> None:
    held = door.memory.get((NETWORK, ARTICLE, "public"))
    assert held is not None

    answer = ask_door(door, LINE, b"If-None-Match: " + held.for_reader(("gzip",)).etag)

    assert answer.startswith(b"HTTP/1.1 304 ")
    assert counted(door) == {}


def test_a_page_whose_body_comes_from_the_disk_counts_once(door: Door) -> None:
    held = door.memory.get((NETWORK, ARTICLE, "public"))
    assert held is not None
    held.let_go()

    ask_door(door)

    assert counted(door) == {ROW: 1}


@pytest.mark.parametrize(
    ("status", "keys"), [(200, ("a1", "f1")), (410, ("a1", f"h{ROW}")), (404, ())]
)
def test_only_articles_that_are_there_count(
    tmp_path: Path, status: int, keys: tuple[str, ...]
) -> None:
    door = a_door(tmp_path / "shelf")
    hold(door, status=status, keys=keys)

    ask_door(door)

    assert counted(door) == {}


def test_one_address_adds_a_few_an_hour(door: Door) -> None:
    for _ in range(100):
        ask_door(door, reader=1)
    ask_door(door, reader=2)

    assert counted(door) == {ROW: MOST_OF_ONE + 1}


def test_the_next_hour_begins_anew(door: Door) -> None:
    door.reads.at(500_000)
    for _ in range(100):
        ask_door(door)
    door.reads.at(500_000)
    ask_door(door)
    door.reads.at(500_001)
    ask_door(door)

    assert counted(door) == {ROW: MOST_OF_ONE + 1}


def test_an_address_is_another_number_each_hour() -> None:
    reads = Reads()
    before = reads.reader(("192.0.2.1", 1), b"")

    assert reads.reader(("192.0.2.1", 2), b"") == before
    reads.at(500_001)
    assert reads.reader(("192.0.2.1", 1), b"") != before


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        (("2001:db8::1", ""), ("2001:db8::ffff:1", ""), True),
        (("2001:db8::1", ""), ("2001:db8:0:1::1", ""), False),
        (("192.0.2.1", ""), ("192.0.2.2", ""), False),
        (("10.0.0.1", "192.0.2.1"), ("10.0.0.1", "192.0.2.2"), False),
        (("10.0.0.1", "6.6.6.6, 192.0.2.1"), ("10.0.0.1", "7.7.7.7,192.0.2.1"), True),
        (("10.0.0.1", ""), ("10.0.0.1", ""), True),
        (("10.0.0.1", "a:b"), ("10.0.0.1", "a:c"), False),
    ],
)
def test_who_counts_as_one(one: tuple[str, str], other: tuple[str, str], is_one: bool) -> None:
    reads = Reads(behind_proxy=True)

    numbers = {reads.reader((host, 1), chain.encode()) for host, chain in (one, other)}

    assert (len(numbers) == 1) is is_one


def test_without_a_proxy_nobody_can_say_that_they_are_others() -> None:
    reads = Reads()

    assert reads.reader(("192.0.2.1", 1), b"1.1.1.1") == reads.reader(("192.0.2.1", 1), b"2.2.2.2")


def test_reads_of_a_page_that_leaves_memory_are_kept(door: Door) -> None:
    ask_door(door)
    door.memory.clear()

    assert counted(door) == {ROW: 1}
    assert counted(door) == {}


def test_both_ways_count_what_comes_over_a_connection(tmp_path: Path) -> None:
    shelf = a_shelf(tmp_path / "shelf")
    shelf.put(a_page(keys=("a1", f"h{ROW}"), printed_at=1_800_000_000.0))
    app = an_app(shelf, tmp_path)
    agent = f"User-Agent: {FIREFOX.decode()}"

    with serving(app) as port:
        for method, *lines in (("GET", agent), ("GET", agent), ("HEAD", agent), ("GET", "X: y")):
            ask(port, get(ARTICLE, *lines, method=method))
        # Not plain, so the server's own parser reads these.
        ask(port, get(ARTICLE, agent, "Connection: close"))
        ask(port, get(ARTICLE, "User-Agent: a-bot", "Connection: close"))
        ask(port, get(ARTICLE, agent, "If-None-Match: *", "Connection: close"))

    batch = find_batch(shelf.ledger)
    assert batch is not None
    assert {row for row, _ in batch.reads} == {ROW}
    assert sum(batch.reads.values()) == 3


def test_what_is_noted_names_article_and_hour_alone(door: Door) -> None:
    ask_door(door)

    asyncio.run(Follow().stop(door))

    rows = door.shelf.ledger.connection().execute("SELECT * FROM read").fetchall()
    assert [(batch, article, reads) for batch, article, _, reads in rows] == [("", ROW, 1)]


def read_from(door: Door, *addresses: str) -> int:
    """Each asks as often as one address counts."""
    for address in addresses:
        reader = door.reads.reader((address, 1), b"")
        for _ in range(MOST_OF_ONE):
            ask_door(door, reader=reader)
    return counted(door).get(ROW, 0)


def test_a_network_of_ipv6_counts_as_a_few_households(door: Door) -> None:
    one_provider = [f"2001:db8:7:{number:x}::1" for number in range(1, 31)]

    assert read_from(door, *one_provider) == MOST_OF_NETWORK
    assert read_from(door, "2001:db8:8::1") == MOST_OF_ONE  # another is not held up by it


def test_ipv4_is_read_as_such_however_it_is_written(door: Door) -> None:
    assert read_from(door, *(f"::ffff:192.0.2.{number}" for number in range(1, 21))) == 100
    assert read_from(door, "192.0.2.1") == 0  # has read already
