"""Pages of a thread and of the queues, from anywhere in them, and the statements they ask."""

import random
import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.comments.filling import LONG
from benchmarks.newsroom import Newsroom
from benchmarks.report import Report
from benchmarks.timing import cpu_clock
from masthead.comments import pages
from masthead.comments.desk.queues import QUEUES, items, numbers, queue
from masthead.comments.models import Comment, State, Thread
from masthead.comments.shown import ORDERS, Place
from masthead.outlets.queries import get_sheet
from masthead.press.asking import Asking
from masthead.press.printing import in_force
from masthead.press.render import print_page

ROUNDS = 40
MOST_MS_PAGE, MOST_MS_QUEUE = 100, 150
COUNTS = re.compile(r"\bcount\s*\(", re.IGNORECASE)


def measure_views(report: Report, newsroom: Newsroom, thread: Thread, size: int) -> None:
    asked: list[str] = []
    counting = _p95([Comment.objects.filter(state=State.HELD).count] * 5)
    _time_thread(report, thread, asked)
    _time_queues(report, newsroom, size, counting, asked)
    report.figures["statements_looked_at"] = len(asked)
    counts = [each for each in asked if COUNTS.search(each)]
    report.row("statements looked at, of them counts", f"{len(asked)}, {len(counts)}")
    report.at_least("statements looked at", len(asked), 1)
    report.exactly("of them that count", len(counts), 0)


def _time_thread(report: Report, thread: Thread, asked: list[str]) -> None:
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
        asked += [
            each
            for place in (None, after[0])
            for each in _statements(partial(_page, sheet, thread, order, place))
        ]
        taken = _p95(works)
        name = f"further pages of {LONG:,}, {order}"
        report.row(name, f"{taken:.1f}")
        report.figures[f"thread_{order}_ms"] = round(taken, 2)
        report.at_most(f"{name}, p95", taken, MOST_MS_PAGE, "ms")


def _page(sheet: Any, thread: Thread, order: str, after: Place | None) -> None:
    """With what it prints: nothing of it lies anywhere."""
    params = {"after": str(after)} if after else {}
    asking = Asking(sheet, timezone.now(), params=params)
    public_id = thread.published.public_id
    with in_force(sheet):
        print_page(pages.list_page(asking, public_id=public_id, order=order), asking=asking)


def _time_queues(
    report: Report, newsroom: Newsroom, size: int, counting: float, asked: list[str]
) -> None:
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
            asked += [each for work in (works[0], works[-1]) for each in _statements(work)]
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
    numbers([outlet])


def _statements(work: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        work()
    return [each["sql"] for each in captured.captured_queries]


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
