"""A purge touches exactly the pages that show what changed."""

from dataclasses import replace

import pytest

from masthead.press.shelf import Gap, Purge, purging
from tests.press.shelf.pages import HOST, a_page

BRIDGE = (HOST, "/port/bridge/", "public")
FRONT = (HOST, "/", "public")


def purge(number=1, *keys, gone=(), at=2000.0):
    return Purge(number, keys, gone, at)


@pytest.fixture
def filled(shelf):
    """The bridge's article and a front that shows it; a story that has nothing to do with it."""
    shelf.put(a_page(keys=("o1", "a55")))
    shelf.put(a_page("/", keys=("o1", "front1", "a55")))
    shelf.put(a_page("/town/fair/", keys=("o1", "a77")))
    return shelf


def since(shelf, place):
    state = shelf.state(*place)
    return None if state is None else state.stale_since


def test_pages_that_carry_a_key_are_stale_and_others_are_not(filled):
    done = filled.apply(purge(1, "a55"))

    assert set(done.places) == {BRIDGE, FRONT}
    assert [since(filled, place) for place in (BRIDGE, FRONT)] == [2000.0, 2000.0]
    assert since(filled, (HOST, "/town/fair/", "public")) == 0.0
    assert filled.applied() == 1


def test_a_stale_page_is_still_read(filled):
    filled.apply(purge(1, "a55"))

    assert filled.read(*BRIDGE) is not None


def test_a_page_keeps_the_moment_it_became_stale(filled):
    filled.apply(purge(1, "a55"))
    done = filled.apply(purge(2, "a55", at=3000.0))

    assert (done.places, since(filled, BRIDGE)) == ((), 2000.0)


def test_every_page_has_the_key_of_all(filled):
    filled.apply(purge(1, "*"))

    assert len(filled.stale(most=9)) == 3


def test_what_is_gone_is_taken_off_with_its_files(filled):
    done = filled.apply(purge(1, "front1", gone=("a55",)))

    assert set(done.gone) == {BRIDGE, FRONT}
    assert (filled.read(*BRIDGE), filled.read(*FRONT)) == (None, None)
    assert len(list(filled.pages.glob("*/*"))) == 1
    assert list(filled.verify()) == []


def test_everything_can_be_gone(filled):
    filled.apply(purge(1, gone=("*",)))

    assert list(filled.pages.glob("*/*")) == []


def test_a_page_that_could_see_the_purge_is_left_alone(shelf):
    shelf.put(a_page(keys=("a55",), seen=1, status=410))

    done = shelf.apply(purge(1, "a55", gone=("a55",)))

    assert (done.places, done.gone, since(shelf, BRIDGE)) == ((), (), 0.0)


def test_a_number_may_be_repeated(filled):
    first = filled.apply(purge(1, "a55"))
    filled.put(a_page(keys=("o1", "a55"), printed_at=2001.0, seen=1))

    again = filled.apply(purge(1, "a55"))

    assert (first.is_repeated, again.is_repeated) == (False, True)
    assert since(filled, BRIDGE) == 0.0


def test_a_number_that_comes_too_early_is_refused_and_changes_nothing(filled):
    filled.apply(purge(1, "x"))

    with pytest.raises(Gap) as gap:
        filled.apply(purge(4, "a55"))

    assert gap.value.expected == 2
    assert (filled.applied(), since(filled, BRIDGE)) == (1, 0.0)


def test_after_a_gap_that_cannot_be_filled_everything_is_stale(filled):
    filled.apply_everything(9, at=2500.0)

    assert filled.applied() == 9
    assert [each.since for each in filled.stale(most=9)] == [2500.0] * 3
    assert filled.apply(purge(10, "x")).number == 10


def test_everything_up_to_a_number_that_was_applied_is_nothing(filled):
    filled.apply(purge(1, "x"))

    filled.apply_everything(1, at=2500.0)

    assert filled.stale(most=9) == []


def test_a_page_purged_while_it_was_printed_is_stale_from_the_start(shelf):
    shelf.apply(purge(1, "a55"))
    shelf.apply(purge(2, "a55", at=2100.0))

    assert shelf.put(a_page(keys=("a55",), seen=0)) is True
    assert since(shelf, BRIDGE) == 2000.0


def test_a_print_between_two_purges_is_stale_since_the_later(shelf):
    shelf.apply(purge(1, "a55"))
    shelf.apply(purge(2, "a55", at=2100.0))

    shelf.put(a_page(keys=("a55",), seen=1))

    assert since(shelf, BRIDGE) == 2100.0


def test_the_key_of_all_hits_a_print_as_well(shelf):
    shelf.apply(purge(1, "*"))

    shelf.put(a_page())

    assert since(shelf, BRIDGE) == 2000.0


def test_purges_of_other_keys_leave_a_print_fresh(shelf):
    shelf.apply(purge(1, "a77", gone=("a78",)))

    shelf.put(a_page(keys=("a55",)))

    assert since(shelf, BRIDGE) == 0.0


@pytest.mark.parametrize("gone", ["a55", "*"])
def test_a_page_that_was_withdrawn_while_it_was_printed_is_not_shelved(shelf, gone):
    shelf.apply(purge(1, gone=(gone,)))

    assert shelf.put(a_page(keys=("o1", "a55"))) is False
    assert (shelf.read(*BRIDGE), list(shelf.pages.glob("*/*"))) == (None, [])


def test_a_print_from_before_a_gap_is_not_shelved_for_nobody_knows_what_is_gone(shelf):
    shelf.apply_everything(9, at=2500.0)

    assert shelf.put(a_page(seen=8)) is False
    assert shelf.put(a_page(seen=9)) is True


def test_a_new_print_drops_the_keys_that_it_no_longer_shows(filled):
    filled.put(replace(a_page("/", keys=("o1", "front1")), printed_at=1001.0))

    assert filled.apply(purge(1, "a55")).places == (BRIDGE,)


def test_old_purges_are_forgotten_and_prints_from_before_them_refused(shelf, monkeypatch):
    monkeypatch.setattr(purging, "KEEP_PURGES", 3)
    monkeypatch.setattr(purging, "TRIM_EVERY", 5)
    day = purging.KEEP_SECONDS
    for number in range(1, 6):
        shelf.apply(purge(number, "x", at=1.0 if number < 5 else day + 100.0))

    numbers = shelf.ledger.connection().execute("SELECT number FROM purge").fetchall()

    assert numbers == [(3,), (4,), (5,)]
    assert shelf.put(a_page(seen=1)) is False
    assert shelf.put(a_page(seen=2)) is True


def test_purges_of_the_last_day_are_kept(shelf, monkeypatch):
    monkeypatch.setattr(purging, "KEEP_PURGES", 1)
    monkeypatch.setattr(purging, "TRIM_EVERY", 1)
    for number in range(1, 6):
        shelf.apply(purge(number, "x"))

    assert shelf.ledger.connection().execute("SELECT count(*) FROM purge").fetchone() == (5,)
