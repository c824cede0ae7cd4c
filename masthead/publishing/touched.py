"""Which printed pages a release makes out of date, and no others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from masthead.articles.models import Access, Kind, PublishedArticle
from masthead.articles.queries import Place, in_outlet, in_section, listing
from masthead.changes import keys
from masthead.changes.actions import note_change


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
        authors=frozenset(each.author_id for each in row.listed_authors.all()),
        topics=frozenset(each.topic_id for each in row.listed_topics.all()),
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
    here = Place(standing.published_at, standing.row)
    for key, articles, at, row in _listings(standing):
        for way in ({"before": here}, {"after": here}):
            found = listing(articles, at=at, row=row, size=1, **way).articles
            yield from (keys.row(key, each.article_id) for each in found)


def _listings(standing: Standing) -> Iterator[tuple[str, QuerySet[PublishedArticle], str, str]]:
    """Each list with the columns it is ordered by; a month is a part of the outlet's."""
    everything = in_outlet(standing.outlet_id)
    month = keys.month(standing.outlet_id, standing.published_at)
    yield month, everything, "published_at", "id"
    for section, is_top in ((standing.section_id, False), (standing.top_section_id, True)):
        articles = in_section(section, is_top=is_top)
        yield keys.section(section), articles, "published_at", "id"
        # Below articles stand only those that nobody paid for.
        unpaid = articles.exclude(kind=Kind.SPONSORED)
        yield keys.section(section), unpaid, "published_at", "id"
    for author in sorted(standing.authors):
        mine = everything.filter(listed_authors__author=author)
        yield keys.author(author), *_by(mine, "listed_authors")
    for topic in sorted(standing.topics):
        mine = everything.filter(listed_topics__topic=topic)
        yield keys.topic(topic), *_by(mine, "listed_topics")


def _by(
    articles: QuerySet[PublishedArticle], listed: str
) -> tuple[QuerySet[PublishedArticle], str, str]:
    at, row = f"{listed}__published_at", f"{listed}__published"
    return articles.order_by(f"-{at}", f"-{row}"), at, row
