"""Who wrote 10,000 comments is banned with all of them, until no page has one, and let in again."""

import time

from django.db import connection
from django.utils import timezone

from benchmarks.comments.door import first_pages, wait_for
from benchmarks.faults.served import wait_until_it_answers
from benchmarks.newsroom import Newsroom
from benchmarks.press.reader import Reader
from benchmarks.report import Report
from benchmarks.scratch import tell
from masthead.comments.actions.banning import ban, lift_ban
from masthead.comments.models import Comment, State, Thread
from masthead.comments.shown import for_page
from masthead.readers.models import Reader as Person

WROTE = 10_000
WATCHED = 12  # threads, each with two pages
MOST_SECONDS = 5
GIVE_UP_SECONDS = 60.0
SIGN = "Mallory of the narrows"


def measure_ban(report: Report, newsroom: Newsroom, port: int) -> None:
    """By the clock, from the beginning of the ban until the door gives none of it any more."""
    wait_until_it_answers(port)
    mallory = Person.objects.get(name=SIGN)
    wrote = Comment.objects.filter(author=mallory, state__in=[State.APPROVED, State.HELD])
    number = wrote.count()
    threads = list(Thread.objects.select_related("published").order_by("pk"))
    every = [path for thread in threads for path in first_pages(newsroom, thread)]
    watched = every[: 2 * WATCHED]
    connection.close()
    tell("Printing pages with what they wrote …")
    showed = sum(SIGN in wait_for(port, path) for path in watched)
    began = time.perf_counter()
    made = ban(by=None, at=timezone.now(), reason="spam", reader=mallory, hides=True)  # type: ignore[arg-type]
    hidden = time.perf_counter() - began
    connection.close()
    gone = _last_seen(port, watched, since=began)
    tell("Looking at every page …")
    still = sum(SIGN in wait_for(port, path) for path in every)
    left = wrote.count()
    began = time.perf_counter()
    lift_ban(ban=made, by=None, at=timezone.now())  # type: ignore[arg-type]
    back = time.perf_counter() - began
    report.row(f"ban with {number:,} comments, seconds", f"{hidden:.2f}")
    report.row("until no page has one, seconds", f"{gone:.2f}")
    report.row("and back, seconds", f"{back:.2f}")
    report.figures |= {
        "ban_seconds": round(hidden, 2),
        "ban_seen_seconds": round(gone, 2),
        "lift_seconds": round(back, 2),
    }
    report.exactly("pages that showed them before", showed, len(watched))
    report.at_most("ban, until no page has what they wrote", gone, MOST_SECONDS, "s")
    report.exactly(f"of all {len(every)} pages those that have it still", still, 0)
    report.exactly("of it still shown", left, 0)
    report.exactly("of it back after lifting", wrote.count(), number)


def let_one_write(size: int) -> None:
    """
    Comments from all threads alike, the newest of each among them. Before anything is printed:
    no page is told of it.
    """
    mallory = Person.objects.order_by("pk")[0]
    Person.objects.filter(pk=mallory.pk).update(name=SIGN)
    apart = max(1, size // WROTE)
    wanted = list(Comment.objects.order_by("pk").values_list("pk", flat=True)[::apart])
    for thread in Thread.objects.order_by("pk"):
        newest = Comment.objects.filter(thread=thread, has_place=True, root=None)
        wanted += newest.order_by("-posted_at", "-pk").values_list("pk", flat=True)[:1]
    for first in range(0, len(wanted), 500):
        some = Comment.objects.filter(pk__in=wanted[first : first + 500])
        some.update(author=mallory)
    for thread in Thread.objects.order_by("pk"):
        Thread.objects.filter(pk=thread.pk).update(first=for_page(thread))


def _last_seen(port: int, paths: list[str], *, since: float) -> float:
    """Seconds until each of these came without them."""
    reader, waiting = Reader(port), list(paths)
    while waiting and time.perf_counter() - since < GIVE_UP_SECONDS:
        waiting = [path for path in waiting if _has_it(reader, path)]
    reader.close()
    return time.perf_counter() - since


def _has_it(reader: Reader, path: str) -> bool:
    """Also while nothing is served: somebody has to see that it is gone."""
    got = reader.get(path)
    return got.status != 200 or SIGN in got.text()
