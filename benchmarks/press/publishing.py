"""
One article a second is published: what readers notice, and how soon they see it.

Each article is a new one. From the commit of its release, article, section, front and feed are
asked for every few milliseconds until they show it, first in quiet, then with readers filling the
server's core. App and worker share the other one with the load, and go before it: readers who come
over a network would leave them that core.
"""

import secrets
import time
from dataclasses import dataclass, field, replace
from statistics import median, quantiles

from django.db import connections, transaction
from django.utils import timezone

from benchmarks.fill import fill
from benchmarks.newsroom import add_draft
from benchmarks.press.load import LAST, Load
from benchmarks.press.memory import judge_memory
from benchmarks.press.needs import LOAD_CORE, SERVER_CORE
from benchmarks.press.network import Network, network
from benchmarks.press.reader import Reader
from benchmarks.press.stage import Stage
from benchmarks.report import Report
from benchmarks.scratch import tell
from masthead.articles.models import ArticlePage
from masthead.press.own_shelf import own_shelf
from masthead.publishing.actions import publish_article

MANY = 100_000
APART = 1.0  # seconds between two releases
LOOK_EVERY = 0.002
PATIENCE_SECONDS = 20.0
ALIKE, QUIET_P50, LOADED_P95 = 0.9, 100, 300  # times; ms; ms
CONNECTIONS = 128


@dataclass
class Seen:
    """By place, after how many ms each new article was there; errors are answers that were none."""

    ms: dict[str, list[float]] = field(default_factory=dict)
    errors: int = 0

    def p50(self, place: str) -> float:
        return median(self.ms[place])

    def p95(self, place: str) -> float:
        return quantiles(self.ms[place], n=20, method="inclusive")[-1]


def measure(stage: Stage, report: Report) -> None:
    if not stage.short:
        grow(stage, report)
    releases = 5 if stage.short else 40
    with network(stage) as running:
        running.place(door=SERVER_CORE, newsroom=LOAD_CORE)
        tell("Publishing in quiet …")
        drafts, before = _drafts(stage, releases), _printed()
        quiet = _publish(stage, drafts)
        running.settle()
        prints = (_printed() - before) / releases
        report.row("prints for one release", f"{prints:.0f}", f"{ArticlePage.objects.count():,}")
        report.figures["prints_per_release"] = round(prints, 1)
        tell("Publishing with readers filling a core …")
        _with_readers(stage, report, running, releases)
        running.settle()
        judge_memory(report, running.memory(), what="publishing")
    _judge_seen(report, quiet, "quiet")


def grow(stage: Stage, report: Report) -> None:
    """To a hundred thousand articles, each with its page on the shelf."""
    have = ArticlePage.objects.count()
    if have >= MANY:
        return
    tell(f"Filling to {MANY:,} …")
    fill(stage.newsroom, until=MANY)
    tell("Laying out their pages …")
    stage.lay_out_archive()
    before, began = _printed(), time.perf_counter()
    stage.print_everything()  # all that was there before, and the lists
    rate = (_printed() - before) / (time.perf_counter() - began)
    report.row("printed a second by the worker, with its start", f"{rate:.0f}")
    report.figures["printed_per_second"] = round(rate, 1)


def _printed() -> int:
    """How many prints the shelf has seen."""
    return own_shelf().changes_since(-1)[0]


def _with_readers(stage: Stage, report: Report, running: Network, releases: int) -> None:
    whole = stage.asking("articles", stage.articles).by(CONNECTIONS)
    asking = replace(whole, niceness=LAST)
    drafts, seconds = _drafts(stage, releases), releases * APART
    running.settle()
    before = asking.ask(seconds / 2)
    with asking.under_way() as end:
        loaded = _publish(stage, drafts)
    busy = end()
    running.settle()
    after = asking.ask(seconds / 2)
    _judge_readers(report, busy, (before.rate + after.rate) / 2, loaded)
    _judge_seen(report, loaded, "loaded")


def _judge_readers(report: Report, busy: Load, calm: float, seen: Seen) -> None:
    ratio = busy.rate / calm
    report.row("one release a second, requests/s", f"{busy.rate:,.0f}", f"{calm:,.0f}", ratio)
    report.figures |= {
        "articles": ArticlePage.objects.count(),
        "publishing_rate": round(busy.rate),
        "publishing_ratio": round(ratio, 3),
        "publishing_p99_ms": round(busy.p99, 3),
    }
    report.at_least("rate while publishing beside quiet", ratio, ALIKE, "times")
    report.exactly("errors while publishing", busy.broken + busy.refused + seen.errors, 0)


def _judge_seen(report: Report, seen: Seen, how: str) -> None:
    for place in seen.ms:
        p50, p95 = seen.p50(place), seen.p95(place)
        limit = f"p50 {QUIET_P50}" if how == "quiet" else f"p95 {LOADED_P95}"
        report.row(f"new {place} seen, {how}, ms p50 / p95", f"{p50:.0f} / {p95:.0f}", limit)
        report.figures |= {
            f"seen_{how}_{place}_p50_ms": round(p50, 1),
            f"seen_{how}_{place}_p95_ms": round(p95, 1),
        }
        if how == "quiet":
            report.at_most(f"new {place} seen in quiet, p50", p50, QUIET_P50, "ms")
        else:
            report.at_most(f"new {place} seen under load, p95", p95, LOADED_P95, "ms")
    report.exactly(f"errors of those who looked ({how})", seen.errors, 0)


def _drafts(stage: Stage, number: int) -> list[ArticlePage]:
    names = [secrets.token_hex(4) for _ in range(number)]
    return [
        add_draft(stage.newsroom, headline=f"New light {name} is lit", slug=f"light-{name}")
        for name in names
    ]


def _publish(stage: Stage, drafts: list[ArticlePage]) -> Seen:
    seen, next_at = Seen(), time.monotonic()
    watching = Watching(stage)
    for draft in drafts:
        time.sleep(max(0.0, next_at - time.monotonic()))
        next_at = time.monotonic() + APART
        watching.begin(draft)
        watching.look_until_all_is_new(seen, since=_release(draft))
    connections.close_all()
    return seen


def _release(draft: ArticlePage) -> float:
    """When its transaction was committed, on the monotonic clock."""
    moments: list[float] = []

    def note_moment() -> None:
        moments.append(time.monotonic())

    with transaction.atomic():
        # Registered first, so that nothing else that follows the commit is left out.
        transaction.on_commit(note_moment)
        publish_article(article=draft, by=None, at=timezone.now())
    return moments[0]


class Watching:
    """One reader in turn at the places where a new article has to show."""

    def __init__(self, stage: Stage) -> None:
        self._reader = Reader(stage.place.port)
        self._section = f"{stage.home}{stage.newsroom.sections[0].slug}/"
        self._home = stage.home
        self._etags: dict[str, str] = {}
        self._places: dict[str, str] = {}
        self._words = ""

    def begin(self, draft: ArticlePage) -> None:
        """The pages as they are now, before the release."""
        self._words = draft.title
        self._places = {
            "article": f"{self._section}{draft.slug}/",
            "section": self._section,
            "front": self._home,
            "feed": f"{self._home}feed.xml",
        }
        self._etags = {place: self._reader.get(path).etag for place, path in self._places.items()}

    def look_until_all_is_new(self, seen: Seen, *, since: float) -> None:
        waiting, until = dict(self._places), since + PATIENCE_SECONDS
        while waiting:
            for place, path in list(waiting.items()):
                if self._is_new(seen, place, path):
                    del waiting[place]
                    seen.ms.setdefault(place, []).append((time.monotonic() - since) * 1000)
            if time.monotonic() > until:
                raise ValueError(f"Not seen after {PATIENCE_SECONDS:.0f} s: {', '.join(waiting)}")
            time.sleep(LOOK_EVERY)

    def _is_new(self, seen: Seen, place: str, path: str) -> bool:
        got = self._reader.get(path, {"If-None-Match": self._etags[place]})
        if got.status == 200:
            self._etags[place] = got.etag
            return self._words in got.text()
        seen.errors += got.status >= 500 or (got.status == 404 and place != "article")
        return False
