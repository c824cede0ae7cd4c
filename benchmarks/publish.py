"""
`bin/bench publish`: what publishing one article costs in a large archive.

Ours: edit, save a revision, `publish_article`, with version, release, receipts and read model.
The peer: the same article and edit through Wagtail's own `save_revision().publish()`, our
receivers of its signals disconnected and the same task table behind it.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.signals import page_published

from benchmarks.fill import fill
from benchmarks.newsroom import Newsroom, add_draft, found_newsroom
from benchmarks.report import Report
from benchmarks.scratch import tell
from benchmarks.timing import in_turn
from masthead.articles.models import ArticlePage
from masthead.core.collecting import collect_seldom
from masthead.publishing import receivers
from masthead.publishing.actions import publish_article

SHORT, FULL = 10_000, 100_000
MOST_MS = 60
ROUNDS = 25
_edits = count(1)


def run(*, short: bool) -> Report:
    size = SHORT if short else FULL
    newsroom = found_newsroom()
    collect_seldom()  # as the program's own processes do
    report = Report("publish", columns=("one article", "ours", "plain Wagtail", "ratio"))
    few = _measure(newsroom, report, 100)
    tell(f"Filling to {size:,} …")
    filled = fill(newsroom, until=size)
    report.figures["filled_per_second"] = round(filled.per_second)
    many = _measure(newsroom, report, size)
    report.figures["ratio_to_100_articles"] = round(many / few, 2)
    report.at_most(f"publish at {size:,} articles, processor time", many, MOST_MS, "ms")
    return report


def _measure(newsroom: Newsroom, report: Report, size: int) -> float:
    """Processor and wall time of both, in turn; answers ours in ms of processor time."""
    fill(newsroom, until=size)
    publish, plainly = works(newsroom, name=str(size))
    turns = {"ours": publish, "plain": plainly}
    cpu = in_turn(turns, rounds=ROUNDS, clock=time.process_time)
    wall = in_turn(turns, rounds=ROUNDS, clock=time.perf_counter)
    for name, medians in (("cpu", cpu), ("wall", wall)):
        ours, plain = medians["ours"], medians["plain"]
        report.figures |= {
            f"{name}_ms_at_{size}": round(ours, 2),
            f"{name}_ms_plain_at_{size}": round(plain, 2),
        }
        what = "processor" if name == "cpu" else "wall"
        report.row(f"{what}, ms, at {size:,}", f"{ours:.1f}", f"{plain:.1f}", ours / plain)
    queries = [_queries(publish), _queries(plainly)]
    ours, plain = queries
    report.row(f"queries at {size:,}", str(ours), str(plain), ours / plain)
    report.figures |= {f"queries_at_{size}": queries[0], f"queries_plain_at_{size}": queries[1]}
    return cpu["ours"]


def works(newsroom: Newsroom, *, name: str) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """Publishing an edit our way, and the plain way, of an article each that is live already."""
    ours = add_draft(newsroom, headline="Lights for the narrows", slug=f"lights-{name}")
    plain = add_draft(newsroom, headline="Lights for the narrows", slug=f"plain-{name}")
    publish_article(article=ours, by=None, at=timezone.now())
    publish_article(article=plain, by=None, at=timezone.now())

    def publish() -> None:
        publish_article(article=_edited(ours.pk), by=None, at=timezone.now())

    def plainly() -> None:
        with without_our_receivers():
            _edited(plain.pk).latest_revision.publish()

    return publish, plainly


def _edited(article_id: int) -> ArticlePage:
    article: ArticlePage = ArticlePage.objects.get(pk=article_id)
    article.title = f"Lights for the narrows, edit {next(_edits)}"
    article.save_revision()
    return article


@contextmanager
def without_our_receivers() -> Iterator[None]:
    page_published.disconnect(receivers.on_published)
    try:
        yield
    finally:
        page_published.connect(receivers.on_published)


def _queries(work: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)
