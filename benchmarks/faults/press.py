"""
`bin/faults press`: kill -9 at every statement, commit and file operation of publishing, updating
and withdrawing, of following the log, of printing, and of making room on the shelf.

After each kill every page on the shelf must be whole and old or new. Then the keeper is started
again: every page must be what would be printed now, nothing that was acknowledged may be lost,
nothing doubled, nothing left behind, and what was withdrawn must be on no page. Each kill meets the
same place (`faults.saved`); in the long form each core has one of its own.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

from benchmarks.faults import press_shelf
from benchmarks.faults.kill_points import NEVER, Ending, chosen_steps, die_at
from benchmarks.faults.press_acts import ACTS, Case, start_again
from benchmarks.faults.press_points import watch_shelf
from benchmarks.faults.press_shelf import Seen, look
from benchmarks.faults.saved import Saved, saved_place, side_by_side
from benchmarks.newsroom import Newsroom, found_newsroom
from benchmarks.report import Report
from benchmarks.scratch import tell
from masthead.articles.models import ArticlePage
from masthead.changes.queries import newest_number
from masthead.cli.app import load_program
from masthead.press.edition import edition
from masthead.press.own_shelf import own_shelf

SHORT_STEPS = 1  # around commits and renames, and as many others
NEW_AGAIN_SECONDS = 60.0


@dataclass
class Findings:
    kills: int = 0
    steps: int = 0
    slowest: float = 0.0
    wrong: list[str] = field(default_factory=list)

    def add(self, more: "Findings") -> None:
        self.kills += more.kills
        self.slowest = max(self.slowest, more.slowest)
        self.wrong += more.wrong


def run(*, short: bool) -> Report:
    report = Report("faults press", columns=("act", "kills of steps", "s until new", "survived"))
    _warm_up()
    with a_mirrored_shelf():
        newsroom = found_newsroom("press-faults", named=["Port"], authors=1, topics=1)
        found = {name: _try_steps(newsroom, name, prepare, short) for name, prepare in ACTS.items()}
    for name, each in found.items():
        survived = 1 - len(each.wrong) / max(1, each.kills)
        report.row(name, f"{each.kills} of {each.steps}", f"{each.slowest:.1f}", survived)
        report.figures[name.replace(" ", "_")] = {
            "kills": each.kills,
            "steps": each.steps,
            "seconds": round(each.slowest, 2),
            "wrong": len(each.wrong),
        }
    wrong = [fault for each in found.values() for fault in each.wrong]
    report.figures["wrong"] = wrong[:20]
    report.exactly("pages half, lost, old for good, or shown after a withdrawal", len(wrong), 0)
    slowest = max(each.slowest for each in found.values())
    report.at_most("from the start after a kill to the last new page", slowest, NEW_AGAIN_SECONDS)
    return report


def _warm_up() -> None:
    """What each child would do anew: templates compiled, the program's own files read."""
    load_program()
    edition()


@contextmanager
def a_mirrored_shelf() -> Iterator[None]:
    """This run's shelf keeps public pages as plain files too."""
    with patch.dict(os.environ, {"MASTHEAD_SHELF_MIRROR": "true"}):
        own_shelf.cache_clear()
        yield
        own_shelf().close()
    own_shelf.cache_clear()


def _try_steps(
    newsroom: Newsroom, name: str, prepare: Callable[[Newsroom], Case], short: bool
) -> Findings:
    found, case = Findings(), prepare(newsroom)
    with saved_place() as saved:
        steps = _die_at(NEVER, case.act).steps
        found.steps = len(steps)
        if not short:
            _judge(found, case, Ending(killed=False, steps=steps), f"{name}, no kill")
        chosen = chosen_steps(steps, most=SHORT_STEPS if short else None)
        tell(f"{name}: {len(steps)} steps, kills at {len(chosen)} of them …")

        def kill_at(some: Sequence[int]) -> Findings:
            return _kill_at_each(some, name, case, saved)

        processes = 1 if short else len(os.sched_getaffinity(0))
        for each in side_by_side(saved, kill_at, chosen, processes=processes):
            found.add(each)
        saved.bring_back()
    return found


def _kill_at_each(steps: Sequence[int], name: str, case: Case, saved: Saved) -> Findings:
    found = Findings()
    for step in steps:
        saved.bring_back()
        ending = _die_at(step, case.act)
        found.kills += ending.killed
        _judge(found, case, ending, f"{name}, step {step} ({ending.steps[-1]})")
    return found


def _judge(found: Findings, case: Case, ending: Ending, where: str) -> None:
    """Before anybody mends anything, then after a keeper was started again."""
    article = ArticlePage.objects.get(pk=case.article.pk)
    faults = list(press_shelf.not_whole())
    if not ending.killed and not case.is_done(article):
        faults.append("what was acknowledged is lost")
    is_away = bool(case.withdrawn) and not article.live
    if is_away and (not ending.killed or own_shelf().applied() == newest_number()):
        faults += press_shelf.showing(case.withdrawn)
    middle = look()
    began = time.monotonic()
    start_again()
    found.slowest = max(found.slowest, time.monotonic() - began)
    faults += _neither_old_nor_new(case.before, middle, look())
    faults += press_shelf.not_whole()
    faults += press_shelf.left_behind()
    faults += press_shelf.differences()
    faults += press_shelf.unknown_addresses()
    faults += press_shelf.doubled(article)
    faults += press_shelf.showing(case.withdrawn) if is_away else ()
    found.wrong += [f"{where}: {fault}" for fault in faults]


def _neither_old_nor_new(old: Seen, middle: Seen, new: Seen) -> Iterator[str]:
    """What is missing in between is printed when somebody asks."""
    for name, seen in middle.pages.items():
        if seen not in (old.pages.get(name), new.pages.get(name)):
            yield f"{name[1]} was neither old nor new"
    for name, copy in middle.mirror.items():
        if copy not in (old.mirror.get(name), new.mirror.get(name)):
            yield f"{name} was neither old nor new in the mirror"


def _die_at(step: int, act: Callable[[], object]) -> Ending:
    own_shelf().close()
    return die_at(step, act, watch_too=watch_shelf)
