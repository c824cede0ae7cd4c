"""
`bin/bench ads`: advertising. `pacing` simulates a month of a small network with its real pacing;
`counting` counts at the front door while people read.
"""

from collections.abc import Sequence
from importlib import import_module

from benchmarks.report import Report

PARTS = ("pacing", "counting")


def run(*, short: bool, only: Sequence[str] = PARTS) -> Report:
    report = Report("ads", columns=("", "ours", "wanted", "ratio"))
    for part in PARTS:
        if part in only:
            import_module(f"benchmarks.ads.{part}").measure(report, short=short)
    return report
