"""
`bin/bench search`: what readers' searches take in a large archive, and what they cost a release.

Ours: whole results pages, from what was typed to the printed page, none of them kept; and what is
offered as one types. Every article has the same 330 words, so these are as common as words can
be, and forty of its own out of 50,000, in which a few are frequent and most rare, as in life.
The peer: Wagtail's stock search, its database backend, over the same headlines and texts, thirty
articles of each answer without a page around them.
"""

import random
import time
from collections.abc import Callable, Iterable
from functools import partial
from itertools import accumulate
from statistics import median

from django.db import connection
from django.utils import timezone

from benchmarks.fill import fill
from benchmarks.newsroom import Newsroom, found_newsroom
from benchmarks.publish import works
from benchmarks.report import Report
from benchmarks.scratch import tell
from benchmarks.stock_search import GIVEN_UP_SECONDS, StockSearch
from benchmarks.timing import cpu_clock
from masthead.articles.models import PublishedArticle
from masthead.outlets.queries import get_sheet
from masthead.outlets.sheet import Sheet
from masthead.press.asking import Asking
from masthead.press.render import print_page
from masthead.publishing import on_release
from masthead.publishing.models import Release
from masthead.publishing.queries import published_by_ids
from masthead.search.actions import AT_ONCE, index_published, index_release
from masthead.search.pages import search_page
from masthead.search.searching import read_search
from masthead.search.suggesting import begun, suggest

SHORT, FULL = 4_000, 100_000
STOCK_SHORT, STOCK_FULL = 1_000, 10_000  # it takes minutes for one word among 50,000
WORDS, OWN = 50_000, 40
ROUNDS, STOCK_ROUNDS = 60, 3
MOST_MS, MOST_MS_TYPING, MOST_MS_MORE = 50, 20, 5
SLIP = "a slip of the pen"  # the peer has nothing of the kind
SAME = ("harbour", "pilots", "lights", "ferry", "winter", "board", "answer", "company")


def run(*, short: bool) -> Report:
    report = Report("search", columns=("p95, ms", "ours", "stock Wagtail", "ratio"))
    newsroom, words = found_newsroom(), Words()
    size = SHORT if short else FULL
    stock_size = STOCK_SHORT if short else STOCK_FULL
    fill(newsroom, until=stock_size, adds=words.of)
    stock = _time_stock(report, newsroom, words, stock_size)
    tell(f"Filling to {size:,} …")
    fill(newsroom, until=size, adds=words.of)
    report.figures["indexed_per_second"] = round(_index_all())
    sheet = get_sheet(outlet_id=newsroom.outlet.pk)
    for name, typed in words.searches().items():
        ours = _p95([partial(_results, sheet, each) for each in typed])
        _note(report, f"{name}, {size:,} articles", name, ours, stock.get(name), stock_size)
        report.at_most(f"{name}, p95", ours, MOST_MS, "ms")
    typing = _p95([partial(_suggested, sheet, each) for each in words.typing()])
    _note(report, f"as one types, {size:,} articles", "typing", typing, stock["typing"], stock_size)
    report.at_most("as one types, p95", typing, MOST_MS_TYPING, "ms")
    _time_release(report, newsroom)
    return report


class Words:
    """Words that are as unequal as a language's: the tenth is ten times rarer than the first."""

    def __init__(self) -> None:
        self._all = [_spelled(number) for number in range(WORDS)]
        self._weights = list(accumulate(1 / (number + 1) for number in range(WORDS)))

    def of(self, number: int) -> str:
        """An article's own."""
        drawn = random.Random(number).choices(self._all, cum_weights=self._weights, k=OWN)
        return " ".join(drawn)

    def searches(self) -> dict[str, list[str]]:
        some = random.Random(7)
        frequent = self._all[:30]
        rare = some.sample(self._all[1_000:], ROUNDS)
        common = [*SAME, *frequent] * 2
        three = [" ".join(some.sample([*SAME, *frequent], 3)) for _ in range(ROUNDS)]
        mixed = [f"{some.choice(SAME)} {some.choice(frequent)} {each}" for each in rare]
        return {
            "rare word": rare,
            "common word": common[:ROUNDS],
            "three common words": three,
            "two common, one rare": mixed,
            "common word, best first": [f"{each}&best" for each in common[:ROUNDS]],
            "three common words, best first": [f"{each}&best" for each in three],
            SLIP: [_slipped(each) for each in rare],
        }

    def typing(self) -> list[str]:
        whole = ("harbour board hears pilots", "board", "pilots part 12", "hears pi", "part 99")
        return [each[:end] for each in whole for end in range(2, len(each) + 1)]


def _spelled(number: int) -> str:
    """Nine letters that say nothing, another word for each number."""
    number = number * 7_919 + 1_000_003
    letters = ""
    for place in range(9):
        number, rest = divmod(number, 19 if place % 2 == 0 else 5)
        letters += "bcdfghjklmnpqrstvwz"[rest] if place % 2 == 0 else "aeiou"[rest]
    return letters


def _slipped(word: str) -> str:
    return word[:3] + word[4] + word[3] + word[5:]


def _results(sheet: Sheet, typed: str) -> None:
    words, _, order = typed.partition("&")
    search = read_search({"q": words, "sort": order}, sheet=sheet)
    print_page(search_page(sheet=sheet, search=search), asking=Asking(sheet, timezone.now()))


def _suggested(sheet: Sheet, typed: str) -> None:
    suggest(begun(typed), sheet=sheet)


def _p95(works: list[Callable[[], object]]) -> float:
    """In ms. A first round is thrown away: it fills caches."""
    for work in works[:10]:
        work()
    return _ninety_fifth(_taken(work) for work in works)


def _taken(work: Callable[[], object]) -> float:
    clock = cpu_clock()
    began = clock()
    work()
    return (clock() - began) * 1000


def _ninety_fifth(taken: Iterable[float]) -> float:
    held = sorted(taken)
    return held[min(len(held) - 1, int(len(held) * 0.95))]


def _index_all() -> float:
    """Articles a second."""
    ids = list(PublishedArticle.objects.order_by("pk").values_list("pk", flat=True))
    began = time.perf_counter()
    for first in range(0, len(ids), AT_ONCE):
        index_published(published_by_ids(ids[first : first + AT_ONCE]))
        if first and first % 10_000 == 0:
            tell(f"  {first:,} indexed")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "postgresql" else "PRAGMA optimize")
    return len(ids) / (time.perf_counter() - began)


def _time_stock(
    report: Report, newsroom: Newsroom, words: Words, size: int
) -> dict[str, float | None]:
    """What of it takes more than some seconds is given up: None."""
    tell(f"Indexing {size:,} articles as stock Wagtail does …")
    stock = StockSearch()
    report.figures["stock_indexed_per_second"] = round(stock.index_all())
    found: dict[str, float | None] = {}
    for name, typed in words.searches().items():
        if name != SLIP:
            plain = [each.partition("&")[0] for each in typed[:STOCK_ROUNDS]]
            found[name] = stock.slowest(plain, is_best="best" in name)
    found["typing"] = stock.slowest(words.typing()[3 : 3 + STOCK_ROUNDS], is_typing=True)
    return found


def _note(
    report: Report, what: str, name: str, ours: float, stock: float | None, size: int
) -> None:
    key = name.replace(", ", "_").replace(" ", "_")
    given_up = f"given up after {GIVEN_UP_SECONDS:g} s" if name != SLIP else ""
    peer = f"{stock:.0f} at {size:,}" if stock is not None else given_up
    report.row(what, f"{ours:.1f}", peer, ours / stock if stock else None)
    report.figures[f"p95_ms_{key}"] = round(ours, 2)
    if stock is not None:
        report.figures[f"stock_ms_{key}_at_{size}"] = round(stock, 1)


def _time_release(report: Report, newsroom: Newsroom) -> None:
    """A release with the index as a way out, and without; and the job that follows it."""
    publish, _plainly = works(newsroom, name="search")
    search = on_release.get_way_out("search")
    taken: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(26):
        for is_told in (True, False):
            on_release._ways_out.pop("search", None)
            if is_told:
                on_release._ways_out["search"] = search
            spent = _taken(publish)
            if turn:
                taken[is_told].append(spent)
    on_release._ways_out["search"] = search
    told, untold = median(taken[True]), median(taken[False])
    newest = Release.objects.latest("pk")
    job = median(_taken(lambda: index_release(release_id=newest.pk)) for _ in range(9))
    report.row("a release, with the index told and not", f"{told:.1f}", f"{untold:.1f}")
    report.row("the job that follows it", f"{job:.1f}")
    report.figures |= {
        "release_ms": round(told, 2),
        "release_ms_without": round(untold, 2),
        "job_ms": round(job, 2),
    }
    report.at_most("more for a release", told - untold, MOST_MS_MORE, "ms")
