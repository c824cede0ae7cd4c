"""What a page in memory costs the door for the public, and for readers of a class."""

import time
from uuid import UUID

from django.conf import settings

from benchmarks.memberships.titles import Titles
from benchmarks.press.load import Asking, browser_request, take_turns, write_requests
from benchmarks.press.needs import find
from benchmarks.report import Report
from benchmarks.scratch import tell
from masthead.press.door import classes
from masthead.press.own_shelf import own_shelf
from masthead.press.shelf import Told

ROUNDS, SHORT_ROUNDS = 7, 3
SECONDS, SHORT_SECONDS = 2.0, 0.7
LEAST = 0.95
TOLD = 20_000  # readers whose class became another within the day
DAY = 86_400


def measure_classes(report: Report, titles: Titles, port: int, *, short: bool) -> None:
    if find("wrk") is None:
        tell("There is no wrk, so hits are not measured: apt-get install wrk.")
        return
    tell("Pages in memory, for the public and for members …")
    now = int(time.time())
    _tell_many(now)
    _host, path = titles.open
    asking: dict[str, Asking] = {}
    for name, cookie in (
        ("public", ""),
        ("members", _cookie("members", now)),
        ("adfree", _cookie("adfree", now)),
    ):
        request = browser_request(path, port=port, cookie=cookie)
        file = write_requests(settings.DATA / f"{name}.requests", [request])
        asking[name] = Asking(file, port)
    found = take_turns(
        asking,
        rounds=SHORT_ROUNDS if short else ROUNDS,
        seconds=SHORT_SECONDS if short else SECONDS,
    )
    for name in ("members", "adfree"):
        ratio = found.ratio(name, "public")
        what = f"hits of {name}, a second"
        report.row(what, f"{found.rate(name):,.0f}", f"{found.rate('public'):,.0f}", ratio)
        report.figures[f"hits_{name}_ratio"] = round(ratio, 3)
        report.at_least(f"hits of {name} beside public ones", ratio, LEAST, "x")
    report.exactly("hits that failed", found.broken() + found.refused(*asking), 0)


def _cookie(variant: str, now: int) -> str:
    value = classes.make(
        variant,
        now + DAY,
        settings.SECRET_KEY.encode(),
        issued=now,
        reader=classes.mark_of(UUID(int=7)),
    )
    return f"{classes.COOKIE}={value}"


def _tell_many(now: int) -> None:
    """So that the door is as full of them as on a day on which everybody renews."""
    marks = (classes.mark_of(UUID(int=1_000 + number)) for number in range(TOLD))
    until = float(now + DAY)
    own_shelf().tell([Told(each, "adfree", until, until) for each in marks], now=float(now))
