"""What a new article costs in a large archive, and the whole archive anew."""

import resource
import time
from pathlib import Path
from statistics import median

from django.utils import timezone

from benchmarks.newsroom import found_newsroom
from benchmarks.related.archive import publish_texts
from benchmarks.related.texts import Generator
from benchmarks.report import Report
from benchmarks.scratch import tell
from benchmarks.timing import cpu_clock
from masthead.articles.models import PublishedArticle
from masthead.related.actions import follow_article
from masthead.related.finding import find_list
from masthead.related.knowing import read_rules
from masthead.related.rebuilding import rebuild
from masthead.related.vectors import write_vector

SHORT, FULL = 4_000, 100_000
NEW = 20
PROCESSES = 2
MOST_LIST_MS, MOST_FOLLOW_SECONDS = 60, 2
MOST_MINUTES_FOR_ALL, MOST_MB = 15, 500


def measure(report: Report, *, short: bool, labelled: Path | None) -> None:
    size = SHORT if short else FULL
    newsroom = found_newsroom("archive")
    generator = Generator(topics=max(40, size // 500))
    tell(f"Filling to {size:,} …")
    publish_texts(newsroom, generator.articles(size), number=size)
    began = time.perf_counter()
    rebuild(processes=PROCESSES, progress=_tell_progress)
    seconds = time.perf_counter() - began
    rows = publish_texts(newsroom, generator.articles(NEW), number=NEW)
    lists, follows = _new_articles(rows)
    for_100_000 = seconds * FULL / size / 60
    megabytes = _megabytes()
    report.figures |= {
        "articles": size,
        "new_list_ms": round(lists, 1),
        "follow_seconds_median": round(median(follows), 3),
        "follow_seconds_longest": round(max(follows), 3),
        "rebuild_seconds": round(seconds, 1),
        "rebuild_ms_an_article": round(seconds * 1000 / size, 2),
        "rebuild_megabytes": round(megabytes),
    }
    report.row(f"a new article's list, {size:,} articles", f"{lists:.1f} ms")
    report.row("its release followed, others' lists too", f"{median(follows):.2f} s")
    report.row(f"all {size:,} anew, {PROCESSES} processes", f"{seconds:.0f} s")
    report.row("memory of all processes", f"{megabytes:.0f} MB")
    report.at_most("a new article's list, processor time", lists, MOST_LIST_MS, "ms")
    report.at_most("a release followed, the longest", max(follows), MOST_FOLLOW_SECONDS, "s")
    report.at_most("100,000 articles anew", for_100_000, MOST_MINUTES_FOR_ALL, "min")
    report.at_most("memory of all processes", megabytes, MOST_MB, "MB")


def _tell_progress(label: str, done: int, of: int) -> None:
    if done == of:
        tell(f"  {label}")


def _new_articles(rows: list[int]) -> tuple[float, list[float]]:
    """The median of weighing and listing in ms, and how long following each release takes."""
    clock = cpu_clock()
    lists, follows = [], []
    live = PublishedArticle.objects.select_related("text", "outlet")
    for row in rows:
        published = live.get(pk=row)
        began = clock()
        write_vector(published)
        find_list(row, rules=read_rules())
        lists.append((clock() - began) * 1000)
        began = time.perf_counter()
        follow_article(article_id=published.article_id, at=timezone.now())
        follows.append(time.perf_counter() - began)
    return median(lists), follows


def _megabytes() -> float:
    """Of this process and of those that reckoned, what they share counted in each of them."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    others = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (own + PROCESSES * others) / 1024
