"""
`bin/bench related`: how good the lists below articles are, and what they cost.

Good: against a full-text query alone and TF-IDF cosine over whole texts, both plain and our own,
on a labelled collection; an article is right below another when they share a topic. Topics are
told to none of the three. Costs: a new article in a large archive, and the archive anew.
"""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from benchmarks.report import Report

PARTS = ("quality", "costs")


def run(*, short: bool, only: Sequence[str] = (), labelled: Path | None = None) -> Report:
    report = Report("related", columns=("", "ours", "peer", "ratio"))
    for part in PARTS:
        if not only or part in only:
            import_module(f"benchmarks.related.{part}").measure(
                report, short=short, labelled=labelled
            )
    return report
