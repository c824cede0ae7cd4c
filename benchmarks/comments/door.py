"""The first page of a long thread at the front door, with the program away."""

import time

from django.conf import settings
from django.db import connection

from benchmarks.comments.filling import TEXT
from benchmarks.faults.served import running
from benchmarks.newsroom import Newsroom
from benchmarks.press.reader import Reader
from benchmarks.report import Report
from benchmarks.scratch import tell
from masthead.comments.models import Thread

READS = 200
MOST_MS = 10
PATIENCE_SECONDS = 60


def first_pages(newsroom: Newsroom, thread: Thread) -> list[str]:
    """The article's own page and the first of its comments'."""
    home = f"/{newsroom.outlet.slug}/"
    published = thread.published
    return [f"{home}{published.path}", f"{home}comments/{published.public_id}/"]


def measure_first_pages(report: Report, newsroom: Newsroom, port: int) -> None:
    """
    Nobody but the door is there when it is timed, so what comes lies on the shelf: no statement
    is asked of the database, which nobody else has opened.
    """
    tell("Printing the first pages of the long thread …")
    thread = Thread.objects.select_related("published").order_by("pk")[0]
    paths = first_pages(newsroom, thread)
    connection.close()
    with running("newsroom", network_url=settings.NETWORK_URL):
        for path in paths:
            wait_for(port, path)
    tell("Reading them with the program stopped …")
    reader, taken, wrong = Reader(port), [], 0
    for number in range(READS):
        began = time.perf_counter()
        got = reader.get(paths[number % len(paths)])
        taken.append((time.perf_counter() - began) * 1000)
        wrong += got.status != 200 or TEXT not in got.text()
    reader.close()
    p95 = sorted(taken)[int(READS * 0.95)]
    report.row("first pages from the shelf, the program stopped, by the clock", f"{p95:.1f}")
    report.figures["first_page_ms"] = round(p95, 2)
    report.at_most("first pages from the shelf, p95", p95, MOST_MS, "ms")
    report.exactly("of them without the comments", wrong, 0)


def wait_for(port: int, path: str) -> str:
    """The page's text, as soon as it is served. Raises TimeoutError."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            got = Reader(port).get(path)
        except OSError:
            got = None
        if got is not None and got.status == 200:
            return got.text()
        time.sleep(0.1)
    raise TimeoutError(f"{path} was not served.")
