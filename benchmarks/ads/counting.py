"""
Counting while people read: articles asked for at a steady rate, alone and beside 5,000 posts a
second from devices.

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
EVENT_CONNECTIONS, EVENT_PAUSE_MS = 100, 18  # somewhat more than are asked for
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
    many = int(EVENTS_A_SECOND * seconds * 1.5)
    files = [
        write_requests(data / f"events-{number}", islice(_posts(data, port), many))
        for number in range(rounds)
    ]
    command = python("-m", "masthead", "web", "--bind", f"127.0.0.1:{port}", "--processes", "2")
    variables = {**os.environ, "MASTHEAD_BEHIND_PROXY": "true"}
    with started(command, variables=variables, cores={SERVER_CORE, LOAD_CORE}) as door:
        wait_until_served(port, paths[0])
        posting = Asking(files[0], port, server=door, connections=EVENT_CONNECTIONS)
        most = posting.ask(seconds)
        reading.ask(0.5)
        alone, beside, events = _take_turns(reading, posting, files, seconds=seconds)
    _tell(report, most, alone, beside, events)
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
    """Of each page view an offer for three places, and what became of it; the mix of real ones."""
    seal, books = Seal((settings.SECRET_KEY.encode(),)), Books(books_folder(data))
    offered = devices.offer([(place, CREATIVE) for place in PLACES])
    for number, household in enumerate(devices.households()):
        yield devices.post(devices.OFFER, offered, port=port, household=household)
        for place in PLACES:
            now = time.time()
            token = seal.write(Token(*books.next(now), int(now), OUTLET, CREATIVE, place))
            letters = "vc" if place == "top" and number % 10 == 0 else "v"
            for letter in letters:
                body = f"{letter} {token}".encode()
                yield devices.post(devices.EVENT, body, port=port, household=household)


def _tell(
    report: Report, most: Load, alone: list[Load], beside: list[Load], events: list[Load]
) -> None:
    rate = median(each.rate for each in events)
    own = median(each.p95 for each in alone)
    ratio = median(one.p95 / two.p95 for one, two in zip(beside, alone, strict=True))
    broken = sum(each.broken + each.refused for each in (*alone, *beside, *events))
    report.row("posts counted a second", f"{rate:,.0f}", f"{EVENTS_A_SECOND:,}")
    report.row("  as many as go, nobody reading", f"{most.rate:,.0f}")
    report.row("  the door's processor time for one, µs", f"{most.cpu_us:.0f}")
    report.row("  articles a second beside them", f"{median(x.rate for x in beside):,.0f}")
    report.row(
        "  p95 of an article, ms", f"{median(x.p95 for x in beside):.3f}", f"{own:.3f}", ratio
    )
    report.figures |= {
        "events_a_second": round(rate),
        "most_events_a_second": round(most.rate),
        "event_cpu_us": round(most.cpu_us, 1),
        "article_p95_ms_alone": round(own, 3),
        "article_p95_ms_beside_events": round(median(each.p95 for each in beside), 3),
        "article_p95_ratio": round(ratio, 3),
    }
    report.at_least("posts counted a second", rate, EVENTS_A_SECOND)
    report.at_most("article p95 beside counting", ratio, 1.05, "times")
    report.exactly("answers that failed", broken, 0)


def _reconcile(report: Report, data: Path) -> None:
    """The door kept all of it: batches against marks in the books."""
    sums = [0] * len(What)
    for batch in waiting(waiting_folder(data), most=100_000):
        for row in batch.tally.counts.values():
            sums = [one + other for one, other in zip(sums, row, strict=True)]
    books = Books(books_folder(data))
    seen, clicked = (sum(book.marks(bit) for book in books.all()) for bit in (1, 2))
    report.row("  seen and counted", f"{sums[What.VISIBLE]:,}", f"{seen:,}")
    report.exactly("marks that were not counted", seen - sums[What.VISIBLE], 0)
    report.exactly("clicks that were not counted", clicked - sums[What.CLICKED], 0)
