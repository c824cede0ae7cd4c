"""Work that press leaves for later."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from masthead.jobs.decorator import job
from masthead.jobs.schedule import daily, every
from masthead.press.models import OuterCacheState
from masthead.press.outer.actions import forget_machines, tell_state
from masthead.press.outer.queries import is_any_untold, untold

# A cache that hangs takes some seconds of a worker; between tries the others have it.
REST = timedelta(seconds=15)


@job(retries=5, priority=10, unique="cache {state_id}")
def tell_outer_cache(*, state_id: int, **_: object) -> None:
    """
    Tell one cache in front what changed. At least once, in order.

    A cache that does not take it is no failure of ours: it is asked again each half minute, for as
    long as it takes.
    """
    state = OuterCacheState.objects.filter(pk=state_id).first()
    now = timezone.now()
    if state is None:
        return
    is_resting = state.failing_since and state.tried_at and now < state.tried_at + REST
    if not is_resting:
        tell_state(state=state, at=now)


@every(seconds=30, when=is_any_untold)
def tell_those_behind(**_: Any) -> None:
    """Caches that were away, and what a kill left undone."""
    for state in untold():
        tell_outer_cache.later(state_id=state.pk)


@daily(at="03:40")
def forget_machines_that_left(**_: Any) -> None:
    forget_machines(at=timezone.now())
