"""
`bin/faults press`: kill -9 at every statement, commit and file operation of publishing, updating
and withdrawing, of following the log, of printing, and of making room on the shelf.

After each kill every page on the shelf must be whole and old or new. Then the keeper is started
again: every page must be what would be printed now, nothing that was acknowledged may be lost,
nothing doubled, nothing left behind, and what was withdrawn must be on no page.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from unittest.mock import patch

from django.utils import timezone

from benchmarks.faults import press_shelf
from benchmarks.faults.kill_points import NEVER, Ending, chosen_steps, die_at
from benchmarks.faults.press_points import watch_shelf
from benchmarks.faults.press_shelf import Seen, keep, look
from benchmarks.newsroom import Newsroom, add_draft, found_newsroom
from benchmarks.report import Report
from benchmarks.scratch import tell
from masthead.articles.models import ArticlePage
from masthead.changes import followers
from masthead.changes.queries import newest_number
from masthead.jobs.models import Job
from masthead.press.actions import print_anew
from masthead.press.keeper import Keeper
from masthead.press.own_shelf import own_shelf
from masthead.press.places import all_sheets, host_of
from masthead.publishing.actions import publish_article, withdraw_article

SHORT_STEPS = 1  # around commits and renames, and as many others
# A keeper's round has a thousand steps, those of one print again and again.
MOST_STEPS = 240
NEW_AGAIN_SECONDS = 60.0
_numbers = count(1)


@dataclass(frozen=True)
class Case:
    """
    The act, and the article it is about. before: what the shelf was like.

    withdrawn: a text that must be nowhere once the article is withdrawn. is_done: whether the
    article is as the act was to leave it.
    """

    article: ArticlePage
    act: Callable[[], object]
    before: Seen
    is_done: Callable[[ArticlePage], bool] = lambda article: True
    withdrawn: str = ""


@dataclass
class Findings:
    kills: int = 0
    steps: int = 0
    old: int = 0
    slowest: float = 0.0
    wrong: list[str] = field(default_factory=list)


def run(*, short: bool) -> Report:
    report = Report("faults press", columns=("act", "kills of steps", "s until new", "survived"))
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
    found = Findings()
    case = prepare(newsroom)
    steps = _die_at(NEVER, case.act).steps
    found.steps = len(steps)
    if not short:
        _judge(found, case, Ending(killed=False, steps=steps), f"{name}, no kill")
    most = SHORT_STEPS if short else MOST_STEPS
    chosen = chosen_steps(steps, most=most if short or len(steps) > 2 * MOST_STEPS else None)
    tell(f"{name}: {len(steps)} steps, kills at {len(chosen)} of them …")
    for step in chosen:
        case = prepare(newsroom)
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
    _start_again()
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


def _start_again() -> None:
    """In a process of its own, as after a kill."""
    own_shelf().close()
    die_at(NEVER, keep)


def _settled() -> Seen:
    """All pages are there. Jobs are another run's matter, and some draw what pages show."""
    _start_again()
    Job.objects.all().delete()
    return look()


@contextmanager
def nobody_follows() -> Iterator[None]:
    """As if another machine had written: this one's keeper has all of it to do."""
    with patch.dict(followers._followers, clear=True):
        yield


def _draft(newsroom: Newsroom) -> ArticlePage:
    number = next(_numbers)
    return add_draft(newsroom, headline=f"Nets are mended {number}", slug=f"nets-{number}")


def _live(newsroom: Newsroom) -> ArticlePage:
    article = _draft(newsroom)
    publish(article)
    return article


def publish(article: ArticlePage) -> None:
    publish_article(article=_now(article), by=None, at=timezone.now())


def withdraw(article: ArticlePage) -> None:
    withdraw_article(article=_now(article), by=None, at=timezone.now(), reason="Not so.")


def edit(article: ArticlePage) -> None:
    edited = _now(article)
    edited.title = f"{edited.title} after all"
    edited.save_revision()


def _now(article: ArticlePage) -> ArticlePage:
    return ArticlePage.objects.get(pk=article.pk)


def _first(newsroom: Newsroom) -> Case:
    draft = _draft(newsroom)
    return Case(draft, lambda: publish(draft), _settled(), lambda article: article.live)


def _update(newsroom: Newsroom) -> Case:
    article = _live(newsroom)
    before = _settled()
    edit(article)

    def is_done(now: ArticlePage) -> bool:
        return now.title.endswith("after all")

    return Case(article, lambda: publish(article), before, is_done)


def _withdrawal(newsroom: Newsroom) -> Case:
    article = _live(newsroom)
    return Case(
        article,
        lambda: withdraw(article),
        _settled(),
        lambda now: not now.live,
        withdrawn=f"{article.title}</h1>",
    )


def _keep_publication(newsroom: Newsroom) -> Case:
    before = _settled()
    with nobody_follows():
        article = _live(newsroom)
    return Case(article, _keep_and_print, before)


def _keep_withdrawal(newsroom: Newsroom) -> Case:
    article = _live(newsroom)
    before = _settled()
    with nobody_follows():
        withdraw(article)
    return Case(article, _keep_and_print, before, withdrawn=f"{article.title}</h1>")


def _follow_update(newsroom: Newsroom) -> Case:
    article = _live(newsroom)
    before = _settled()
    with nobody_follows():
        edit(article)
        publish(article)
    return Case(article, lambda: Keeper(own_shelf()).follow(), before)


def _print(newsroom: Newsroom) -> Case:
    """As the program does for the door."""
    article = _live(newsroom)
    before = _settled()
    edit(article)
    publish(article)
    outlet = newsroom.outlet.pk
    sheet = next(sheet for sheet in all_sheets() if sheet.id == outlet)
    target = sheet.url(f"port/{article.slug}/")

    def act() -> None:
        print_anew(shelf=own_shelf(), host=host_of(sheet), target=target, variant="public")

    return Case(article, act, before)


def _evict(newsroom: Newsroom) -> Case:
    article = _live(newsroom)
    before = _settled()

    def act() -> None:
        shelf = own_shelf()
        shelf.most_bytes = shelf.total_bytes() * 3 // 4
        shelf.evict()

    return Case(article, act, before)


def _keep_and_print() -> None:
    Keeper(own_shelf()).catch_up()


ACTS: dict[str, Callable[[Newsroom], Case]] = {
    "first publication": _first,
    "update": _update,
    "withdrawal": _withdrawal,
    "keeper follows an update": _follow_update,
    "keeper follows and prints a new article": _keep_publication,
    "keeper follows and prints a withdrawal": _keep_withdrawal,
    "print for the door": _print,
    "making room": _evict,
}
