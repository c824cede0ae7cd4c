"""One thread of an export taken over: all of it, or nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.db.models import Count, F, Q

from masthead.articles.models import PublishedArticle
from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.comments.bringing_in.waiting import Waiting
from masthead.comments.models import Comment, House, Person, State, Thread
from masthead.comments.shown import for_page
from masthead.comments.text import fingerprint, printed
from masthead.readers.addresses import NotAnAddress, read_address
from masthead.readers.models import Reader

AT_ONCE = 1_000
REFUSED = {State.REJECTED, State.REMOVED}
T = TypeVar("T")


@dataclass(frozen=True)
class Taken:
    """brought, again: how many are new, and were here. orphans: new, their parent is not here."""

    brought: int
    again: int
    orphans: int


def take_over(rows: Iterable[Waiting], *, place: int, source: str, at: datetime) -> Taken:
    """
    All comments of one article, with who answers whom, counts, records and pages.

    One write transaction; texts are printed before it. Repeatable: those that are here stay as
    they are, but for an answer whose parent came only now.
    """
    waiting = {each.id: each for each in rows}
    made = {each.id: _made(each, source) for each in waiting.values()}
    with transaction.atomic():
        thread = _locked_thread(place)
        here = _here(waiting, source, outlet_id=thread.outlet_id)
        new = [made[each] for each in waiting if each not in here]
        _give_authors(new, waiting, at=at)
        for each in new:
            each.thread, each.outlet_id = thread, thread.outlet_id
        Comment.objects.bulk_create(new, batch_size=AT_ONCE)
        changed, orphans = _tie(thread, waiting, source, {each.source_id for each in new})
        if new or changed:
            _count(thread, new)
            note_change(keys=[keys.comments(thread.article_id)], at=at)
    return Taken(len(new), len(waiting) - len(new), orphans)


def _made(row: Waiting, source: str) -> Comment:
    return Comment(
        byline=row.name,
        text=row.text,
        html=printed(row.text),
        fingerprint=fingerprint(row.text),
        state=row.state,
        phase="import",
        has_place=row.state == State.APPROVED,
        seen=row.state != State.HELD,
        posted_at=row.at,
        decided_at=row.at,
        source=source,
        source_id=row.id,
    )


def _locked_thread(place: int) -> Thread:
    published = PublishedArticle.objects.get(pk=place)
    belongs = {"article_id": published.article_id, "outlet_id": published.outlet_id}
    made, _is_new = Thread.objects.get_or_create(published=published, defaults=belongs)
    return Thread.objects.select_for_update().get(pk=made.pk)


def _here(waiting: Iterable[str], source: str, *, outlet_id: int) -> set[str]:
    """
    Those of another article too: an export may name a comment twice. Not those of other titles,
    which had systems, and numbers, of their own.
    """
    found: set[str] = set()
    for some in _some(waiting):
        known = Comment.objects.filter(outlet=outlet_id, source=source, source_id__in=some)
        found.update(known.values_list("source_id", flat=True))
    return found


def _some(each: Iterable[T]) -> Iterator[list[T]]:
    left = iter(each)
    while some := list(islice(left, AT_ONCE)):
        yield some


def _give_authors(
    comments: Sequence[Comment], waiting: dict[str, Waiting], *, at: datetime
) -> None:
    """The readers of their addresses, made when new; none for what is no address."""
    clean: dict[str, str] = {}
    names: dict[str, str] = {}
    for comment in comments:
        row = waiting[comment.source_id]
        try:
            clean[row.id] = read_address(row.email) if row.email else ""
        except NotAnAddress:
            continue
        names[clean[row.id]] = row.name
    names.pop("", None)
    readers: dict[str, int] = {}
    for some in _some(sorted(names)):
        new = [Reader(email=each, name=names[each], joined_at=at) for each in some]
        Reader.objects.bulk_create(new, ignore_conflicts=True)
        readers |= dict(Reader.objects.filter(email__in=some).values_list("email", "pk"))
    for comment in comments:
        comment.author_id = readers.get(clean.get(comment.source_id, ""))


def _tie(
    thread: Thread, waiting: dict[str, Waiting], source: str, new: set[str]
) -> tuple[int, int]:
    """Who answers whom, and places. How many rows that changed; how many new ones are orphans."""
    rows = list(
        Comment.objects.filter(thread=thread)
        .only("parent_id", "root_id", "state", "has_place", "replies", "source", "source_id")
        .order_by("pk")
    )
    before = {row.pk: _tied(row) for row in rows}
    by_id = {row.source_id: row for row in rows if row.source == source}
    by_pk = {row.pk: row for row in rows}
    orphans = 0
    for row in by_id.values():
        said = waiting.get(row.source_id)
        if said is None or not said.parent or row.parent_id is not None:
            continue
        parent = by_id.get(said.parent)
        orphans += parent is None and row.source_id in new
        row.parent_id = parent.pk if parent is not None and parent is not row else None
    for row in rows:
        row.root_id = _root(row, by_pk)
    for row in rows:
        if row.root_id is None:  # what goes in circles begins anew
            row.parent_id = None
    _give_places(rows, by_pk)
    counted = Counter(row.root_id for row in rows if row.root_id and row.has_place)
    for row in rows:
        row.replies = counted[row.pk] if row.root_id is None else 0
    changed = [row for row in rows if _tied(row) != before[row.pk]]
    fields = ["parent", "root", "has_place", "replies"]
    Comment.objects.bulk_update(changed, fields, batch_size=500)
    return len(changed), orphans


def _tied(row: Comment) -> tuple[int | None, int | None, bool, int]:
    return row.parent_id, row.root_id, row.has_place, row.replies


def _root(row: Comment, by_pk: dict[int, Comment]) -> int | None:
    """The beginning of its branch; None for a beginning, and for what goes in circles."""
    seen: set[int] = set()
    at = row
    while at.parent_id is not None and at.pk not in seen:
        seen.add(at.pk)
        if at.parent_id not in by_pk:
            return None
        at = by_pk[at.parent_id]
    return None if at is row or at.pk in seen else at.pk


def _give_places(rows: Sequence[Comment], by_pk: dict[int, Comment]) -> None:
    """What is approved, and whatever that answers, up to its beginning."""
    placed: set[int] = set()
    for row in rows:
        at: Comment | None = row if row.state == State.APPROVED else None
        while at is not None and at.pk not in placed:
            placed.add(at.pk)
            at = by_pk.get(at.parent_id or 0)
    for row in rows:
        row.has_place = row.pk in placed


def _count(thread: Thread, new: Sequence[Comment]) -> None:
    """The thread's numbers and branches, the queues' numbers, and people's records."""
    mine = Comment.objects.filter(thread=thread)
    found = mine.aggregate(
        shown=Count("pk", filter=Q(state=State.APPROVED)),
        held=Count("pk", filter=Q(state=State.HELD)),
    )
    thread.shown, thread.held = found["shown"], found["held"]
    newest = mine.filter(has_place=True).order_by("-posted_at", "-pk")
    thread.newest_at = newest.values_list("posted_at", flat=True).first()
    thread.first = for_page(thread)
    thread.save(update_fields=["shown", "held", "newest_at", "first"])
    House.objects.get_or_create(outlet_id=thread.outlet_id)
    House.objects.filter(outlet=thread.outlet_id).update(
        held=F("held") + sum(each.state == State.HELD for each in new), all=F("all") + len(new)
    )
    _keep_records(new)


def _keep_records(new: Sequence[Comment]) -> None:
    theirs: dict[int, list[Comment]] = defaultdict(list)
    for each in new:
        if each.author_id is not None:
            theirs[each.author_id].append(each)
    firsts = {pk: min(each.posted_at for each in wrote) for pk, wrote in theirs.items()}
    alike: dict[tuple[int, int], list[int]] = defaultdict(list)
    for pk, wrote in sorted(theirs.items()):
        approved = sum(each.state == State.APPROVED for each in wrote)
        alike[approved, sum(each.state in REFUSED for each in wrote)].append(pk)
    for some in _some(sorted(theirs)):
        people = [Person(reader_id=pk, first_at=firsts[pk]) for pk in some]
        Person.objects.bulk_create(people, ignore_conflicts=True)
        for person in Person.objects.filter(reader__in=some).order_by("reader"):
            if person.first_at > firsts[person.reader_id]:
                Person.objects.filter(pk=person.pk).update(first_at=firsts[person.reader_id])
    for (approved, rejected), readers in alike.items():
        for some in _some(readers):
            Person.objects.filter(reader__in=some).update(
                approved=F("approved") + approved, rejected=F("rejected") + rejected
            )
