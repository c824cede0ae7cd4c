"""
`bin/bench lighthouse`: what Lighthouse gives the demo's pages, of 100 in each of its categories.

Every picture is made and every page printed beforehand, so that the worker rests meanwhile: what is
measured is the page, not what else the machine is doing. Chromium reaches nothing but this machine.
Short: on a phone, once each; else on a phone and at a desk, the median of three.
"""

from collections.abc import Sequence
from statistics import median_low

from benchmarks.lighthouse_scores import CATEGORIES, Scores, measure
from benchmarks.report import Report
from benchmarks.scratch import empty_place, tell
from benchmarks.servers import Place, add_demo

WANTED = 100
PAGES = {
    "article": "/courier/port/night-trial-halfway/",
    "front": "/courier/",
    "section": "/courier/port/",
}
ROUNDS = 3  # Lighthouse's own figure for performance moves by a point or two


def run(*, short: bool) -> Report:
    report = Report("lighthouse", columns=("page", "scores", "wanted", ""))
    forms = ("mobile",) if short else ("mobile", "desktop")
    with empty_place() as variables:
        place = Place(variables)
        tell("Writing a demo network …")
        add_demo(place)
        tell("Making its pictures, printing every page …")
        place.call("worker", "--once")
        with place.running("up") as program:
            # What search engines ask first comes from the app, which takes longer than the pages.
            for path in (*PAGES.values(), "/robots.txt"):
                place.wait_for(path, program)
            base = f"http://127.0.0.1:{place.port}"
            for form in forms:
                tell(f"Measuring ({form}) …")
                urls = [base + path for path in PAGES.values()] * (1 if short else ROUNDS)
                judge(report, measure(urls, form=form), form)
    return report


def judge(report: Report, measured: Sequence[Scores], form: str) -> None:
    """measured: the pages in turn, as often as there were rounds."""
    report.figures[form] = {}
    for place, name in enumerate(PAGES):
        rounds = measured[place :: len(PAGES)]
        scores = {each: _middle(rounds, each) for each in CATEGORIES}
        told = " · ".join(f"{each} {scores[each]}" for each in CATEGORIES)
        report.row(f"{name}, {form}", told, f"{WANTED} each")
        for each in CATEGORIES:
            report.exactly(f"{name}, {form}: {each}", scores[each], WANTED)
        for cost in sorted({cost for each in rounds for cost in each.costs}):
            report.row("", f"cost points: {cost}")
        report.figures[form][name] = scores


def _middle(rounds: Sequence[Scores], category: str) -> int | None:
    """None when one of the rounds could not say."""
    found = [each.of[category] for each in rounds]
    known = [score for score in found if score is not None]
    return median_low(known) if len(known) == len(found) else None
