"""Time, use and room."""

from masthead.press.shelf import Purge, Stale
from tests.press.shelf.pages import HOST, a_page


def place(target):
    return HOST, target, "public"


def on_it(shelf, *targets):
    return [target for target in targets if shelf.state(*place(target)) is not None]


def test_a_page_becomes_stale_when_its_time_has_come(shelf):
    shelf.put(a_page("/a/", fresh_until=1500.0))
    shelf.put(a_page("/b/", fresh_until=1600.5))
    shelf.put(a_page("/c/"))

    assert (shelf.expire(1499.9), shelf.expire(1500.0), shelf.expire(1500.0)) == (0, 1, 0)
    assert shelf.stale(most=9) == [Stale(HOST, "/a/", "public", 1500.0, 0)]


def test_the_busiest_stale_page_comes_first_then_the_oldest(shelf):
    for target, until in (("/a/", 3.0), ("/b/", 1.0), ("/c/", 2.0), ("/d/", None)):
        shelf.put(a_page(target, fresh_until=until))
    shelf.note_used({place("/a/"): 5, place("/d/"): 9}, at=1000.0)
    shelf.expire(10.0)

    assert [each.target for each in shelf.stale(most=9)] == ["/a/", "/b/", "/c/"]
    assert [each.target for each in shelf.stale(most=2)] == ["/a/", "/b/"]


def test_a_new_print_is_fresh(shelf):
    shelf.put(a_page("/a/", fresh_until=1.0))
    shelf.expire(5.0)

    shelf.put(a_page("/a/", printed_at=2000.0))

    assert shelf.stale(most=9) == []


def test_use_is_added_up(shelf):
    shelf.put(a_page("/a/", fresh_until=1.0))

    shelf.note_used({place("/a/"): 2, place("/nowhere/"): 4}, at=1100.0)
    shelf.note_used({place("/a/"): 3}, at=1200.0)
    shelf.expire(5.0)

    assert [each.uses for each in shelf.stale(most=9)] == [5]


def test_room_is_made_by_what_was_used_longest_ago(shelf):
    targets = ["/a/", "/b/", "/c/", "/d/"]
    for number, target in enumerate(targets):
        shelf.put(a_page(target, printed_at=1000.0 + number))
    shelf.note_used({place("/a/"): 1}, at=5000.0)
    size = shelf.state(*place("/a/")).bytes

    shelf.most_bytes = size * 2 + 10

    assert shelf.evict() == 2
    assert on_it(shelf, *targets) == ["/a/", "/d/"]
    assert len(list(shelf.pages.glob("*/*"))) == 2
    assert list(shelf.verify()) == []


def test_what_fits_stays(shelf):
    shelf.put(a_page())

    assert shelf.evict() == 0


def test_room_is_made_however_many_must_go(shelf, monkeypatch):
    monkeypatch.setattr("masthead.press.shelf.keeping.EVICT_AT_ONCE", 2)
    for number in range(7):
        shelf.put(a_page(f"/{number}/"))
    shelf.most_bytes = 0

    assert (shelf.evict(), shelf.total_bytes()) == (7, 0)


def test_keys_go_with_their_page(shelf):
    shelf.put(a_page("/a/", keys=("a1",)))
    shelf.drop(*place("/a/"))
    shelf.put(a_page("/b/", keys=("a2",)))

    assert shelf.apply(Purge(1, ("a1",), (), 1.0)).places == ()
    rows = shelf.ledger.connection().execute("SELECT key FROM page_key").fetchall()
    assert rows == [("a2",)]


def test_after_another_edition_of_the_program_every_page_is_in_doubt(shelf):
    shelf.put(a_page("/a/"))
    shelf.set_edition("one")

    shelf.doubt_everything(1500.0)

    assert shelf.stale(most=9) == [Stale(HOST, "/a/", "public", 1500.0, 0)]
    assert (shelf.read(*place("/a/")) is not None, shelf.edition()) == (True, "one")


def test_a_state_knows_whether_it_is_fresh(shelf):
    shelf.put(a_page("/a/", fresh_until=1500.0))
    fresh = shelf.state(*place("/a/"))
    shelf.expire(1500.0)

    assert (fresh.is_fresh(1499.0), fresh.is_fresh(1500.0)) == (True, False)
    assert shelf.state(*place("/a/")).is_fresh(1499.0) is False


def test_a_shelf_says_when_it_is_full(shelf):
    shelf.put(a_page())

    assert shelf.is_full() is False
    shelf.most_bytes = shelf.total_bytes()
    assert shelf.is_full() is True


def test_what_there_is_is_counted(shelf):
    shelf.put(a_page("/a/", fresh_until=1500.0))
    shelf.put(a_page("/b/"))
    shelf.expire(1500.0)

    assert shelf.counts() == {
        "pages": 2,
        "stale": 1,
        "bytes": shelf.total_bytes(),
        "addresses": 0,
    }


def test_starting_over_leaves_nothing_that_was_printed_or_followed(shelf):
    shelf.put(a_page("/a/"))
    shelf.apply(Purge(1, ("a1",), (), 10.0))
    shelf.set_edition("x")

    shelf.start_over()

    assert on_it(shelf, "/a/") == []
    assert (shelf.applied(), shelf.edition()) == (0, "")
    assert not shelf.hosts().complete
    assert list(shelf.pages.rglob("*.page")) == []
