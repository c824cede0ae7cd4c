"""Writes: comments of another system become ours, each once, with their threads and times."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from urllib.parse import unquote, urlsplit

from django.db import transaction
from django.db.models import Count, Q

from masthead.articles.models import PublishedArticle
from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.comments.bringing_in.brought import Brought
from masthead.comments.models import Comment, House, Person, State, Thread
from masthead.comments.pipeline.phases import LONGEST
from masthead.comments.shown import for_page
from masthead.comments.text import fingerprint, printed, tidy
from masthead.core.sanitise import plain_lines
from masthead.outlets.models import Outlet
from masthead.readers.addresses import NotAnAddress, read_address
from masthead.readers.models import Reader

AT_ONCE = 1_000


@dataclass
class Account:
    """
    What became of every comment of the file.

    without_article: how many of each address that is none of ours. again: here already.
    """

    read: int = 0
    brought: int = 0
    again: int = 0
    empty: int = 0
    without_article: Counter[str] = field(default_factory=Counter)
    orphans: int = 0  # whose parent is not in the file: they stand as beginnings

    @property
    def accounts_for_all(self) -> bool:
        left_out = self.again + self.empty + sum(self.without_article.values())
        return self.read == self.brought + left_out


def bring_in(
    rows: Iterable[Brought], *, source: str, outlet: Outlet, at: datetime, links: bool = True
) -> Account:
    """
    Take over the comments of an export; repeatable, each is taken once.

    Articles are found by the path of their address, else by its last part where only one article
    of the outlet ends so. Texts are taken as words; links in them become our own. People with an
    address become readers who have not shown yet that it is theirs; nobody is written to.
    """
    account, places = Account(), _Places(outlet)
    touched: set[int] = set()
    for some in _batches(rows):
        account.read += len(some)
        with transaction.atomic():
            touched |= _bring_some(some, source, outlet, places, account, at)
    _settle(touched, source=source, account=account, at=at)
    _count_house(outlet)
    return account


def _batches(rows: Iterable[Brought]) -> Iterator[list[Brought]]:
    each = iter(rows)
    while some := list(islice(each, AT_ONCE)):
        yield some


def _bring_some(
    rows: list[Brought],
    source: str,
    outlet: Outlet,
    places: "_Places",
    account: Account,
    at: datetime,
) -> set[int]:
    known = set(
        Comment.objects.filter(
            source=source, source_id__in=[_whole_id(each) for each in rows]
        ).values_list("source_id", flat=True)
    )
    readers = _readers(rows, at=at)
    made: list[Comment] = []
    for each in rows:
        if _whole_id(each) in known:
            account.again += 1
            continue
        known.add(_whole_id(each))
        place = places.find(each.link)
        text = tidy(plain_lines(each.html))[:LONGEST]
        if place is None:
            account.without_article[each.link[:200]] += 1
        elif not text:
            account.empty += 1
        else:
            thread = places.thread_of(place)
            made.append(_comment(each, text, source, outlet, thread, readers.get(each.email)))
    Comment.objects.bulk_create(made)
    account.brought += len(made)
    return {each.thread_id for each in made}


def _whole_id(row: Brought) -> str:
    return row.id[:100]


def _comment(
    row: Brought, text: str, source: str, outlet: Outlet, thread: int, reader: int | None
) -> Comment:
    return Comment(
        thread_id=thread,
        outlet=outlet,
        author_id=reader,
        byline=" ".join(row.name.split())[:80],
        text=text,
        html=printed(text),
        fingerprint=fingerprint(text),
        state=row.state,
        phase="import",
        has_place=row.state == State.APPROVED,
        seen=row.state != State.HELD,
        posted_at=row.at,
        decided_at=row.at,
        source=source,
        source_id=_whole_id(row),
        client_id="",
        # Until all are here: whom it answers, in the other system's name.
        reason=row.parent[:30] if len(row.parent) <= 30 else "",
        marks=[row.parent] if row.parent else [],
    )


def _readers(rows: list[Brought], *, at: datetime) -> dict[str, int]:
    """By the address as it stood in the file."""
    clean: dict[str, str] = {}
    for row in rows:
        if row.email and row.email not in clean:
            try:
                clean[row.email] = read_address(row.email)
            except NotAnAddress:
                continue
    wanted = set(clean.values())
    have = dict(Reader.objects.filter(email__in=wanted).values_list("email", "pk"))
    names = {clean[row.email]: row.name for row in rows if row.email in clean}
    Reader.objects.bulk_create(
        [
            Reader(email=each, name=" ".join(names[each].split())[:80], joined_at=at)
            for each in sorted(wanted - have.keys())
        ],
        ignore_conflicts=True,
    )
    have = dict(Reader.objects.filter(email__in=wanted).values_list("email", "pk"))
    return {typed: have[each] for typed, each in clean.items()}


class _Places:
    """The outlet's articles by what stood in the other system's addresses."""

    def __init__(self, outlet: Outlet) -> None:
        rows = PublishedArticle.objects.filter(outlet=outlet).values_list("pk", "path")
        self._by_path = {path: pk for pk, path in rows}
        ends = Counter(path.rstrip("/").rpartition("/")[2] for path in self._by_path)
        self._by_end = {
            end: pk
            for path, pk in self._by_path.items()
            if ends[end := path.rstrip("/").rpartition("/")[2]] == 1
        }
        self._threads: dict[int, int] = {}

    def find(self, link: str) -> int | None:
        path = unquote(urlsplit(link).path).strip("/")
        if not path:
            return None
        return self._by_path.get(f"{path}/") or self._by_end.get(path.rpartition("/")[2])

    def thread_of(self, place: int) -> int:
        if place not in self._threads:
            published = PublishedArticle.objects.get(pk=place)
            thread, _made = Thread.objects.get_or_create(
                published=published,
                defaults={
                    "article_id": published.article_id,
                    "outlet_id": published.outlet_id,
                },
            )
            self._threads[place] = thread.pk
        return self._threads[place]


def _settle(threads: set[int], *, source: str, account: Account, at: datetime) -> None:
    """Who answers whom, places and counts, thread by thread; and what is printed of it."""
    for pk in sorted(threads):
        with transaction.atomic():
            thread = Thread.objects.select_for_update().get(pk=pk)
            _tie(thread, source=source, account=account)
            shown = Count("pk", filter=Q(state=State.APPROVED))
            held = Count("pk", filter=Q(state=State.HELD))
            found = Comment.objects.filter(thread=thread).aggregate(shown=shown, held=held)
            thread.shown, thread.held = found["shown"], found["held"]
            newest = Comment.objects.filter(thread=thread, has_place=True)
            thread.newest_at = (
                newest.order_by("-posted_at", "-pk").values_list("posted_at", flat=True).first()
            )
            thread.first = for_page(thread)
            thread.save()
            note_change(keys=[keys.comments(thread.article_id)], at=at)


def _tie(thread: Thread, *, source: str, account: Account) -> None:
    rows = list(Comment.objects.filter(thread=thread, source=source).order_by("posted_at", "pk"))
    by_id = {row.source_id: row for row in rows}
    waiting = [row for row in rows if row.marks and isinstance(row.marks[0], str)]
    for row in waiting:
        parent = by_id.get(row.marks[0][:100])
        account.orphans += parent is None
        row.parent = None if parent is row else parent
        row.reason, row.marks = "", []
    answered = {row.parent_id for row in rows if row.has_place and row.parent_id}
    for row in rows:
        row.root = _root(row, by_id=rows)
        row.has_place = row.state == State.APPROVED or row.pk in answered
    counted = Counter(row.root_id for row in rows if row.root_id and row.has_place)
    for row in rows:
        row.replies = counted.get(row.pk, 0) if row.root_id is None else 0
    Comment.objects.bulk_update(
        rows, ["parent", "root", "reason", "marks", "has_place", "replies"], batch_size=500
    )


def _root(row: Comment, *, by_id: list[Comment]) -> Comment | None:
    """The beginning of its branch; None for a beginning, and for what goes in circles."""
    seen: set[int] = set()
    at = row
    while at.parent is not None and at.pk not in seen:
        seen.add(at.pk)
        at = at.parent
    return None if at is row or at.pk in seen else at


def _count_house(outlet: Outlet) -> None:
    """The queues' numbers and people's records, counted once after so many came at once."""
    approved = Q(state=State.APPROVED)
    numbers = {
        "held": Count("pk", filter=Q(state=State.HELD)),
        "reported": Count("pk", filter=approved & Q(reports__gt=0)),
        "new": Count("pk", filter=approved & Q(seen=False)),
        "picks": Count("pk", filter=approved & Q(is_pick=True)),
        "all": Count("pk", filter=~Q(state=State.UNPROVED)),
    }
    with transaction.atomic():
        House.objects.get_or_create(outlet=outlet)
        found = Comment.objects.filter(outlet=outlet).aggregate(**numbers)
        House.objects.filter(outlet=outlet).update(**found)
        people = (
            Comment.objects.filter(author__isnull=False, source__gt="")
            .values("author")
            .annotate(
                approved=Count("pk", filter=approved),
                rejected=Count("pk", filter=Q(state__in=[State.REJECTED, State.REMOVED])),
            )
        )
        for row in people.iterator():
            wrote = Comment.objects.filter(author=row["author"]).order_by("posted_at", "pk")
            first = wrote.values_list("posted_at", flat=True).first()
            if first is None:
                continue
            Person.objects.get_or_create(
                reader_id=row["author"],
                defaults={
                    "approved": row["approved"],
                    "rejected": row["rejected"],
                    "first_at": first,
                },
            )
