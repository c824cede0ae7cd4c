"""
Counting while people read: articles asked for at a steady rate far below what goes, beside devices
that tell of 5,000 events a second. An event is what is counted: a creative offered, seen or
clicked; a device tells what happens at once in one post.

Two door processes and the keeper share two cores with both loads, so articles wait for the loads
too. How long, the floor says: the same articles while a bare server, which looks at nothing, takes
as many posts. Short rounds take turns – alone, floor, counting –, so that what else the machine
does hits all alike.
"""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from statistics import median

from django.conf import settings
from django.db.models import Sum

from benchmarks.ads import devices
from benchmarks.ads.taking import a_campaign, taking
from benchmarks.press.load import FAVOURED, Asking, Load, browser_request, write_requests
from benchmarks.press.needs import LOAD_CORE, SERVER_CORE, require_everything
from benchmarks.press.programs import python, started, wait_until_served
from benchmarks.report import Report
from benchmarks.scratch import prepare_database, tell
from benchmarks.servers import free_port
from masthead.ads.counting.taking import TAKEN_EVERY_SECONDS, take_counts
from masthead.ads.door import books_folder
from masthead.ads.door.books import Books
from masthead.ads.door.tokens import Seal, Token
from masthead.ads.models import HourOfAds
from masthead.press.own_shelf import own_shelf

EVENTS_A_SECOND = 5_000
EVENT_CONNECTIONS, EVENT_PAUSE_MS = 100, 36  # somewhat more than are asked for
MOST_A_SECOND = 20_000  # posts, of what any machine does
WARM_SECONDS = 0.2
TURNS_TO_TAKE_ALL = 20
KEPT_SECONDS = 2.5  # until what a door counted waits on the disk
ARTICLE_CONNECTIONS, ARTICLE_PAUSE_MS = 32, 31  # a thousand a second
AFTER_THE_DESK = 15  # the worker's niceness, whose keeper settles what was told
PLACES = ("top", "in-text", "side")


@dataclass
class Rounds:
    """p95 of articles: with nothing beside them, beside a bare server, and beside counting."""

    alone: list[Load] = field(default_factory=list)
    floor: list[Load] = field(default_factory=list)
    beside: list[Load] = field(default_factory=list)
    events: list[Load] = field(default_factory=list)

    def ratio(self, ours: list[Load], peer: list[Load]) -> float:
        return median(one.p95 / two.p95 for one, two in zip(ours, peer, strict=True))


def measure(report: Report, *, short: bool) -> None:
    require_everything()
    prepare_database()
    rounds, seconds = (5, 1.5) if short else (15, 3.0)
    data, port, bare = Path(os.environ["MASTHEAD_DATA"]), free_port(), free_port()
    outlet, (creative,) = a_campaign(1)
    paths = devices.lay_out(own_shelf(), outlet=outlet, creatives={creative: PLACES}, articles=200)
    reading = Asking(
        write_requests(data / "articles", [browser_request(each, port=port) for each in paths]),
        port,
        connections=ARTICLE_CONNECTIONS,
        niceness=FAVOURED,
        pause_ms=ARTICLE_PAUSE_MS,
    )
    tell("Writing what devices post …")
    posts = _posts(data, port, outlet, creative)
    many = int(EVENTS_A_SECOND * seconds)
    files = [
        write_requests(data / f"events-{number}", islice(posts, many)) for number in range(rounds)
    ]
    busiest = write_requests(data / "events-most", islice(posts, int(MOST_A_SECOND * seconds)))
    command = python("-m", "masthead", "web", "--bind", f"127.0.0.1:{port}", "--processes", "2")
    variables = {**os.environ, "MASTHEAD_BEHIND_PROXY": "true"}
    cores = {SERVER_CORE, LOAD_CORE}
    with (
        started(command, variables=variables, cores=cores) as door,
        started(python("-m", "benchmarks.ads.bare", str(bare)), cores=cores),
    ):
        wait_until_served(port, paths[0])
        posting = Asking(busiest, port, server=door, connections=EVENT_CONNECTIONS)
        most = posting.ask(seconds)
        time.sleep(KEPT_SECONDS)
        take_counts(own_shelf())
        before = _events()
        reading.ask(0.5)
        with taking(every_seconds=TAKEN_EVERY_SECONDS, niceness=AFTER_THE_DESK):
            found = _take_turns(reading, posting, bare, files, seconds=seconds)
    for _ in range(TURNS_TO_TAKE_ALL):
        take_counts(own_shelf())
    _tell(report, most, found, counted=_events() - before)
    _reconcile(report, data)


def _take_turns(
    reading: Asking, posting: Asking, bare: int, files: list[Path], *, seconds: float
) -> Rounds:
    found = Rounds()
    tell("Reading: alone, beside a bare server, beside counting …")
    for file in files:
        found.alone.append(reading.ask(seconds))
        steady = replace(posting, file=file, niceness=FAVOURED, pause_ms=EVENT_PAUSE_MS)
        with steady.at(bare).under_way():
            time.sleep(WARM_SECONDS)
            found.floor.append(reading.ask(seconds))
        with steady.under_way() as posted:
            time.sleep(WARM_SECONDS)
            found.beside.append(reading.ask(seconds))
        found.events.append(posted())
    return found


def _posts(data: Path, port: int, outlet: int, creative: int) -> Iterator[bytes]:
    """
    Of each page view an offer for three places; what is seen at once in one post, then what comes
    into view below; of one in ten a click.
    """
    seal, books = Seal((settings.SECRET_KEY.encode(),)), Books(books_folder(data))
    offered = devices.offer([(place, creative) for place in PLACES])
    for number, household in enumerate(devices.households()):
        now = time.time()
        top, text, side = (
            seal.write(Token(*books.next(now), int(now), outlet, creative, place))
            for place in PLACES
        )
        bodies = [f"v {top}\nv {side}", f"v {text}", *([f"c {top}"] if number % 10 == 0 else [])]
        yield devices.post(devices.OFFER, offered, port=port, household=household)
        for body in bodies:
            yield devices.post(devices.EVENT, body.encode(), port=port, household=household)


def _tell(report: Report, most: Load, found: Rounds, *, counted: int) -> None:
    posts = median(each.rate for each in found.events)
    rate = posts * counted / sum(each.requests for each in found.events)
    p95 = {
        name: median(each.p95 for each in loads)
        for name, loads in (
            ("alone", found.alone),
            ("floor", found.floor),
            ("beside_events", found.beside),
        )
    }
    over_floor = found.ratio(found.beside, found.floor)
    over_alone = found.ratio(found.beside, found.alone)
    floor = found.ratio(found.floor, found.alone)
    loads = (*found.alone, *found.floor, *found.beside, *found.events)
    broken = sum(each.broken + each.refused for each in loads)
    report.row("events counted a second", f"{rate:,.0f}", f"{EVENTS_A_SECOND:,}")
    report.row("  posts that told of them", f"{posts:,.0f}")
    report.row("  as many posts as go, nobody reading", f"{most.rate:,.0f}")
    report.row("  the door's processor time for a post, µs", f"{most.cpu_us:.0f}")
    report.row("  articles a second", f"{median(x.rate for x in found.beside):,.0f}")
    ours = f"{p95['beside_events']:.3f}"
    report.row("  p95 of an article, ms, and alone", ours, f"{p95['alone']:.3f}", over_alone)
    report.row("  and beside a bare server", ours, f"{p95['floor']:.3f}", over_floor)
    report.row("  of it the loads' own", f"{p95['floor']:.3f}", f"{p95['alone']:.3f}", floor)
    report.figures |= {
        "events_a_second": round(rate),
        "posts_a_second": round(posts),
        "most_posts_a_second": round(most.rate),
        "post_cpu_us": round(most.cpu_us, 1),
        **{f"article_p95_ms_{name}": round(value, 3) for name, value in p95.items()},
        "article_p95_ratio": round(over_alone, 3),
        "article_p95_ratio_of_floor": round(floor, 3),
        "article_p95_ratio_over_floor": round(over_floor, 3),
    }
    report.at_least("events counted a second", rate, EVENTS_A_SECOND)
    report.at_most("article p95 beside counting", over_alone, 1.05, "times")
    report.exactly("answers that failed", broken, 0)


def _reconcile(report: Report, data: Path) -> None:
    """All of it came into the database: the report against marks in the books."""
    books = Books(books_folder(data))
    seen, clicked = (sum(book.marks(bit) for book in books.all()) for bit in (1, 2))
    reported = HourOfAds.objects.aggregate(seen=Sum("visible"), clicked=Sum("clicked"))
    report.row("  seen and counted", f"{reported['seen']:,}", f"{seen:,}")
    report.exactly("marks that were not counted", seen - reported["seen"], 0)
    report.exactly("clicks that were not counted", clicked - reported["clicked"], 0)


def _events() -> int:
    """What the report says so far."""
    sums = HourOfAds.objects.aggregate(
        offered=Sum("offered"), seen=Sum("visible"), clicked=Sum("clicked")
    )
    return sum(each or 0 for each in sums.values())
