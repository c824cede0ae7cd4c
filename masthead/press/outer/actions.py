"""Writes: a cache in front is told what it has not been told yet."""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from socket import gethostname
from urllib.parse import urlsplit

from django.conf import settings

from masthead.changes import keys as names
from masthead.changes.models import Change
from masthead.changes.queries import changes_after
from masthead.outlets.queries import sheets
from masthead.press.door.deciding import quoted
from masthead.press.models import NEVER, OuterCacheState, UntoldPlaces
from masthead.press.outer.caches import OuterCache, Purging, outer_caches, tell
from masthead.press.outer.client import NotTold
from masthead.press.own_shelf import own_shelf
from masthead.press.shelf import Shelf

log = logging.getLogger(__name__)
MOST_AT_ONCE = 500  # changes; what they touch is told together
MOST_ADDRESSES = 2_000
FORGET_MACHINES = timedelta(days=7)  # as the log of changes forgets


def tell_state(*, state: OuterCacheState, at: datetime) -> bool:
    """
    Tell one cache all it has to be told: first what is gone, then what is printed anew.

    False when it did not take it; what it took is noted, so the next try goes on from there.
    Safe to repeat and to run twice at once: numbers only grow.
    """
    cache = next((each for each in outer_caches() if each.name == state.cache), None)
    if cache is None:
        return True
    try:
        _tell_gone(cache, state)
        _tell_printed(cache, state)
    except NotTold as reason:
        _note_trouble(state, str(reason), at)
        return False
    if state.failing_since is not None:
        log.info("%s takes purges again.", state.cache)
    told = OuterCacheState.objects.filter(pk=state.pk)
    told.update(trouble="", failing_since=None, tried_at=at)
    _forget_places(state.machine)
    return True


def forget_machines(*, at: datetime) -> None:
    """Machines not heard of for long, and caches that are set no more."""
    names = [each.name for each in outer_caches()]
    OuterCacheState.objects.exclude(cache__in=names).delete()
    left = OuterCacheState.objects.filter(tried_at__lt=at - FORGET_MACHINES)
    left.exclude(machine=gethostname()[:64]).delete()
    known = OuterCacheState.objects.values("machine")
    UntoldPlaces.objects.exclude(machine__in=known).delete()


def _tell_gone(cache: OuterCache, state: OuterCacheState) -> None:
    if state.told == NEVER:
        return  # it is told to drop everything
    while state.told_gone < state.applied:
        changes, is_gap = _read(max(state.told_gone, state.told), up_to=state.applied)
        if is_gap:
            return
        last = changes[-1].number if changes else state.applied
        if any(change.gone for change in changes):
            places = _places(state, state.told_gone, last)
            found = [tuple(each) for row in places for each in row.gone]
            keys = {key for change in changes for key in change.gone}
            tell(cache, _purging(last, keys, found))
        _advance(state, told_gone=last)


def _tell_printed(cache: OuterCache, state: OuterCacheState) -> None:
    while state.told < state.printed or state.told == NEVER:
        changes, is_gap = _read(max(state.told, 0), up_to=state.printed)
        if is_gap or state.told == NEVER:
            tell(cache, _everything(state.printed))
            _advance(state, told=state.printed, told_gone=state.printed)
            return
        last = changes[-1].number if changes else state.printed
        places = _places(state, state.told, last)
        found = [tuple(each) for row in places for each in (*row.gone, *row.changed)]
        keys = {key for change in changes for key in (*change.keys, *change.gone)}
        tell(cache, _purging(last, keys, found))
        _advance(state, told=last, told_gone=max(last, state.told_gone))


def _read(after: int, *, up_to: int) -> tuple[list[Change], bool]:
    """The changes to tell of, and whether some are forgotten."""
    found = changes_after(after, most=MOST_AT_ONCE)
    is_gap = bool(found) and found[0].number != after + 1
    return [change for change in found if change.number <= up_to], is_gap


def _places(state: OuterCacheState, after: int, up_to: int) -> Iterable[UntoldPlaces]:
    rows = UntoldPlaces.objects.filter(machine=state.machine, number__gt=after, number__lte=up_to)
    return rows.order_by("number", "pk")


def _advance(state: OuterCacheState, **numbers: int) -> None:
    for name, number in numbers.items():
        setattr(state, name, number)
        behind = OuterCacheState.objects.filter(pk=state.pk, **{f"{name}__lt": number})
        behind.update(**{name: number})


def _purging(number: int, keys: set[str], places: Sequence[tuple[str, ...]]) -> Purging:
    if names.EVERYTHING in keys:
        return _everything(number)
    # Caches hold nothing of one reader, and are not told who there is.
    shown = sorted(key for key in keys if not names.whose(key))
    return _at(own_shelf(), number, shown, places)


def _everything(number: int) -> Purging:
    """Every page has its outlet's key, or the network's."""
    shelf = own_shelf()
    keys = [names.NETWORK, *(names.outlet(sheet.id) for sheet in sheets())]
    busy = shelf.showing([names.EVERYTHING], most=MOST_ADDRESSES)
    places = [place[:2] for place in busy if not place[1].startswith("!")]
    return _at(shelf, number, keys, places, everything=True)


def _at(
    shelf: Shelf,
    number: int,
    keys: Sequence[str],
    places: Sequence[tuple[str, ...]],
    *,
    everything: bool = False,
) -> Purging:
    asked_as: dict[str, list[str]] = {}
    for raw, canonical in shelf.hosts().canonical.items():
        asked_as.setdefault(canonical, []).append(raw)
    bases = _bases()
    once = list(dict.fromkeys(places))[:MOST_ADDRESSES]
    return Purging(
        number=number,
        keys=tuple(keys),
        addresses=tuple((raw, target) for host, target in once for raw in asked_as.get(host, ())),
        urls=tuple(bases[host] + quoted(target) for host, target in once if host in bases),
        everything=everything,
    )


def _bases() -> dict[str, str]:
    """A canonical host as readers write it: with scheme and port."""
    found = [settings.NETWORK_URL, *(sheet.base for sheet in sheets())]
    origins = [urlsplit(each) for each in found]
    return {each.hostname: f"{each.scheme}://{each.netloc}" for each in origins if each.hostname}


def _note_trouble(state: OuterCacheState, reason: str, at: datetime) -> None:
    if state.failing_since is None:
        log.warning("%s cannot be told what changed: %s", state.cache, reason)
    failing = OuterCacheState.objects.filter(pk=state.pk)
    failing.update(trouble=reason[:200], failing_since=state.failing_since or at, tried_at=at)


def _forget_places(machine: str) -> None:
    """What every cache of this machine has been told."""
    states = OuterCacheState.objects.filter(machine=machine).values_list("told", flat=True)
    UntoldPlaces.objects.filter(machine=machine, number__lte=min(states, default=NEVER)).delete()
