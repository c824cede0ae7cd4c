"""
Reads for readers: a thread's branches, a page at a time.

This is the only way from a comment's row to a page, a feed or an answer for programs, and it
answers the text of approved comments alone; of others, that there was one.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Q, QuerySet

from masthead.comments.models import SHOWN, Comment, Thread

BRANCHES = 20
ANSWERS = 5  # under a branch in a list; its own page has the rest
ANSWERS_ON_PAGE = 100
ORDERS = {
    "newest": ("-posted_at", "-id"),
    "oldest": ("posted_at", "id"),
    "respected": ("-respects", "-id"),
}

Shown = dict[str, Any]  # one comment as templates and programs get it


class Place(NamedTuple):
    """Where a list goes on: the value it is ordered by and a row's id, e.g. "1763791200.5-42"."""

    value: datetime | int
    id: int

    def __str__(self) -> str:
        value = self.value
        text = f"{value.timestamp():.6f}" if isinstance(value, datetime) else str(value)
        return f"{text}-{self.id}"

    @classmethod
    def read(cls, text: str, *, order: str) -> "Place | None":
        stamp, _, row = text.partition("-")
        try:
            value = int(stamp) if order == "respected" else _moment(float(stamp))
            place = cls(value, int(row))
        except (ValueError, OverflowError, OSError):
            return None
        fits = isinstance(place.value, datetime) or 0 <= place.value < 2**31
        return place if fits and 0 <= place.id < 2**63 else None


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)


@dataclass(frozen=True)
class Listing:
    """Branches in order, with their first answers; `rows`: their ids; `next`: where to go on."""

    branches: list[Shown]
    rows: list[int]
    next: Place | None


def branches(
    thread: Thread, *, order: str = "newest", after: Place | None = None, most: int = BRANCHES
) -> Listing:
    """One page of a thread. Two queries, however long the thread and far the page."""
    found = list(_in_order(thread, order, after)[: most + 1])
    more, found = len(found) > most, found[:most]
    answers = first_answers([row.pk for row in found if row.replies], most=ANSWERS)
    shown = [with_answers(row, answers[row.pk]) for row in found]
    last = found[-1] if found and more else None
    return Listing(shown, [row.pk for row in found], _place_of(last, order) if last else None)


def _place_of(row: Comment, order: str) -> Place:
    return Place(row.respects if order == "respected" else row.posted_at, row.pk)


def _in_order(thread: Thread, order: str, after: Place | None) -> QuerySet[Comment]:
    first, second = ORDERS[order]
    rows = with_names().filter(thread=thread, has_place=True, root=None).order_by(first, second)
    if after is None:
        return rows
    column = first.lstrip("-")
    way = "lt" if first.startswith("-") else "gt"
    return rows.filter(
        Q(**{f"{column}__{way}": after.value}) | Q(**{column: after.value, f"id__{way}": after.id}),
        **{f"{column}__{way}e": after.value},  # a plain range that the index can start from
    )


def with_names() -> QuerySet[Comment]:
    return Comment.objects.select_related("author").only(
        "public_id",
        "thread_id",
        "root_id",
        "parent_id",
        "byline",
        "badge",
        "html",
        "state",
        "is_pick",
        "respects",
        "replies",
        "posted_at",
        "edited_at",
        "author__name",
        "author__public_id",
    )


def first_answers(roots: list[int], *, most: int) -> dict[int, list[Comment]]:
    """The first few answers in each of these branches: a lookup a branch, in one query."""
    found: dict[int, list[Comment]] = defaultdict(list)
    if not roots:
        return found
    each = [
        Comment.objects.filter(root=root, has_place=True)
        .order_by("posted_at", "id")
        .values("pk")[:most]
        for root in roots
    ]
    # Parts of a UNION cannot be limited on SQLite but inside a query of their own.
    inside = Q()
    for part in each:
        inside |= Q(pk__in=part)
    for row in with_names().filter(inside).order_by("posted_at", "id"):
        found[row.root_id or 0].append(row)
    return found


def answers_after(root: int, *, after: Place | None, most: int) -> tuple[list[Comment], bool]:
    """A branch's answers by time; whether there are more. One query."""
    rows = with_names().filter(root=root, has_place=True).order_by("posted_at", "id")
    if after is not None:
        rows = rows.filter(
            Q(posted_at__gt=after.value) | Q(posted_at=after.value, id__gt=after.id),
            posted_at__gte=after.value,
        )
    found = list(rows[: most + 1])
    return found[:most], len(found) > most


def with_answers(row: Comment, answers: Iterable[Comment]) -> Shown:
    listed = list(answers)
    shown = as_shown(row)
    names = {row.pk: shown["by"]} | {each.pk: _name(each) for each in listed}
    shown["answers"] = [
        as_shown(each)
        | {"to": names.get(each.parent_id or 0, "") if each.parent_id != row.pk else ""}
        for each in listed
    ]
    shown["more"] = max(0, row.replies - len(listed))
    return shown


def as_shown(row: Comment) -> Shown:
    """What readers may know of a comment. Nothing but its place, unless it is approved."""
    if row.state not in SHOWN:
        return {"id": str(row.public_id), "gone": row.state, "at": _stamp(row.posted_at), "by": ""}
    return {
        "id": str(row.public_id),
        "by": _name(row),
        "who": _who(row),
        "badge": row.badge,
        "pick": row.is_pick,
        "at": _stamp(row.posted_at),
        "edited": row.edited_at is not None,
        "html": row.html,
        "respects": row.respects,
    }


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _name(row: Comment) -> str:
    if row.state not in SHOWN:
        return ""
    return row.byline or (row.author.name if row.author else "")


def _who(row: Comment) -> str:
    """The same for all comments of one person, and nothing else: to ignore them by."""
    return who(row.author.public_id) if row.author else ""


def who(public_id: Any) -> str:
    key = settings.SECRET_KEY.encode()[:64]
    return blake2b(public_id.bytes, key=key, digest_size=8, person=b"commenter").hexdigest()


def for_page(thread: Thread) -> dict[str, Any]:
    """
    What the article's own page has of a thread: its count, rules, and first branches.

    As many as make a page's worth of text, three at least.
    """
    listing = branches(thread, most=FIRST_BRANCHES)
    chosen: list[Shown] = []
    letters = 0
    for branch in listing.branches:
        branch["more"] += max(0, len(branch["answers"]) - FIRST_ANSWERS)
        branch["answers"] = branch["answers"][:FIRST_ANSWERS]
        letters += sum(len(each.get("html", "")) for each in [branch, *branch["answers"]])
        if len(chosen) >= LEAST_BRANCHES and letters > FIRST_LETTERS:
            break
        chosen.append(branch)
    has_more = len(chosen) < len(listing.branches) or listing.next is not None
    return {
        "count": thread.shown,
        "rules": thread.rules,
        "branches": chosen,
        "has_more": has_more or any(each["more"] for each in chosen),
    }


FIRST_BRANCHES, LEAST_BRANCHES, FIRST_ANSWERS = 8, 3, 2
FIRST_LETTERS = 6_000  # of HTML, with which an article's page stays below its 50 kB
