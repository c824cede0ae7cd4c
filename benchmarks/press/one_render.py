"""Five hundred readers at once on a page that is missing, or that has gone out of date."""

import asyncio
import time
from dataclasses import replace

from benchmarks.press.load import browser_request
from benchmarks.press.stage import HOST, Stage
from benchmarks.report import Report
from benchmarks.scratch import tell
from masthead.press.own_shelf import own_shelf
from masthead.press.shelf import Shelf

READERS = 500
PATIENCE_SECONDS = 10.0


def measure(stage: Stage, report: Report) -> None:
    """Each print notes a change of the page in the shelf's log; those are counted."""
    tell("Five hundred readers on one page …")
    shelf, (missing, expired) = own_shelf(), stage.unread[-2:]
    with stage.app_and_door():
        stage.read_all(stage.unread[:20])
        shelf.drop(HOST, missing, "public")
        before, _ = shelf.changes_since(-1)
        _judge(stage, report, missing, "missing", since=before)
        page = next(stage.pages([expired]))
        now = time.time()
        shelf.put(replace(page, printed_at=now, fresh_until=now - 5))
        before, _ = shelf.changes_since(-1)
        _judge(stage, report, expired, "expired", since=before)


def _judge(stage: Stage, report: Report, path: str, what: str, *, since: int) -> None:
    began = time.perf_counter()
    answers = asyncio.run(_all_at_once(stage.place.port, path))
    seconds = time.perf_counter() - began
    prints = _prints(own_shelf(), path, since=since)
    served = sum(answer.startswith(b"HTTP/1.1 200 ") for answer in answers)
    report.row(f"{READERS} readers on one {what} page, prints", str(prints), "1")
    report.figures |= {f"one_render_{what}": prints, f"one_render_{what}_s": round(seconds, 3)}
    report.exactly(f"prints of one {what} page", prints, 1)
    report.exactly(f"readers of one {what} page who were served", served, READERS)


async def _all_at_once(port: int, path: str) -> list[bytes]:
    """All connected first, then asking within the same moment."""
    pairs = [await asyncio.open_connection(HOST, port) for _ in range(READERS)]
    request = browser_request(path, port=port)
    for _, writer in pairs:
        writer.write(request)
    waiting = [asyncio.wait_for(reader.readline(), PATIENCE_SECONDS) for reader, _ in pairs]
    lines = await asyncio.gather(*waiting)
    for _, writer in pairs:
        writer.transport.abort()
    return lines


def _prints(shelf: Shelf, path: str, *, since: int) -> int:
    """Once there is one, wait a little for more that should not be."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        _, places = shelf.changes_since(since)
        prints = (places or []).count((HOST, path, "public"))
        if prints or time.monotonic() > until:
            time.sleep(0.5)
            _, places = shelf.changes_since(since)
            return (places or []).count((HOST, path, "public"))
        time.sleep(0.05)
