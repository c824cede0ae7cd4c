"""Reads for moderators: the queues, an item with what is around it, an author's record."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import merge
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from masthead.comments.models import (
    Ban,
    Comment,
    House,
    Note,
    Person,
    Report,
    State,
    Thread,
)
from masthead.comments.rules import moderated_of
from masthead.comments.shown import Place
from masthead.comments.wording import why_held, why_refused
from masthead.outlets.models import Outlet

PER_PAGE = 50
QUEUES: dict[str, Q] = {
    "reported": Q(state=State.APPROVED, reports__gt=0),
    "held": Q(state=State.HELD),
    "new": Q(state=State.APPROVED, seen=False),
    "picks": Q(state=State.APPROVED, is_pick=True),
    "all": Q(),
}
# What waits is worked off from the oldest; what is looked through begins with the newest.
OLDEST_FIRST = {"reported", "held"}
PROPOSED = {"links": "spam", "looks-like-spam": "spam", "looks-doubtful": "spam"}
OF_THREAD = ("reported", "held")  # whose numbers a thread keeps


def outlets_of(user: Any) -> list[Outlet]:
    """Those whose comments the user moderates, in the network's order."""
    return moderated_of(user, Outlet.objects.live().order_by("path"))


@dataclass(frozen=True)
class Page:
    """Items of a queue; `next`: where the next page begins."""

    items: list[Comment]
    next: Place | None


def queue(
    name: str,
    *,
    outlets: Sequence[int],
    is_all: bool,
    thread: int | None = None,
    why: str = "",
    after: Place | None = None,
    most: int = PER_PAGE,
) -> Page:
    """
    One page of a queue, by its index.

    why: only what is held for this reason. is_all: whether `outlets` are all there are; the
    network's own index then serves. Of some outlets the heads of each are put together, which is a
    short look into each one's index.
    """
    rows = Comment.objects.filter(QUEUES[name])
    if name == "all":
        rows = rows.exclude(state=State.UNPROVED)
    if why:
        rows = rows.filter(reason=why)
    if thread is not None:
        found = list(
            _after(rows.filter(thread=thread, outlet__in=outlets), name, after)[: most + 1]
        )
    elif is_all:
        found = list(_after(rows, name, after)[: most + 1])
    else:
        found = _merged(rows, name, outlets, after, most + 1)
    more, found = len(found) > most, found[:most]
    following = Place(found[-1].posted_at, found[-1].pk) if more and found else None
    return Page(with_context([row.pk for row in found]), following)


def _after(rows: QuerySet[Comment], name: str, after: Place | None) -> QuerySet[Comment]:
    rows = rows.only("pk", "posted_at")
    is_oldest = name in OLDEST_FIRST
    if after is not None:
        way = "gt" if is_oldest else "lt"
        rows = rows.filter(
            Q(**{f"posted_at__{way}": after.value})
            | Q(posted_at=after.value, **{f"pk__{way}": after.id}),
            **{f"posted_at__{way}e": after.value},
        )
    return rows.order_by("posted_at", "pk") if is_oldest else rows.order_by("-posted_at", "-pk")


def _merged(
    rows: QuerySet[Comment], name: str, outlets: Sequence[int], after: Place | None, most: int
) -> list[Comment]:
    heads = [_after(rows.filter(outlet=outlet), name, after)[:most] for outlet in outlets]
    is_newest = name not in OLDEST_FIRST
    whole = merge(*heads, key=lambda row: (row.posted_at, row.pk), reverse=is_newest)
    return [row for row, _place in zip(whole, range(most), strict=False)]


def with_context(ids: Sequence[int]) -> list[Comment]:
    """With author, article and what it answers, in the order of the ids."""
    rows = Comment.objects.select_related(
        "author", "outlet", "thread__published", "parent", "parent__author"
    ).in_bulk(list(ids))
    return [rows[each] for each in ids if each in rows]


@dataclass(frozen=True)
class Item:
    """
    One comment as moderators see it. why: the sentence that says why it is here. marked: its text
    with the words marked that say so.
    """

    comment: Comment
    why: str
    marked: SafeString
    person: Person | None
    reports: list[Report] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    is_banned: bool = False

    @property
    def proposed(self) -> str:
        """The reason that stands first when it is refused: what is said against it."""
        if self.reports:
            return self.reports[0].reason
        return PROPOSED.get(self.comment.reason, self.comment.reason)


def items(comments: Sequence[Comment], *, at: datetime) -> list[Item]:
    """Four queries for all of them."""
    authors = [each.author_id for each in comments if each.author_id]
    ids = [each.pk for each in comments]
    people = Person.objects.in_bulk(authors)
    reports: dict[int, list[Report]] = {}
    for report in Report.objects.filter(comment__in=ids, state=Report.State.OPEN).order_by("pk"):
        reports.setdefault(report.comment_id, []).append(report)
    notes: dict[int | None, list[Note]] = {}
    for note in Note.objects.filter(reader__in=authors).select_related("by").order_by("-at", "-pk"):
        notes.setdefault(note.reader_id, []).append(note)
    in_force = Ban.objects.filter(Q(until=None) | Q(until__gt=at), lifted_at=None)
    banned = set(in_force.filter(reader__in=authors).values_list("reader", flat=True))
    return [
        Item(
            comment=each,
            why=_why(each),
            marked=mark(each.text, each.marks),
            person=people.get(each.author_id or 0),
            reports=reports.get(each.pk, []),
            notes=notes.get(each.author_id, []),
            is_banned=each.author_id in banned,
        )
        for each in comments
    ]


def _why(comment: Comment) -> str:
    if comment.state == State.HELD:
        return why_held(comment.reason)
    if comment.state in {State.REJECTED, State.REMOVED}:
        return why_refused(comment.reason)
    return ""


def mark(text: str, marks: Sequence[Sequence[int]]) -> SafeString:
    """The text, escaped, with some stretches of it marked; those that overlap become one."""
    pieces: list[tuple[str, str, str]] = []
    at = 0
    for start, end in sorted((int(a), int(b)) for a, b in marks):
        start = max(start, at)
        if end <= start or start >= len(text):
            continue
        pieces += [("", text[at:start], ""), ("<mark>", text[start:end], "</mark>")]
        at = end
    pieces.append(("", text[at:], ""))
    return format_html_join(
        "",
        "{}{}{}",
        ((SafeString(opening), piece, SafeString(closing)) for opening, piece, closing in pieces),
    )


def numbers(outlets: Sequence[int]) -> dict[str, int]:
    """How many are in each queue: sums of a row an outlet, nothing is counted. One query."""
    names = {name: Sum(name) for name in QUEUES}
    found = House.objects.filter(outlet__in=outlets).aggregate(**names)
    return {name: max(0, found[name] or 0) for name in QUEUES}


def numbers_below(thread: Thread) -> dict[str, int]:
    """Below one article: of the queues that its own row knows the number of. No query."""
    return {name: max(0, getattr(thread, name)) for name in OF_THREAD}
