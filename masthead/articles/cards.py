"""An article as a list shows it: headline, picture, byline, times."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from masthead.articles.models import Kind, PublishedArticle
from masthead.changes import keys
from masthead.changes.shown import shows
from masthead.outlets.sheet import Sheet, SheetSection
from masthead.people.bylines import joints, printed_name
from masthead.pictures.queries import COLUMNS, PictureData, picture_data

# What a card is made of; of a row's forty columns the rest need not be read.
CARD_COLUMNS = (
    "id",
    "article_id",
    "outlet_id",
    "section_id",
    "path",
    "headline",
    "kicker",
    "standfirst",
    "byline",
    "byline_names",
    "kind",
    "sponsor_name",
    "access",
    "published_at",
    "updated_at",
    "lead_picture_id",
    *(f"lead_picture__{name}" for name in COLUMNS),
)


@dataclass(frozen=True)
class Card:
    """
    One article in a list. `url` works on the host being asked; `picture` may be missing.

    names: each name of the byline with what stands after it, in the language of the outlet.
    """

    id: int
    url: str
    absolute_url: str
    headline: str
    kicker: str
    standfirst: str
    names: tuple[tuple[str, str], ...]
    kind: str
    kind_label: str
    sponsor: str
    access: str
    published_at: datetime
    updated_at: datetime
    section: SheetSection | None
    section_url: str
    picture: PictureData | None

    @property
    def is_updated(self) -> bool:
        """Updated enough later (ten minutes) that a reader should be told."""
        return (self.updated_at - self.published_at).total_seconds() > 600


def cards(articles: Iterable[PublishedArticle], *, sheet: Sheet) -> list[Card]:
    """Cards in the order given. No query when `lead_picture` came with the rows."""
    rows = list(articles)
    shows(*(keys.article(row.article_id) for row in rows))
    pictures = picture_data([row.lead_picture for row in rows if row.lead_picture])
    return [_card(row, sheet, pictures) for row in rows]


def _card(row: PublishedArticle, sheet: Sheet, pictures: dict[int, PictureData]) -> Card:
    section = sheet.find_section(section_id=row.section_id)
    return Card(
        id=row.article_id,
        url=sheet.url(row.path),
        absolute_url=sheet.absolute(row.path),
        headline=row.headline,
        kicker=row.kicker,
        standfirst=row.standfirst,
        names=printed_byline(row),
        kind=row.kind,
        kind_label=str(Kind(row.kind).label),
        sponsor=row.sponsor_name,
        access=row.access,
        published_at=row.published_at,
        updated_at=row.updated_at,
        section=section,
        section_url=sheet.url(section.path) if section else sheet.url(),
        picture=pictures.get(row.lead_picture_id) if row.lead_picture_id else None,
    )


def printed_byline(row: PublishedArticle) -> tuple[tuple[str, str], ...]:
    """The names of a byline, each with what stands after it, in the language in force."""
    if row.byline_names is None:
        return ((row.byline, ""),) if row.byline else ()
    names = [printed_name(name, letters) for name, letters in row.byline_names]
    return tuple(zip(names, joints(names), strict=True))
