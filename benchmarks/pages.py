"""
`bin/bench pages`: what readers' pages cost as the archive grows.

Queries of whole requests, and thirty-row lists beside those a plain Wagtail site would make, such
as `ArticlePage.objects.live().child_of(section).order_by("-first_published_at")[:30]`, in the same
database, in turn. Busy sections get articles all the time; the quiet one got its last long ago,
and no index of Wagtail's leads to it.
"""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.fill import fill
from benchmarks.newsroom import Newsroom, found_newsroom
from benchmarks.report import Report
from benchmarks.scratch import tell
from benchmarks.timing import in_turn
from masthead.articles.models import ArticlePage, PublishedArticle
from masthead.articles.queries import (
    PAGE_SIZE,
    Place,
    by_author,
    in_outlet,
    in_section,
    listing,
    on_topic,
)

SHORT, FULL = (60, 1_000, 20_000), (60, 1_000, 50_000, 200_000)
FEW = 1_000  # flatness is judged from here on
MOST_QUERIES = 6
FLAT = 1.5  # times what the list costs at FEW: noise, and a deeper index
ROUNDS = 25
PLAIN = "_plain"
Lists = dict[str, Callable[[], object]]


def run(*, short: bool) -> Report:
    report = Report("pages", columns=("articles", "ours, ms", "plain Wagtail, ms", "ratio"))
    newsroom = found_newsroom()
    sizes = SHORT if short else FULL
    for size in sizes:
        tell(f"Filling to {size:,} …")
        report.figures["filled_per_second"] = round(fill(newsroom, until=size).per_second)
        _count_queries(report, newsroom, size)
        _time_lists(report, newsroom, size)
    _judge_queries(report, sizes)
    _judge_lists(report, [size for size in sizes if size >= FEW])
    return report


def _count_queries(report: Report, newsroom: Newsroom, size: int) -> None:
    for name, path in _addresses(newsroom).items():
        report.figures[f"queries_{name}_at_{size}"] = queries_of(path)


def queries_of(path: str) -> int:
    """The queries of one whole request by a reader, once the process is warm."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    if answer.status_code != 200:
        raise ValueError(f"{path} answered {answer.status_code}")
    return len(captured)


def _addresses(newsroom: Newsroom) -> dict[str, str]:
    home = f"/{newsroom.outlet.slug}/"
    newest = in_outlet(newsroom.outlet.pk).first()
    assert newest is not None
    return {
        "article": home + newest.path,
        "section": f"{home}{newsroom.sections[0].slug}/",
        "front": home,
        "topic": f"{home}topics/{newsroom.topics[0].slug}/",
        "author": f"{home}authors/{newsroom.authors[0].slug}/",
    }


def _time_lists(report: Report, newsroom: Newsroom, size: int) -> None:
    ours, plain = _our_lists(newsroom), plain_lists(newsroom)
    works: Lists = {}
    for name in ours:  # ours and the peer's of each list follow one another
        works |= {name: ours[name], name + PLAIN: plain[name]}
    medians = in_turn(works, rounds=ROUNDS)
    for name in ours:
        mine, peer = medians[name], medians[name + PLAIN]
        report.figures |= {
            f"ms_{name}_at_{size}": round(mine, 3),
            f"ms_{name}{PLAIN}_at_{size}": round(peer, 3),
        }
        what = f"{size:>7,} {name.replace('_', ', ')}"
        report.row(what, f"{mine:.2f}", f"{peer:.2f}", mine / peer)


def _our_lists(newsroom: Newsroom) -> Lists:
    outlet, section, quiet = newsroom.outlet.pk, newsroom.sections[0].pk, newsroom.sections[-1].pk
    topic, author = newsroom.topics[0], newsroom.authors[0].pk
    middle = _middle(section)
    return {
        "section": lambda: listing(in_section(section, is_top=True)),
        "section_middle": lambda: listing(in_section(section, is_top=True), before=middle),
        "section_quiet": lambda: listing(in_section(quiet, is_top=True)),
        "outlet": lambda: listing(in_outlet(outlet)),
        "topic": lambda: listing(on_topic(topic.pk, outlet_id=outlet)),
        "author": lambda: listing(by_author(author, outlet_id=outlet)),
    }


def _middle(section: int) -> Place:
    rows = PublishedArticle.objects.filter(top_section_id=section).order_by("published_at", "id")
    row = rows[rows.count() // 2]
    return Place(row.published_at, row.pk)


def plain_lists(newsroom: Newsroom) -> Lists:
    """The same lists as Wagtail's pages give them; pages of a list are found by number there."""
    newest = ArticlePage.objects.live().order_by("-first_published_at")
    section = newest.child_of(newsroom.sections[0])
    quiet = newest.child_of(newsroom.sections[-1])
    outlet = newest.descendant_of(newsroom.outlet)
    topic = newest.filter(topics=newsroom.topics[0])
    author = newest.filter(article_authors__author=newsroom.authors[0])
    half = section.count() // 2
    return {
        "section": lambda: list(section.all()[:PAGE_SIZE]),
        "section_middle": lambda: list(section.all()[half : half + PAGE_SIZE]),
        "section_quiet": lambda: list(quiet.all()[:PAGE_SIZE]),
        "outlet": lambda: list(outlet.all()[:PAGE_SIZE]),
        "topic": lambda: list(topic.all()[:PAGE_SIZE]),
        "author": lambda: list(author.all()[:PAGE_SIZE]),
    }


def _judge_queries(report: Report, sizes: tuple[int, ...]) -> None:
    for name in ("article", "section"):
        counts = {size: report.figures[f"queries_{name}_at_{size}"] for size in sizes}
        report.at_most(f"queries, {name} page", max(counts.values()), MOST_QUERIES)
        report.exactly(
            f"queries, {name} page, at each size", sorted(set(counts.values())), [counts[sizes[0]]]
        )


def _judge_lists(report: Report, sizes: list[int]) -> None:
    fewest, most = sizes[0], sizes[-1]
    for name in ("section", "section_middle", "section_quiet", "outlet", "topic", "author"):
        small, large = (report.figures[f"ms_{name}_at_{size}"] for size in (fewest, most))
        label = name.replace("_", ", ")
        report.at_most(f"{label} list, {most:,} against {fewest:,}", large / small, FLAT, "times")
