"""Which printed pages a release makes out of date, and no others."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigIntegerField, DateTimeField, QuerySet

from masthead.articles.models import Access, Kind, PublishedArticle
from masthead.articles.queries import (
    NewestFirst,
    by_author,
    in_outlet,
    in_section,
    on_topic,
)
from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.core.prepared import Given, Prepared


@dataclass(frozen=True)
class Standing:
    """
    Where a live article stands: the lists it is in, and its place in them.

    row: of its public row, by which articles of one moment are ordered. may_fill: what decides
    whether the program itself puts it somewhere.
    """

    article_id: int
    row: int
    outlet_id: int
    section_id: int
    top_section_id: int
    published_at: datetime
    access: str
    may_fill: tuple[bool, bool, bool]
    authors: frozenset[int]
    topics: frozenset[int]

    @property
    def lists(self) -> set[str]:
        return {
            keys.outlet(self.outlet_id),
            keys.month(self.outlet_id, self.published_at),
            keys.section(self.section_id),
            keys.section(self.top_section_id),
            *(keys.author(each) for each in self.authors),
            *(keys.topic(each) for each in self.topics),
        }

    @property
    def place(self) -> tuple[object, ...]:
        return self.published_at, self.may_fill, frozenset(self.lists)


def standing_of(row: PublishedArticle | None) -> Standing | None:
    """None for an article that readers cannot see. Two queries."""
    if row is None or row.state != PublishedArticle.State.LIVE:
        return None
    return standing(
        row,
        authors=(each.author_id for each in row.listed_authors.all()),
        topics=(each.topic_id for each in row.listed_topics.all()),
    )


def standing(row: PublishedArticle, *, authors: Iterable[int], topics: Iterable[int]) -> Standing:
    """Of a live article that is listed under these."""
    return Standing(
        article_id=row.article_id,
        row=row.pk,
        outlet_id=row.outlet_id,
        section_id=row.section_id,
        top_section_id=row.top_section_id,
        published_at=row.published_at,
        access=row.access,
        may_fill=(
            row.kind == Kind.SPONSORED,
            bool(row.sponsor_name),
            row.lead_picture_id is not None,
        ),
        authors=frozenset(authors),
        topics=frozenset(topics),
    )


def note_release(*, before: Standing | None, after: Standing | None, at: datetime) -> None:
    """
    Say what an article's release changes: what shows it, and the lists that it enters or leaves.

    What was withdrawn or is for members only from now on must not be served for a moment longer.
    Call inside the release's transaction, after its rows are written.
    """
    stood = [each for each in (before, after) if each is not None]
    if not stood:
        return
    shown = {keys.article(each.article_id) for each in stood}
    is_lost = before is not None and (
        after is None or (before.access == Access.OPEN and after.access != Access.OPEN)
    )
    touched = set() if is_lost else set(shown)
    for each in stood:
        touched |= {keys.dates(each.outlet_id), keys.month(each.outlet_id, each.published_at)}
    if before is None or after is None or before.place != after.place:
        for each in stood:
            touched |= lists_around(each)
    note_change(keys=touched, gone=shown if is_lost else (), at=at)


def lists_around(standing: Standing) -> set[str]:
    """The lists' heads, what is filled from them, and further down what stands next to it."""
    return {
        keys.NETWORK,
        keys.front(standing.outlet_id),
        keys.counts(standing.outlet_id),
        *(keys.newest(each) for each in standing.lists),
        *_neighbours(standing),
    }


def _neighbours(standing: Standing) -> Iterator[str]:
    """The articles just before and after it in each of its lists. Two short queries a list."""
    for names, of, number in _listings(standing):
        for query in (of.older, of.newer):
            found = query.rows(
                of=number,
                outlet=standing.outlet_id,
                at=standing.published_at,
                row=standing.row,
            )
            yield from (keys.row(key, article_id) for key in names for article_id in found)


class _Beside:
    """In one kind of list: what stands next to a place, as ids of articles; one at most."""

    def __init__(self, build: Callable[[], NewestFirst]) -> None:
        self.older: Prepared[int] = Prepared(lambda: _ids(build().older_than(_AT, _ROW)))
        self.newer: Prepared[int] = Prepared(lambda: _ids(build().newer_than(_AT, _ROW)))


def _ids(articles: QuerySet[PublishedArticle]) -> QuerySet[PublishedArticle, int]:
    return articles.values_list("article_id", flat=True)[:1]


def _in_section(*, is_top: bool) -> tuple[_Beside, _Beside]:
    """Below articles stand only those that nobody paid for."""
    return (
        _Beside(lambda: NewestFirst(in_section(_OF, is_top=is_top))),
        _Beside(lambda: NewestFirst(in_section(_OF, is_top=is_top).exclude(kind=Kind.SPONSORED))),
    )


_AT, _ROW = Given("at", DateTimeField()), Given("row", BigIntegerField())
_OF, _OUTLET = Given("of", BigIntegerField()), Given("outlet", BigIntegerField())
_IN_OUTLET = _Beside(lambda: NewestFirst(in_outlet(_OF)))
_IN_SECTION, _IN_TOP_SECTION = _in_section(is_top=False), _in_section(is_top=True)
_BY_AUTHOR = _Beside(lambda: by_author(_OF, outlet_id=_OUTLET))
_ON_TOPIC = _Beside(lambda: on_topic(_OF, outlet_id=_OUTLET))


def _listings(standing: Standing) -> Iterator[tuple[tuple[str, ...], _Beside, int]]:
    """Each list's keys, its kind, and whose it is; a month is a part of the outlet's."""
    month = keys.month(standing.outlet_id, standing.published_at)
    yield (month, keys.outlet(standing.outlet_id)), _IN_OUTLET, standing.outlet_id
    for of in _IN_SECTION:
        yield (keys.section(standing.section_id),), of, standing.section_id
    for of in _IN_TOP_SECTION:
        yield (keys.section(standing.top_section_id),), of, standing.top_section_id
    for author in sorted(standing.authors):
        yield (keys.author(author),), _BY_AUTHOR, author
    for topic in sorted(standing.topics):
        yield (keys.topic(topic),), _ON_TOPIC, topic
