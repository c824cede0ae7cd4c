"""
Counting while people read: articles asked for at a steady rate, alone and beside devices that tell
of 5,000 events a second. An event is what is counted: a creative offered, seen or clicked; a device
tells what happens at once in one post.

Two door processes share two cores with both loads. Rounds take turns, so that what else the
machine does hits both alike.
"""

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from statistics import median

from django.conf import settings

from benchmarks.ads import devices
from benchmarks.press.load import FAVOURED, Asking, Load, browser_request, write_requests
from benchmarks.press.needs import LOAD_CORE, SERVER_CORE, require_everything
from benchmarks.press.programs import python, started, wait_until_served
from benchmarks.report import Report
from benchmarks.scratch import tell
from benchmarks.servers import free_port
from masthead.ads.door import books_folder, waiting_folder
from masthead.ads.door.books import Books
from masthead.ads.door.tally import What, waiting
from masthead.ads.door.tokens import Seal, Token
from masthead.press.own_shelf import own_shelf

EVENTS_A_SECOND = 5_000
EVENT_CONNECTIONS, EVENT_PAUSE_MS = 100, 36  # somewhat more than are asked for
MOST_A_SECOND = 20_000  # posts, of what any machine does
KEPT_SECONDS = 2.5  # until what a door counted waits on the disk
ARTICLE_CONNECTIONS, ARTICLE_PAUSE_MS = 32, 31  # a thousand a second
OUTLET, CREATIVE = 1, 7
PLACES = ("top", "in-text", "side")


def measure(report: Report, *, short: bool) -> None:
    require_everything()
    rounds, seconds = (3, 2.0) if short else (7, 4.0)
    data, port = Path(os.environ["MASTHEAD_DATA"]), free_port()
    paths = devices.lay_out(own_shelf(), outlet=OUTLET, creatives={CREATIVE: PLACES}, articles=200)
    reading = Asking(
        write_requests(data / "articles", [browser_request(each, port=port) for each in paths]),
        port,
        connections=ARTICLE_CONNECTIONS,
        niceness=FAVOURED,
        pause_ms=ARTICLE_PAUSE_MS,
    )
    tell("Writing what devices post …")
    many = int(EVENTS_A_SECOND * seconds)
    files = [
        write_requests(data / f"events-{number}", islice(_posts(data, port), many))
        for number in range(rounds)
    ]
    told_once = islice(_posts(data, port), int(MOST_A_SECOND * seconds))
    busiest = write_requests(data / "events-most", told_once)
    command = python("-m", "masthead", "web", "--bind", f"127.0.0.1:{port}", "--processes", "2")
    variables = {**os.environ, "MASTHEAD_BEHIND_PROXY": "true"}
    with started(command, variables=variables, cores={SERVER_CORE, LOAD_CORE}) as door:
        wait_until_served(port, paths[0])
        posting = Asking(busiest, port, server=door, connections=EVENT_CONNECTIONS)
        most = posting.ask(seconds)
        time.sleep(KEPT_SECONDS)
        before = _events_in(_sums(data))
        reading.ask(0.5)
        alone, beside, events = _take_turns(reading, posting, files, seconds=seconds)
    counted = _events_in(_sums(data)) - before
    _tell(report, most, alone, beside, events, counted=counted)
    _reconcile(report, data)


def _take_turns(
    reading: Asking, posting: Asking, files: list[Path], *, seconds: float
) -> tuple[list[Load], list[Load], list[Load]]:
    alone: list[Load] = []
    beside: list[Load] = []
    events: list[Load] = []
    tell("Reading, alone and beside counting …")
    for file in files:
        alone.append(reading.ask(seconds))
        steady = replace(posting, file=file, niceness=FAVOURED, pause_ms=EVENT_PAUSE_MS)
        with steady.under_way() as posted:
            time.sleep(0.2)
            beside.append(reading.ask(seconds))
        events.append(posted())
    return alone, beside, events


def _posts(data: Path, port: int) -> Iterator[bytes]:
    """
    Of each page view an offer for three places; what is seen at once in one post, then what comes
    into view below; of one in ten a click.
    """
    seal, books = Seal((settings.SECRET_KEY.encode(),)), Books(books_folder(data))
    offered = devices.offer([(place, CREATIVE) for place in PLACES])
    for number, household in enumerate(devices.households()):
        now = time.time()
        top, text, side = (
            seal.write(Token(*books.next(now), int(now), OUTLET, CREATIVE, place))
            for place in PLACES
        )
        bodies = [f"v {top}\nv {side}", f"v {text}", *([f"c {top}"] if number % 10 == 0 else [])]
        yield devices.post(devices.OFFER, offered, port=port, household=household)
        for body in bodies:
            yield devices.post(devices.EVENT, body.encode(), port=port, household=household)


def _tell(
    report: Report,
    most: Load,
    alone: list[Load],
    beside: list[Load],
    events: list[Load],
    *,
    counted: int,
) -> None:
    posts = median(each.rate for each in events)
    in_one = counted / sum(each.requests for each in events)
    rate = posts * in_one
    own = median(each.p95 for each in alone)
    ratio = median(one.p95 / two.p95 for one, two in zip(beside, alone, strict=True))
    broken = sum(each.broken + each.refused for each in (*alone, *beside, *events))
    report.row("events counted a second", f"{rate:,.0f}", f"{EVENTS_A_SECOND:,}")
    report.row("  posts that told of them", f"{posts:,.0f}")
    report.row("  as many posts as go, nobody reading", f"{most.rate:,.0f}")
    report.row("  the door's processor time for a post, µs", f"{most.cpu_us:.0f}")
    report.row("  articles a second beside them", f"{median(x.rate for x in beside):,.0f}")
    report.row(
        "  p95 of an article, ms", f"{median(x.p95 for x in beside):.3f}", f"{own:.3f}", ratio
    )
    report.figures |= {
        "events_a_second": round(rate),
        "posts_a_second": round(posts),
        "most_posts_a_second": round(most.rate),
        "post_cpu_us": round(most.cpu_us, 1),
        "article_p95_ms_alone": round(own, 3),
        "article_p95_ms_beside_events": round(median(each.p95 for each in beside), 3),
        "article_p95_ratio": round(ratio, 3),
    }
    report.at_least("events counted a second", rate, EVENTS_A_SECOND)
    report.at_most("article p95 beside counting", ratio, 1.05, "times")
    report.exactly("answers that failed", broken, 0)


def _reconcile(report: Report, data: Path) -> None:
    """The door kept all of it: batches against marks in the books."""
    sums = _sums(data)
    books = Books(books_folder(data))
    seen, clicked = (sum(book.marks(bit) for book in books.all()) for bit in (1, 2))
    report.row("  seen and counted", f"{sums[What.VISIBLE]:,}", f"{seen:,}")
    report.exactly("marks that were not counted", seen - sums[What.VISIBLE], 0)
    report.exactly("clicks that were not counted", clicked - sums[What.CLICKED], 0)


def _sums(data: Path) -> list[int]:
    """Of what waits on the disk, in the order of `What`."""
    sums = [0] * len(What)
    for batch in waiting(waiting_folder(data), most=100_000):
        for row in batch.tally.counts.values():
            sums = [one + other for one, other in zip(sums, row, strict=True)]
    return sums


def _events_in(sums: list[int]) -> int:
    return sums[What.OFFERED] + sums[What.VISIBLE] + sums[What.CLICKED]
