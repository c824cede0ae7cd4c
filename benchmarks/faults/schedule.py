"""
`bin/faults schedule`: articles planned for a second while the worker is killed and started again
around it.

Each must be published once, not early, and at most a second after both its moment has come and a
worker is back.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from benchmarks.faults.settling import dead, settle
from benchmarks.faults.workers import Worker, start_worker, workers_ended
from benchmarks.newsroom import Newsroom, add_draft, found_newsroom
from benchmarks.report import Report
from benchmarks.scratch import tell
from masthead.articles.models import PublishedArticle
from masthead.publishing.actions import schedule_article
from masthead.publishing.models import Release, Version

# Seconds from the planned moment to the kill, and from the kill to the next start.
SHORT = [(-0.3, 0.0), (0.05, 0.5)]
FULL = [
    (kill, pause)
    for kill in (-1.0, -0.3, -0.05, 0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6)
    for pause in (0.0, 0.5, 1.5)
]
EACH_SECOND = 1  # articles; a busy machine needs 0.1 to 0.5 s for each
AHEAD_SECONDS = 1.5
MOST_LATE_SECONDS = 1.0
PATIENCE_SECONDS = 30


@dataclass
class Watched:
    """Articles planned for one moment, and when each was seen to be public (wall clock)."""

    planned: float
    articles: list[int]
    seen: dict[int, float]

    def look(self) -> bool:
        """True when all are public."""
        rows = PublishedArticle.objects.filter(article__in=self.articles)
        for article_id in rows.values_list("article_id", flat=True):
            self.seen.setdefault(article_id, time.time())
        return len(self.seen) == len(self.articles)

    def watch(self, *, until: float) -> None:
        while time.time() < until and not self.look():
            time.sleep(0.01)


def run(*, short: bool) -> Report:
    report = Report("faults schedule", columns=("killed, started again", "late, s", "limit", ""))
    newsroom = found_newsroom("schedule-faults")
    settle()
    rounds: list[Watched] = []
    lateness: list[float] = []
    cases = SHORT if short else FULL
    for number, (kill, pause) in enumerate(cases):
        tell(f"Round {number + 1} of {len(cases)} …")
        watched, workers = _round(newsroom, number, kill, pause)
        late = max(_late(watched, workers, article) for article in watched.articles)
        report.row(f"{kill:+.2f} s, {pause:.1f} s", f"{late:.2f}", f"{MOST_LATE_SECONDS:.1f}")
        rounds.append(watched)
        lateness.append(late)
    _judge(report, rounds, lateness)
    return report


def _round(
    newsroom: Newsroom, number: int, kill: float, pause: float
) -> tuple[Watched, list[Worker]]:
    watched = _plan(newsroom, number)
    workers = [start_worker()]
    with workers_ended(workers):
        watched.watch(until=watched.planned + kill)
        _sleep_until(watched.planned + kill)
        workers[0].kill()
        watched.look()
        _sleep_until(workers[0].gone + pause)
        workers.append(start_worker())
        watched.watch(until=watched.planned + PATIENCE_SECONDS)
        workers[1].end()
    settle()
    return watched, workers


def _plan(newsroom: Newsroom, number: int) -> Watched:
    articles = [
        add_draft(newsroom, headline=f"Tide turns {number} {n}", slug=f"tide-{number}-{n}")
        for n in range(EACH_SECOND)
    ]
    now = timezone.now()
    # To the second, as an editor plans.
    at = (now + timedelta(seconds=AHEAD_SECONDS + 1)).replace(microsecond=0)
    for article in articles:
        schedule_article(article=article, by=None, at=at, now=now)
    return Watched(at.timestamp(), [article.pk for article in articles], {})


def _sleep_until(moment: float) -> None:
    time.sleep(max(0.0, moment - time.time()))


def _late(watched: Watched, workers: list[Worker], article: int) -> float:
    """The longest that the article was due and a worker was there, in one worker's life."""
    seen = watched.seen.get(article, time.time())
    lives = [(worker.back, min(worker.gone, seen)) for worker in workers]
    return max(end - max(watched.planned, back) for back, end in lives)


def _judge(report: Report, rounds: list[Watched], lateness: list[float]) -> None:
    articles = [article for watched in rounds for article in watched.articles]
    early = [
        article
        for watched in rounds
        for article in watched.articles
        if watched.seen.get(article, watched.planned) < watched.planned
        or Release.objects.filter(article=article, at__lt=_moment(watched.planned)).exists()
    ]
    report.figures |= {
        "rounds": len(rounds),
        "articles": len(articles),
        "latest_seconds": round(max(lateness), 3),
    }
    report.exactly("articles published early", len(early), 0)
    report.exactly("versions", Version.objects.filter(article__in=articles).count(), len(articles))
    report.exactly("releases", Release.objects.filter(article__in=articles).count(), len(articles))
    report.at_most("late, with a worker there", max(lateness), MOST_LATE_SECONDS, "s")
    report.exactly("jobs given up", dead(), 0)


def _moment(stamp: float) -> datetime:
    return datetime.fromtimestamp(stamp, tz=UTC)
