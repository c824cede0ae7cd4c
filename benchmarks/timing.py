"""Timing in turn: A B A B, medians, so that what else the machine does hits all alike."""

import gc
import time
from collections.abc import Callable
from statistics import median

from django.db import connection


def cpu_clock() -> Callable[[], float]:
    """
    Processor time of this process, which a busy machine does not stretch.

    On PostgreSQL the wall clock: the work is done in a process that is not ours.
    """
    return time.process_time if connection.vendor == "sqlite" else time.perf_counter


def in_turn(
    works: dict[str, Callable[[], object]],
    *,
    rounds: int,
    clock: Callable[[], float] | None = None,
) -> dict[str, float]:
    """The median of each in ms. A first round is thrown away: it fills caches."""
    clock = clock or cpu_clock()
    taken: dict[str, list[float]] = {name: [] for name in works}
    gc.collect()
    for turn in range(rounds + 1):
        for name, work in works.items():
            began = clock()
            work()
            if turn:
                taken[name].append((clock() - began) * 1000)
    return {name: median(each) for name, each in taken.items()}
