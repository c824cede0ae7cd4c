"""
`bin/faults publish`: kill -9 at every step of publishing, updating, withdrawing, of a planned
publication and of what follows a release.

After each kill the worker is started again; then every surface must say the same, either what it
said before or what was being published, and nothing may be doubled, half, lost or given up.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from django.utils import timezone

from benchmarks.faults.kill_points import NEVER, chosen_steps, die_at
from benchmarks.faults.settling import NotSettled, dead, settle, unfinished
from benchmarks.faults.surfaces import NOTHING, faults_in, said_of
from benchmarks.newsroom import Newsroom, add_draft, found_newsroom
from benchmarks.report import Report
from benchmarks.scratch import tell
from masthead.articles.models import ArticlePage
from masthead.jobs.worker import discover_jobs, run_due_jobs
from masthead.publishing.actions import publish_article, schedule_article, withdraw_article
from masthead.publishing.jobs import publish_due

SHORT_STEPS = 2  # around commits and renames, and as many others
_numbers = count(1)


@dataclass(frozen=True)
class Case:
    """An article, what it says before and after the act, and the act."""

    article_id: int
    old: str
    new: str
    act: Callable[[], object]
    must_be_new: bool = False


@dataclass
class Findings:
    kills: int = 0
    old: int = 0
    new: int = 0
    wrong: list[str] = field(default_factory=list)


def run(*, short: bool) -> Report:
    report = Report("faults publish", columns=("act", "kills", "old or new", "kills survived"))
    newsroom = found_newsroom("publish-faults")
    discover_jobs()
    settle()
    wrong: list[str] = []
    for name, prepare in SCENARIOS.items():
        found = _try_all_steps(newsroom, name, prepare, short)
        report.row(
            name,
            str(found.kills),
            f"{found.old} old, {found.new} new",
            (found.kills - len(found.wrong)) / found.kills,
        )
        report.figures[name.replace(" ", "_")] = {
            "kills": found.kills,
            "old": found.old,
            "new": found.new,
            "wrong": len(found.wrong),
        }
        wrong += found.wrong
    report.figures["wrong"] = wrong[:20]
    report.exactly("kills after which something was lost, doubled or half", len(wrong), 0)
    report.exactly("jobs left or given up", unfinished() + dead(), 0)
    return report


def _try_all_steps(
    newsroom: Newsroom, name: str, prepare: Callable[[Newsroom], Case], short: bool
) -> Findings:
    found = Findings()
    case = prepare(newsroom)
    steps = die_at(NEVER, case.act).steps
    _check(found, case, "no kill")
    chosen = chosen_steps(steps, most=SHORT_STEPS if short else None)
    tell(f"{name}: {len(steps)} steps, kills at {len(chosen)} of them …")
    for step in chosen:
        case = prepare(newsroom)
        ending = die_at(step, case.act)
        found.kills += ending.killed
        _check(found, case, f"{name}, step {step} ({ending.steps[-1]})")
    return found


def _check(found: Findings, case: Case, where: str) -> None:
    faults = []
    try:
        publish_due()  # a worker does so at every beat
        settle()
    except NotSettled as unsettled:
        faults.append(str(unsettled))
    said = said_of(case.article_id)
    allowed = {case.new} if case.must_be_new else {case.old, case.new}
    faults += faults_in(case.article_id)
    if len(set(said.values())) != 1 or not set(said.values()) <= allowed:
        faults.append(f"{case.old!r} to {case.new!r} reads {said}")
    if not ArticlePage.objects.get(pk=case.article_id).latest_revision_id:
        faults.append("the draft is lost")
    found.wrong += [f"{where}: {fault}" for fault in faults]
    if said["page"] == case.new:
        found.new += 1
    else:
        found.old += 1


def _draft(newsroom: Newsroom) -> tuple[ArticlePage, str]:
    number = next(_numbers)
    headline = f"Pilots sail at dawn {number}"
    return add_draft(newsroom, headline=headline, slug=f"dawn-{number}"), headline


def _live(newsroom: Newsroom) -> tuple[ArticlePage, str]:
    article, headline = _draft(newsroom)
    publish_article(article=article, by=None, at=timezone.now())
    settle()
    return article, headline


def _first(newsroom: Newsroom) -> Case:
    article, headline = _draft(newsroom)
    return Case(article.pk, NOTHING, headline, lambda: publish(article.pk))


def _update(newsroom: Newsroom) -> Case:
    article, old = _live(newsroom)
    new = f"{old} after all"

    def act() -> None:
        edited = ArticlePage.objects.get(pk=article.pk)
        edited.title = new
        edited.save_revision()
        publish(article.pk)

    return Case(article.pk, old, new, act)


def _withdraw(newsroom: Newsroom) -> Case:
    article, headline = _live(newsroom)

    def act() -> None:
        page = ArticlePage.objects.get(pk=article.pk)
        withdraw_article(article=page, by=None, at=timezone.now(), reason="Not so.")

    return Case(article.pk, headline, NOTHING, act)


def _planned(newsroom: Newsroom) -> Case:
    """The plan outlives the worker, so in the end it is published whatever was killed."""
    article, headline = _draft(newsroom)
    now = timezone.now()
    soon = now + timedelta(milliseconds=20)
    schedule_article(article=article, by=None, at=soon, now=now)
    time.sleep(0.03)

    def act() -> None:
        publish_due()
        run_due_jobs()

    return Case(article.pk, NOTHING, headline, act, must_be_new=True)


def _follow_up(newsroom: Newsroom) -> Case:
    """The worker's part: search, share card and whatever else carries the release."""
    article, headline = _draft(newsroom)
    publish(article.pk)
    return Case(article.pk, headline, headline, run_due_jobs, must_be_new=True)


def publish(article_id: int) -> None:
    article = ArticlePage.objects.get(pk=article_id)
    publish_article(article=article, by=None, at=timezone.now())


SCENARIOS: dict[str, Callable[[Newsroom], Case]] = {
    "first publication": _first,
    "update": _update,
    "withdrawal": _withdraw,
    "planned publication": _planned,
    "what follows a release": _follow_up,
}
