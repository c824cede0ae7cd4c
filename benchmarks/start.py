"""
`bin/bench start`: from the command to the first page, with nothing to install.

Ours: `masthead up` on a folder that is ready, until the outlet's front is served. The limit: a
Python process that only imports and sets up the same Django apps, in turn.
"""

import time
from statistics import median

from benchmarks.report import Report
from benchmarks.scratch import empty_place, tell
from benchmarks.servers import Place, add_demo, python_seconds

ROUNDS = 5
MOST_SECONDS = 3
FRONT = "/courier/"
BARE = "import masthead, django; django.setup()"


def run(*, short: bool) -> Report:
    report = Report("start", columns=("start-up, s", "masthead up", "bare set-up", "ratio"))
    with empty_place() as variables:
        variables["DJANGO_SETTINGS_MODULE"] = "masthead.conf.settings"
        place = Place(variables)
        tell("Writing a demo network …")
        add_demo(place)
        first_pages, bare = [], []
        for turn in range(ROUNDS):
            tell(f"Start {turn + 1} of {ROUNDS} …")
            first_pages.append(_first_page(place))
            bare.append(python_seconds(BARE, variables))
    ours, limit = median(first_pages), median(bare)
    report.row(f"median of {ROUNDS}", f"{ours:.2f}", f"{limit:.2f}", ours / limit)
    report.row("best and worst", f"{min(first_pages):.2f} – {max(first_pages):.2f}")
    report.figures = {
        "first_page_seconds": round(ours, 3),
        "bare_set_up_seconds": round(limit, 3),
        "ratio": round(ours / limit, 2),
        "all_seconds": [round(each, 3) for each in first_pages],
    }
    report.at_most("first page served after", ours, MOST_SECONDS, "s")
    return report


def _first_page(place: Place) -> float:
    """On a port of its own, so that nothing left of an earlier start can answer."""
    fresh = Place(place.variables)
    began = time.perf_counter()
    with fresh.running("up") as program:
        fresh.wait_for(FRONT, program)
        return time.perf_counter() - began
