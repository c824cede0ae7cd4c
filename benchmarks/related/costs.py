"""What a new article costs in a large archive, and the whole archive anew."""

import time
from pathlib import Path
from statistics import median

from django.utils import timezone

from benchmarks.newsroom import found_newsroom
from benchmarks.related.anew import Anew, make_anew, processor_is_all_ours
from benchmarks.related.archive import publish_texts
from benchmarks.related.texts import Generator
from benchmarks.report import Report
from benchmarks.scratch import tell
from benchmarks.timing import cpu_clock
from masthead.articles.models import PublishedArticle
from masthead.related.actions import follow_article
from masthead.related.finding import find_list
from masthead.related.knowing import read_rules
from masthead.related.vectors import write_vector

SHORT, FULL = 2_000, 100_000
NEW = 20
CORES = 2
MOST_LIST_MS, MOST_FOLLOW_SECONDS = 60, 2
MOST_MINUTES_FOR_ALL, MOST_MB = 15, 500


def measure(report: Report, *, short: bool, labelled: Path | None) -> None:
    size = SHORT if short else FULL
    newsroom = found_newsroom("archive")
    generator = Generator(topics=max(40, size // 500))
    tell(f"Filling to {size:,} …")
    publish_texts(newsroom, generator.articles(size), number=size)
    tell("All lists anew …")
    anew = make_anew(processes=CORES)
    all_there = PublishedArticle.objects.count()  # with those of another part
    rows = publish_texts(newsroom, generator.articles(NEW), number=NEW)
    lists, follows = _new_articles(rows)
    report.figures |= {
        "articles": all_there,
        "new_list_ms": round(lists, 1),
        "follow_seconds_median": round(median(follows), 3),
        "follow_seconds_longest": round(max(follows), 3),
        "rebuild_seconds": round(anew.seconds, 1),
        "rebuild_processor_seconds": round(anew.processor_seconds, 1),
        "rebuild_processor_ms_an_article": round(anew.processor_seconds * 1000 / all_there, 2),
        "rebuild_megabytes": round(anew.megabytes),
    }
    report.row(f"a new article's list, {all_there:,} articles", f"{lists:.1f} ms")
    report.row("its release followed, others' lists too", f"{median(follows):.2f} s")
    report.row(f"all {all_there:,} anew, {CORES} processes, by the clock", f"{anew.seconds:.0f} s")
    report.row("  processor time of all of them", f"{anew.processor_seconds:.0f} s")
    report.row("  memory of all of them, what they share once", f"{anew.megabytes:.0f} MB")
    report.at_most("a new article's list, processor time", lists, MOST_LIST_MS, "ms")
    report.at_most("a release followed, the longest", max(follows), MOST_FOLLOW_SECONDS, "s")
    minutes = _seconds_on_free_cores(anew) * FULL / all_there / 60
    report.at_most("100,000 articles anew on two free cores", minutes, MOST_MINUTES_FOR_ALL, "min")
    report.at_most("memory of all processes", anew.megabytes, MOST_MB, "MB")


def _seconds_on_free_cores(anew: Anew) -> float:
    """
    What the work would take on cores that do nothing else: its processor time, shared by them.

    On PostgreSQL, whose server works beside it, as it ran.
    """
    return anew.processor_seconds / CORES if processor_is_all_ours() else anew.seconds


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
