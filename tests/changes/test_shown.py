"""What a page shows is collected while it is built."""

import threading
from datetime import timedelta

import pytest

from masthead.changes import keys
from masthead.changes.shown import collecting, fresh_until, shows
from tests.factories import NOON


def test_everything_shown_inside_is_collected_once() -> None:
    with collecting() as shown:
        shows("a1", "a2")
        shows("a2", "s3")

    assert shown.keys == {"a1", "a2", "s3"}


def test_outside_of_a_printer_nothing_happens() -> None:
    with collecting() as shown:
        pass
    shows("a1")
    fresh_until(NOON)

    assert (shown.keys, shown.fresh_until) == (set(), None)


def test_a_page_inside_a_page_keeps_its_keys_to_itself() -> None:
    with collecting() as outer:
        shows("a1")
        with collecting() as inner:
            shows("a2")
        shows("a3")

    assert (outer.keys, inner.keys) == ({"a1", "a3"}, {"a2"})


def test_a_page_that_fails_leaves_nothing_open() -> None:
    with collecting() as outer:
        with pytest.raises(ZeroDivisionError), collecting():
            raise ZeroDivisionError
        shows("a1")

    assert outer.keys == {"a1"}


def test_the_earliest_end_of_freshness_counts() -> None:
    with collecting() as shown:
        fresh_until(NOON + timedelta(hours=2))
        fresh_until(NOON + timedelta(hours=1))
        fresh_until(NOON + timedelta(hours=3))

    assert shown.fresh_until == NOON + timedelta(hours=1)


def test_two_printers_at_once_do_not_mix() -> None:
    inside, seen = threading.Barrier(2), {}

    def build(name: str) -> None:
        with collecting() as shown:
            inside.wait(10)
            shows(name)
            inside.wait(10)
        seen[name] = shown.keys

    builders = [threading.Thread(target=build, args=(name,)) for name in ("a1", "a2")]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join(10)

    assert seen == {"a1": {"a1"}, "a2": {"a2"}}


def test_no_two_kinds_of_things_share_a_key() -> None:
    kinds = [
        keys.article,
        keys.article_card,
        keys.outlet,
        keys.outlet_card,
        keys.front,
        keys.section,
        keys.topic,
        keys.author,
        keys.counts,
        keys.dates,
        keys.picture,
        keys.plain_page,
    ]

    named = [
        *(kind(7) for kind in kinds),
        *(keys.newest(kind(7)) for kind in kinds),
        keys.month(7, NOON),
        keys.embed("https://video.example/7"),
        keys.NETWORK,
        keys.EVERYTHING,
    ]

    assert len(set(named)) == len(named)
    assert [each for each in named if " " in each or len(each) > 16] == []
