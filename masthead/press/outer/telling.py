"""What the keeper does for the caches in front: it notes what they must be told, and when."""

import time
from collections.abc import Sequence
from socket import gethostname

from django.db import transaction

from masthead.changes.models import Change
from masthead.changes.queries import changes_after
from masthead.press.jobs import tell_outer_cache
from masthead.press.models import NEVER, OuterCacheState, UntoldPlaces
from masthead.press.outer.caches import outer_caches
from masthead.press.outer.queries import untold
from masthead.press.shelf import Shelf

# The rest of what a large change touches is a minute old at most, as in any cache.
MOST_CHANGED = 500
MOST_GONE = 20_000
# After an act that touches a whole archive the caches are not kept waiting for all of it.
PATIENCE_SECONDS = 10.0


class Telling:
    """
    For one machine's shelf; does nothing where no cache is set.

    Raises ImproperlyConfigured.
    """

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.machine = gethostname()[:64]
        self.names = [cache.name for cache in outer_caches()]
        self._printed = -1
        self._waiting_since: float | None = None

    def before(self, changes: Sequence[Change]) -> None:
        """The shelf is about to apply these: note where what they touch is shown."""
        if self.names:
            places = (self._places(change) for change in changes)
            UntoldPlaces.objects.bulk_create(each for each in places if each.gone or each.changed)

    def after(self, changes: Sequence[Change]) -> None:
        """The shelf has applied these: what is gone is told at once."""
        if self.names and any(change.gone for change in changes):
            self._ask(applied=changes[-1].number)

    def caught_up(self) -> None:
        """What was stale is printed anew, as far as it can be: now the caches may ask for it."""
        self._waiting_since = None
        # Not `applied`: another process may have applied a change that nobody has printed yet.
        number = self.shelf.learned()
        if self.names and number != self._printed:
            self._tell_printed(number)

    def working(self) -> None:
        """There is more to print; long work does not keep the caches waiting for ever."""
        if self.names and self.shelf.learned() != self._printed:
            now = time.monotonic()
            self._waiting_since = self._waiting_since or now
            if now - self._waiting_since > PATIENCE_SECONDS:
                self.caught_up()
                self._printed = -1  # once more at the end

    def start_over(self) -> None:
        """The log of changes is another one: what the caches hold may never have been in it."""
        states = OuterCacheState.objects.filter(machine=self.machine)
        states.update(told=NEVER, told_gone=NEVER, applied=0, printed=0)
        UntoldPlaces.objects.filter(machine=self.machine).delete()
        self._printed = -1

    def _tell_printed(self, number: int) -> None:
        """New addresses have a page only now."""
        first = min(state.printed for state in self._states())
        fresh = changes_after(first)
        keys = {key for change in fresh for key in change.keys}
        shown = self.shelf.showing(sorted(keys), most=MOST_CHANGED) if keys else []
        with transaction.atomic():
            UntoldPlaces.objects.create(
                machine=self.machine, number=number, changed=_without_variants(shown)
            )
            self._ask(applied=number, printed=number)
        self._printed = number

    def _ask(self, **numbers: int) -> None:
        """In one transaction with what it notes: killed in between, it is noted and asked again."""
        with transaction.atomic():
            for state in self._states():
                OuterCacheState.objects.filter(pk=state.pk).update(**numbers)
            for state in untold(machine=self.machine):
                tell_outer_cache.later(state_id=state.pk)

    def _states(self) -> list[OuterCacheState]:
        states = OuterCacheState.objects
        return [states.get_or_create(machine=self.machine, cache=name)[0] for name in self.names]

    def _places(self, change: Change) -> UntoldPlaces:
        gone, changed = [], []
        if change.gone:
            gone = self.shelf.showing(change.gone, most=MOST_GONE)
        if change.keys:
            changed = self.shelf.showing(change.keys, most=MOST_CHANGED)
        return UntoldPlaces(
            machine=self.machine,
            number=change.number,
            gone=_without_variants(gone),
            changed=_without_variants(changed),
        )


def _without_variants(places: Sequence[tuple[str, str, str]]) -> list[list[str]]:
    """Only the public's pages lie in shared caches; "!404" is no address."""
    return [
        [host, target]
        for host, target, variant in places
        if variant == "public" and not target.startswith("!")
    ]
