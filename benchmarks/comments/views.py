"""
`bin/bench comments`: what a long thread and long queues take to read, in a large network.

A thread of 10,000 comments, and as many comments beside it as are asked for, a tenth of them held.
Ours: a printed page from anywhere in each order of the thread, and the moderators' pages of
fifty, from the beginning and from far in, over all titles and of one. Compared with is what the
same database takes for the row alone that says how many there are (`COUNT(*)`), which no page does.
"""

import random
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from benchmarks.fill import fill
from benchmarks.newsroom import Newsroom, found_newsroom
from benchmarks.report import Report
from benchmarks.scratch import tell
from benchmarks.tables import Table, count_on_from, set_sequences
from benchmarks.timing import cpu_clock
from masthead.articles.models import PublishedArticle
from masthead.comments import pages
from masthead.comments.actions.banning import ban, lift_ban
from masthead.comments.actions.policies import set_policy
from masthead.comments.desk.queues import QUEUES, items, queue
from masthead.comments.models import Comment, House, Person, State, Thread
from masthead.comments.shown import ORDERS, Place, for_page
from masthead.core.ids import uuid7
from masthead.outlets.queries import get_sheet
from masthead.press.asking import Asking
from masthead.press.printing import in_force
from masthead.press.render import print_page
from masthead.readers.models import Reader

SHORT, FULL = 20_000, 1_000_000
LONG = 10_000  # comments in the one long thread
ARTICLES, READERS = 400, 5_000
ROUNDS = 40
HELD_EACH, REPORTED_EACH, NEW_EACH = 10, 97, 50
WRITTEN_BY_ONE = 10_000
MOST_MS_PAGE, MOST_MS_QUEUE, MOST_SECONDS_BAN = 100, 150, 5
BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
PER_TRANSACTION = 20_000
TEXT = "The harbour board should have asked the pilots before the winter. It did not, once more."


def run(*, short: bool) -> Report:
    report = Report("comments", columns=("p95, ms", "ours", "COUNT(*)", "ratio"))
    newsroom = found_newsroom()
    fill(newsroom, until=ARTICLES)
    set_policy(where=newsroom.outlet, by=None, at=timezone.now(), who="address", mode="open")
    size = SHORT if short else FULL
    long_thread = _fill(newsroom, size=size)
    counting = _p95([Comment.objects.filter(state=State.HELD).count] * 5)
    _time_thread(report, long_thread)
    _time_queues(report, newsroom, size, counting)
    _time_ban(report, size)
    return report


def _time_thread(report: Report, thread: Thread) -> None:
    sheet = get_sheet(outlet_id=thread.outlet_id)
    some = random.Random(5)
    for order in ORDERS:
        first, _second = ORDERS[order]
        column = first.lstrip("-")
        rows = list(
            Comment.objects.filter(thread=thread, has_place=True, root=None)
            .order_by("pk")
            .values_list(column, "pk")
        )
        after = [Place(*row) for row in some.sample(rows, ROUNDS)]
        works = [partial(_page, sheet, thread, order, place) for place in after]
        taken = _p95(works)
        name = f"further pages of {LONG:,}, {order}"
        report.row(name, f"{taken:.1f}")
        report.figures[f"thread_{order}_ms"] = round(taken, 2)
        report.at_most(f"{name}, p95", taken, MOST_MS_PAGE, "ms")


def _page(sheet: Any, thread: Thread, order: str, after: Place) -> None:
    asking = Asking(sheet, timezone.now(), params={"after": str(after)})
    public_id = thread.published.public_id
    with in_force(sheet):
        print_page(pages.list_page(asking, public_id=public_id, order=order), asking=asking)


def _time_queues(report: Report, newsroom: Newsroom, size: int, counting: float) -> None:
    some = random.Random(6)
    outlet = newsroom.outlet.pk
    for name in QUEUES:
        inside = Comment.objects.filter(QUEUES[name]).order_by("pk")
        rows = list(inside.values_list("posted_at", "pk")[: max(2, size // 10)])
        places: list[Place | None] = [None] * (ROUNDS // 2)
        if rows:
            places += [Place(*some.choice(rows)) for _ in range(ROUNDS // 2)]
        for is_all, whose in ((True, "all titles"), (False, "one title")):
            works = [partial(_queue, name, outlet, is_all, place) for place in places]
            taken = _p95(works)
            report.row(
                f"queue {name}, {whose}",
                f"{taken:.1f}",
                f"{counting:.1f}",
                taken / counting if counting else None,
            )
            report.figures[f"queue_{name}_{'all' if is_all else 'one'}_ms"] = round(taken, 2)
            report.at_most(f"queue {name}, {whose}, p95", taken, MOST_MS_QUEUE, "ms")


def _queue(name: str, outlet: int, is_all: bool, after: Place | None) -> None:
    page = queue(name, outlets=[outlet], is_all=is_all, after=after)
    for item in items(page.items, at=timezone.now()):
        str(item.marked)


def _time_ban(report: Report, size: int) -> None:
    """Somebody who wrote 10,000 comments, with everything they wrote, and back."""
    reader = Reader.objects.order_by("pk")[0]
    wrote = Comment.objects.filter(author=reader, state__in=[State.APPROVED, State.HELD])
    wanted = list(
        Comment.objects.order_by("pk").values_list("pk", flat=True)[
            : min(WRITTEN_BY_ONE, size // 2)
        ]
    )
    for first in range(0, len(wanted), 500):
        Comment.objects.filter(pk__in=wanted[first : first + 500]).update(author=reader)
    number = wrote.count()
    began = time.perf_counter()
    made = ban(by=None, at=timezone.now(), reason="spam", reader=reader, hides=True)  # type: ignore[arg-type]
    hidden = time.perf_counter() - began
    left = wrote.count()
    began = time.perf_counter()
    lift_ban(ban=made, by=None, at=timezone.now())  # type: ignore[arg-type]
    back = time.perf_counter() - began
    report.row(f"ban with {number:,} comments, seconds", f"{hidden:.2f}")
    report.row("and back, seconds", f"{back:.2f}")
    report.figures |= {"ban_seconds": round(hidden, 2), "lift_seconds": round(back, 2)}
    report.at_most("ban with everything they wrote", hidden, MOST_SECONDS_BAN, "s")
    report.exactly("of it still shown", left, 0)
    report.exactly("of it back after lifting", wrote.count(), number)


def _fill(newsroom: Newsroom, *, size: int) -> Thread:
    """The first thread is the long one; the others share the rest."""
    some = random.Random(3)
    places = list(PublishedArticle.objects.order_by("pk")[:ARTICLES])
    now = timezone.now()
    Reader.objects.bulk_create(
        Reader(email=f"r{n}@readers.example", name=f"Reader {n}", joined_at=BEGIN, proved_at=BEGIN)
        for n in range(READERS)
    )
    readers = list(Reader.objects.order_by("pk").values_list("pk", flat=True))
    Person.objects.bulk_create(Person(reader_id=pk, approved=200, first_at=BEGIN) for pk in readers)
    Thread.objects.bulk_create(
        Thread(published=each, article_id=each.article_id, outlet_id=each.outlet_id)
        for each in places
    )
    threads = list(Thread.objects.order_by("pk").values_list("pk", flat=True))
    like = Comment(
        outlet_id=newsroom.outlet.pk, text=TEXT, html=f"<p>{TEXT}</p>", posted_at=BEGIN, seen=True
    )
    varying = ("id", "public_id", "thread_id", "parent_id", "root_id", "author_id", "state",
               "has_place", "seen", "reports", "respects", "replies", "posted_at")  # fmt: skip
    first = count_on_from(Comment)
    roots: dict[int, int] = {}
    for begin in range(0, size, PER_TRANSACTION):
        table = Table(like, varying)
        for number in range(begin, min(size, begin + PER_TRANSACTION)):
            thread = threads[0] if number < LONG else some.choice(threads[1:])
            is_root = number % 3 == 0 or thread not in roots
            pk = first + number
            held = number >= LONG and number % HELD_EACH == 0
            root = None if is_root else roots[thread]
            if is_root and not held:
                roots[thread] = pk
            table.add(
                pk,
                uuid7(),
                thread,
                root,
                root,
                some.choice(readers),
                "held" if held else "approved",
                not held,
                number % NEW_EACH != 0,
                int(number % REPORTED_EACH == 0),
                number % 57,
                2 if is_root else 0,
                BEGIN + timedelta(seconds=37 * number),
            )
        with transaction.atomic():
            table.write()
        tell(f"  {min(size, begin + PER_TRANSACTION):,} comments")
    set_sequences([Comment])
    House.objects.filter(outlet=newsroom.outlet).update(all=size, held=size // HELD_EACH)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    Thread.objects.update(shown=size // len(threads))
    long_thread = Thread.objects.select_related("published").get(pk=threads[0])
    long_thread.first = for_page(long_thread)
    long_thread.save()
    tell(f"  in {(timezone.now() - now).total_seconds():.0f} s")
    return long_thread


def _p95(works: Sequence[Callable[[], object]]) -> float:
    for work in works[:3]:
        work()
    clock = cpu_clock()
    taken = []
    for work in works:
        began = clock()
        work()
        taken.append((clock() - began) * 1000)
    return sorted(taken)[min(len(taken) - 1, int(len(taken) * 0.95))]
