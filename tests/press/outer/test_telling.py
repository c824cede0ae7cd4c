"""Caches in front are told of each change when its pages are new, and of nothing twice or never."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from masthead.changes.actions import note_change
from masthead.changes.models import Change
from masthead.changes.queries import changes_after, newest_number
from masthead.cli.status import gather
from masthead.jobs.models import Job
from masthead.jobs.worker import run_due_jobs
from masthead.press.following import follow
from masthead.press.jobs import tell_outer_cache, tell_those_behind
from masthead.press.keeper import Keeper
from masthead.press.models import NEVER, OuterCacheState, UntoldPlaces
from masthead.press.outer import actions, caches
from masthead.press.outer.actions import forget_machines
from masthead.press.outer.caches import OuterCache, Purging
from masthead.press.outer.client import NotTold
from masthead.press.outer.queries import is_any_untold
from masthead.publishing.actions import withdraw_article
from tests.factories import an_article
from tests.press.acts import changed, publish
from tests.press.conftest import Network
from tests.press.keeping import Kept


@dataclass
class Front:
    """A cache that notes what it was told, and what was still stale on the shelf then."""

    kept: Any = None
    is_away: bool = False
    told: list[Purging] = field(default_factory=list)
    stale: list[set[str]] = field(default_factory=list)

    def take(self, cache: OuterCache, purging: Purging) -> None:
        if self.is_away:
            raise NotTold("cache.example did not answer.")
        self.told.append(purging)
        self.stale.append({each.target for each in self.kept.shelf.stale(most=99)})

    def targets(self) -> set[str]:
        """Of what it was told last, on the network's own host."""
        return {target for host, target in self.told[-1].addresses if host == "127.0.0.1"}


@pytest.fixture
def front(settings: Any, monkeypatch: Any) -> Front:
    settings.OUTER_CACHES = ["front http://cache.example"]
    front = Front()
    monkeypatch.setitem(caches._adapters, "front", front.take)
    return front


@pytest.fixture
def told(front: Front, kept: Kept, monkeypatch: Any) -> Iterator[Front]:
    """With everything behind it that a first start tells."""
    front.kept = kept
    monkeypatch.setattr(actions, "own_shelf", lambda: kept.shelf)
    kept.follow()
    run_due_jobs()
    assert [each.everything for each in front.told] == [True]
    front.told.clear()
    front.stale.clear()
    return front


def test_a_new_cache_is_told_to_drop_everything(told: Front, kept: Kept) -> None:
    OuterCacheState.objects.all().delete()
    kept.keeper.outer._printed = -1  # as after a start
    kept.follow()
    run_due_jobs()

    [purging] = told.told
    assert (purging.everything, purging.number) == (True, newest_number())
    assert {"network"} < set(purging.keys)
    assert ("127.0.0.1", "/courier/") in purging.addresses


def test_every_printed_page_has_the_key_of_an_outlet_or_the_network(
    network: Network, kept: Kept
) -> None:
    every = {"network", f"o{network.courier.pk}", f"o{network.tideline.pk}"}

    bare = [
        place
        for place in kept.files()
        if (page := kept.shelf.read(*place)) is None or not every & set(page.keys)
    ]

    assert bare == []


def test_a_release_is_told_once_its_pages_are_new(
    network: Network, told: Front, kept: Kept
) -> None:
    with kept.an_act() as anew:
        publish(changed(network.stories["two"], title="Port two, later"))
    run_due_jobs()

    [purging] = told.told
    article = network.path("two")
    public = {target for target in anew.printed if "(" not in target and target[0] != "!"}
    assert (purging.number, told.stale, purging.everything) == (newest_number(), [set()], False)
    assert f"a{network.stories['two'].pk}" in purging.keys
    assert public <= told.targets()
    assert f"http://127.0.0.1:8000{article}" in purging.urls
    assert {host for host, target in purging.addresses if target == article} == set(
        kept.shelf.hosts().canonical
    )


def test_a_new_address_is_told_too_since_a_cache_may_know_it_as_missing(
    network: Network, told: Front, kept: Kept
) -> None:
    with kept.an_act():
        article = an_article(network.port, "Port six", at=timezone.now())
    run_due_jobs()

    assert article.url_path in told.targets()


def test_a_page_that_shows_the_article_no_longer_is_told_of_it(
    network: Network, told: Front, kept: Kept
) -> None:
    """The new print of it has lost the key; a cache keeps the old one by its address."""
    with kept.an_act():
        network.tides.refresh_from_db()
        publish(changed(network.stories["three"], topics=[]))
    run_due_jobs()

    key = f"a{network.stories['three'].pk}"
    page = kept.page("/courier/topics/tides/")
    assert page is None or key not in page.keys
    assert "/courier/topics/tides/" in told.targets()


def test_what_is_withdrawn_is_told_before_anything_is_printed_anew(
    network: Network, told: Front, kept: Kept
) -> None:
    path = network.path("five")
    with kept.capture(execute=True):
        withdraw(network, "five")
    run_due_jobs()

    kept.keeper.follow()
    run_due_jobs()
    at_once, is_printed = list(told.told), kept.page(path) is not None
    kept.follow()
    run_due_jobs()

    assert (len(at_once), is_printed) == (1, False)
    assert f"a{network.stories['five'].pk}" in at_once[0].keys
    assert ("127.0.0.1", path) in at_once[0].addresses
    assert path in told.targets()
    assert told.told[-1].number == newest_number()


def test_a_cache_that_is_away_holds_nothing_up_and_is_told_later(
    network: Network, told: Front, kept: Kept, clock: time_machine.Traveller
) -> None:
    told.is_away = True
    for word in ("later", "later still"):
        with kept.an_act():
            publish(changed(network.stories["two"], title=f"Port two, {word}"))
        run_due_jobs()
    failing = gather()["outer_caches_failing"]
    is_old = kept.outdated()
    told.is_away = False
    clock.shift(timedelta(seconds=31))
    waits = is_any_untold()
    tell_those_behind()
    run_due_jobs()

    assert is_old == {}
    assert [each.partition(" since ")[0] for each in failing] == ["front http://cache.example"]
    assert failing[0].endswith(": cache.example did not answer.")
    assert (len(told.told), told.told[0].number, waits) == (1, newest_number(), True)
    assert network.path("two") in told.targets()
    assert (gather()["outer_caches_failing"], is_any_untold()) == ([], False)
    assert Job.objects.filter(state=Job.State.DEAD).count() == 0


def test_one_that_was_just_tried_in_vain_is_left_alone_for_a_while(
    network: Network, told: Front, kept: Kept, clock: time_machine.Traveller
) -> None:
    told.is_away = True
    with kept.an_act():
        publish(changed(network.stories["two"], title="Port two, later"))
    run_due_jobs()
    told.is_away = False
    state = OuterCacheState.objects.get()

    tell_outer_cache(state_id=state.pk)
    after_none = list(told.told)
    clock.shift(timedelta(seconds=16))
    tell_outer_cache(state_id=state.pk)

    assert (after_none, len(told.told)) == ([], 1)


def test_what_a_killed_worker_left_undone_is_told_after_the_next_start(
    network: Network, told: Front, kept: Kept, monkeypatch: Any
) -> None:
    """Killed when the shelf had it and no job was left; the new print has lost the key."""
    with monkeypatch.context() as killed:
        killed.setattr(kept.keeper.outer, "caught_up", lambda: None)
        with kept.an_act():
            publish(changed(network.stories["three"], topics=[]))
        Job.objects.filter(state=Job.State.READY).delete()
    started = Keeper(kept.shelf)

    started.catch_up()
    run_due_jobs()

    assert (len(told.told), told.told[0].number) == (1, newest_number())
    assert "/courier/topics/tides/" in told.targets()


def test_after_a_gap_in_the_log_everything_is_dropped(
    network: Network, told: Front, kept: Kept
) -> None:
    told.is_away = True
    for _ in range(3):
        note_change(keys=["a1"], at=timezone.now())
    kept.follow()
    run_due_jobs()
    Change.objects.filter(number__lt=newest_number()).delete()
    told.is_away = False
    OuterCacheState.objects.update(tried_at=None)
    tell_those_behind()
    run_due_jobs()

    assert [(each.everything, each.number) for each in told.told] == [(True, newest_number())]


def test_a_change_that_another_process_applied_is_not_told_as_printed(
    network: Network, told: Front, kept: Kept, monkeypatch: Any
) -> None:
    """The program behind the door applies its own changes right after the commit."""
    publish(changed(network.stories["two"], title="Port two, later"))
    newest = newest_number()
    follow(kept.shelf, changes_after(kept.shelf.applied()), outer=kept.keeper.outer, fully=False)

    kept.keeper.outer.caught_up()
    too_early = OuterCacheState.objects.get().printed
    kept.follow()
    run_due_jobs()

    assert (too_early < newest, told.told[-1].number, told.stale[-1]) == (True, newest, set())
    assert network.path("two") in told.targets()


def test_after_an_older_database_came_back_everything_is_dropped(told: Front, kept: Kept) -> None:
    told.told.clear()
    Change.objects.filter(number=newest_number()).delete()

    kept.follow()
    run_due_jobs()

    assert [each.everything for each in told.told] == [True]


def test_told_twice_at_once_numbers_only_grow(told: Front, kept: Kept) -> None:
    state = OuterCacheState.objects.get()
    older = OuterCacheState.objects.get()
    note_change(keys=["a1"], at=timezone.now())
    kept.follow()
    state.refresh_from_db()

    actions.tell_state(state=state, at=timezone.now())
    actions.tell_state(state=older, at=timezone.now())

    assert OuterCacheState.objects.get().told == newest_number()


def test_long_work_does_not_keep_the_caches_waiting_for_all_of_it(
    told: Front, kept: Kept, monkeypatch: Any
) -> None:
    outer = kept.keeper.outer
    note_change(keys=["a1"], at=timezone.now())
    kept.keeper.follow()
    clock = iter([100.0, 105.0, 111.0, 112.0])
    monkeypatch.setattr("masthead.press.outer.telling.time.monotonic", lambda: next(clock))

    asked = []
    for _ in range(3):
        outer.working()
        asked.append(OuterCacheState.objects.get().printed == newest_number())
    outer.caught_up()

    assert asked == [False, False, True]
    assert outer._printed == newest_number()


def test_what_was_told_is_noted_no_longer_than_it_is_needed(
    network: Network, told: Front, kept: Kept
) -> None:
    with kept.an_act():
        publish(changed(network.stories["two"], title="Port two, later"))
    waiting = UntoldPlaces.objects.count()
    run_due_jobs()

    assert (waiting > 0, UntoldPlaces.objects.count()) == (True, 0)


def test_machines_and_caches_that_are_no_more_are_forgotten(told: Front, settings: Any) -> None:
    now = timezone.now()
    for machine, cache, at in (
        ("left", "front http://cache.example", now - timedelta(days=8)),
        ("beside", "front http://cache.example", now),
        ("beside", "front http://former.example", now),
    ):
        OuterCacheState.objects.create(machine=machine, cache=cache, tried_at=at)
    own = OuterCacheState.objects.exclude(machine__in=["left", "beside"]).get()

    forget_machines(at=now)

    left = set(OuterCacheState.objects.values_list("machine", "cache"))
    assert left == {(own.machine, own.cache), ("beside", "front http://cache.example")}


def test_each_machine_tells_of_its_own_shelf(told: Front, kept: Kept) -> None:
    other = OuterCacheState.objects.create(machine="other", cache="front http://cache.example")
    note_change(keys=["a1"], at=timezone.now())

    kept.follow()
    run_due_jobs()

    other.refresh_from_db()
    assert (other.told, len(told.told)) == (NEVER, 1)


def test_without_a_cache_nothing_is_written(network: Network, kept: Kept) -> None:
    with kept.an_act():
        withdraw(network, "five")

    assert (OuterCacheState.objects.count(), UntoldPlaces.objects.count()) == (0, 0)
    assert (is_any_untold(), gather()["outer_caches_failing"]) == (False, [])


def withdraw(network: Network, story: str) -> None:
    article = network.stories[story]
    article.refresh_from_db()
    withdraw_article(article=article, by=None, at=timezone.now(), reason="Wrong.")
