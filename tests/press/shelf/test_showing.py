"""Where pages with a key are, for caches that know them by address."""

from masthead.press.shelf import Purge, Shelf
from tests.press.shelf.pages import HOST, a_page


def test_pages_are_found_by_any_of_their_keys_those_read_last_first(shelf: Shelf) -> None:
    shelf.put(a_page("/a/", keys=("o1", "a1")))
    shelf.put(a_page("/b/", keys=("o1", "a2")))
    shelf.put(a_page("/c/", keys=("o2",)))
    shelf.note_used({(HOST, "/b/", "public"): 1}, at=5_000.0)

    found = shelf.showing(["a1", "a2", "nobody"], most=10)

    assert [target for _, target, _ in found] == ["/b/", "/a/"]


def test_no_more_are_told_than_asked_for(shelf: Shelf) -> None:
    for number in range(5):
        shelf.put(a_page(f"/{number}/", keys=("o1",)))

    assert len(shelf.showing(["o1"], most=3)) == 3
    assert len(shelf.showing(["*"], most=4)) == 4


def test_a_page_is_found_while_it_is_stale_and_not_when_it_is_gone(shelf: Shelf) -> None:
    shelf.put(a_page("/a/", keys=("a1",)))

    shelf.apply(Purge(1, ("a1",), (), 2_000.0))
    stale = shelf.showing(["a1"], most=9)
    shelf.apply(Purge(2, (), ("a1",), 3_000.0))

    assert (stale, shelf.showing(["a1"], most=9)) == ([(HOST, "/a/", "public")], [])
