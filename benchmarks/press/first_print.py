"""
The first print of an article that nobody has asked for, beside plain Wagtail.

Ours: one reader asks for one page after another, none of which lies on the shelf. Counted is all
that front door and app take: asking, queries, template, gzip, seal, file and ledger, the answer;
not Brotli and Zstandard, which the keeper makes later. Plain Wagtail: the same articles from the
same database by `serve`, in one process with threads, its renditions made and its templates loaded,
compressed by Django's own middleware; it keeps nothing. Of what surrounds an article it shows
less: no style, no structured data, no related articles, no sharing or following; sections, byline,
picture, text, topics and five headlines of the section are on both. The table has the bytes.

Both are on one core and kept warm by the pages before; who asks is on the other.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.press.peers import plain_wagtail
from benchmarks.press.programs import cpu_seconds
from benchmarks.press.reader import Reader
from benchmarks.press.stage import HOST, Stage
from benchmarks.report import Report
from benchmarks.scratch import tell
from masthead.press.own_shelf import own_shelf

MOST_MS, LEAST_RATE = 5, 3
WARM = 20  # pages before the count begins


@dataclass(frozen=True)
class Cost:
    """
    Of one page: processor time of all who had a part in it, time on the clock, and how much text
    came of it.
    """

    cpu_ms: float
    wall_ms: float
    html_bytes: int


def measure(stage: Stage, report: Report) -> None:
    """Both on the server's core, one page after another; ours with all its processes."""
    tell("First prints …")
    shelf, paths = own_shelf(), stage.unread[: 120 if stage.short else 440]
    for path in paths:
        shelf.drop(HOST, path, "public")
    warm, counted = paths[:WARM], paths[WARM:]
    with stage.app_and_door() as (app, door):
        stage.read_all(warm)
        ours = _cost(stage.place.port, counted, app, door)
    with plain_wagtail(stage) as (port, process):
        _cost(port, warm, process)
        plain = _cost(port, counted, process)
    rate, rate_plain = 1000 / ours.wall_ms, 1000 / plain.wall_ms
    ratio = rate / rate_plain
    report.row("first print, CPU ms", f"{ours.cpu_ms:.2f}", f"{plain.cpu_ms:.2f}")
    report.row("first print, pages/s", f"{rate:.0f}", f"{rate_plain:.0f}", ratio)
    report.row("first print, bytes of HTML", f"{ours.html_bytes:,}", f"{plain.html_bytes:,}")
    report.figures |= {
        "first_print_cpu_ms": round(ours.cpu_ms, 2),
        "first_print_cpu_ms_plain": round(plain.cpu_ms, 2),
        "first_print_rate": round(rate, 1),
        "first_print_rate_plain": round(rate_plain, 1),
        "first_print_ratio": round(ratio, 2),
        "first_print_html_bytes": ours.html_bytes,
        "first_print_html_bytes_plain": plain.html_bytes,
    }
    report.at_most("first print of an article, processor time", ours.cpu_ms, MOST_MS, "ms")
    report.at_least("first prints beside plain Wagtail", ratio, LEAST_RATE, "times")


def _cost(port: int, paths: Sequence[str], *processes: int) -> Cost:
    reader = Reader(port)
    cpu, began = cpu_seconds(*processes), time.perf_counter()
    for path in paths:
        if reader.get(path).status != 200:
            raise ValueError(f"{path} was not served.")
    wall = time.perf_counter() - began
    used = cpu_seconds(*processes) - cpu
    html = len(reader.get(paths[0]).text().encode())
    return Cost(used * 1000 / len(paths), wall * 1000 / len(paths), html)
