"""Encodings that are made when nobody waits."""

from dataclasses import replace

from masthead.press.shelf import Purge, compress
from masthead.press.shelf.compressing import ALL, is_complete
from tests.press.shelf.pages import HOST, TEXT, a_page

PLACE = (HOST, "/port/bridge/", "public")
QUICK = a_page(bodies=compress(TEXT.encode(), in_haste=True))


def test_in_haste_there_is_gzip_alone():
    assert (list(QUICK.bodies), is_complete(QUICK.bodies)) == (["gzip"], False)


def test_what_does_not_shrink_is_complete_as_it_is():
    assert is_complete(compress(b"short", in_haste=True))


def test_the_others_are_made_later_and_the_page_is_the_same(shelf):
    shelf.put(QUICK)

    assert shelf.pack_some(most=8) == 1

    assert shelf.read(*PLACE) == a_page()
    assert tuple(a_page().bodies) == ALL
    assert len(list(shelf.pages.glob("*/*"))) == 1
    assert list(shelf.verify()) == []


def test_doors_hear_of_it(shelf):
    shelf.put(QUICK)
    number, _ = shelf.changes_since(-1)

    shelf.pack_some(most=8)

    assert shelf.changes_since(number)[1] == [PLACE]


def test_then_there_is_nothing_left_to_do(shelf):
    shelf.put(QUICK)
    shelf.put(a_page("/other/"))
    shelf.pack_some(most=8)

    assert shelf.pack_some(most=8) == 0


def test_a_page_that_went_stale_stays_so(shelf):
    shelf.put(QUICK)
    shelf.apply(Purge(1, ("s12",), (), 5.0))

    shelf.pack_some(most=8)

    assert shelf.state(*PLACE).stale_since == 5.0


def test_a_print_that_came_meanwhile_is_kept(shelf, monkeypatch):
    newer = a_page(text="<p>Tuesday.</p>" * 40, printed_at=2000.0)
    shelf.put(QUICK)
    read = shelf.read

    def overtaken(*place):
        found = read(*place)
        shelf.put(newer)
        return found

    monkeypatch.setattr(shelf, "read", overtaken)
    shelf.pack_some(most=8)
    monkeypatch.undo()

    assert shelf.read(*PLACE) == newer
    assert len(list(shelf.pages.glob("*/*"))) == 1


def test_one_that_is_taken_off_meanwhile_is_left_alone(shelf, monkeypatch):
    shelf.put(QUICK)
    monkeypatch.setattr(shelf, "read", lambda *_: None)

    assert shelf.pack_some(most=8) == 1


def test_a_print_anew_in_haste_waits_again(shelf):
    shelf.put(a_page())
    shelf.put(replace(QUICK, printed_at=2000.0))

    assert shelf.pack_some(most=8) == 1
