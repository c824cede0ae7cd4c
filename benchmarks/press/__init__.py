"""
`bin/bench press`: what readers get, against nginx with the same files, plain Wagtail and a bare
server.

The server has core 0 to itself, the load (wrk) core 1. Rounds take turns, so that what else the
machine does hits all alike; what is told are medians, and medians of the ratios of each round.
"""

from collections.abc import Sequence
from importlib import import_module

from benchmarks.report import Report

# In this order: those that change the network come last. Each is a module with `measure(…)`.
PARTS = (
    "articles",
    "kinds",
    "peers",
    "two_processes",
    "first_print",
    "one_render",
    "newsroom_at_work",
    "publishing",
    "memory",
)


def run(*, short: bool, only: Sequence[str] = ()) -> Report:
    from benchmarks.press.needs import require_everything
    from benchmarks.press.stage import Stage

    require_everything()
    report = Report("press", columns=("readers' pages", "ours", "peer", "ratio"))
    stage = Stage.build(short=short)
    for part in PARTS:
        if not only or part in only:
            import_module(f"benchmarks.press.{part}").measure(stage, report)
    return report
