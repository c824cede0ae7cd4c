"""
Blocks with what stands in them this moment: articles from the live read model, and nothing else.

So an article that was withdrawn, or is not out yet, can stand in no edition, whatever its blocks
say. What is named and is no more is left out and told to the desk.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from masthead.articles.cards import Card, cards
from masthead.articles.models import Kind, PublishedArticle
from masthead.articles.queries import in_outlet, in_section
from masthead.core.sanitise import clean_html, plain_text
from masthead.core.text import minutes_to_read
from masthead.newsletters.blocks.kinds import articles_in, is_empty, pictures_in
from masthead.newsletters.blocks.placements import sold
from masthead.newsletters.models import Edition
from masthead.newsletters.queries import Correction, corrections_since
from masthead.outlets.addresses import resolve_inside_links
from masthead.outlets.sheet import Sheet
from masthead.outlets.structured_data import media_url
from masthead.pictures.queries import PictureData, picture_data
from masthead.publishing.queries import version_ids
from masthead.reading.queries import most_read

COLUMN = 584  # px, between the margins of the widest screen


@dataclass(frozen=True)
class MailPicture:
    """A copy of ours at its absolute address; width and height in px as it is shown."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Story:
    """
    One article in an edition, as the version that readers have this moment.

    path: below its outlet. minutes: to read it.
    """

    article_id: int
    version_id: int
    path: str
    url: str
    headline: str
    text: str
    kicker: str
    byline: str
    minutes: int
    sponsor: str
    is_members: bool
    picture: MailPicture | None


@dataclass(frozen=True)
class Piece:
    """
    One block, filled. is_advertising: left out for whoever paid to see none. block: which one of
    the edition's it was, from 0.
    """

    kind: str
    title: str = ""
    html: SafeString | str = ""  # harmless
    label: str = ""
    link: str = ""
    size: str = "row"
    sponsor: str = ""
    stories: tuple[Story, ...] = ()
    corrections: tuple[Correction, ...] = ()
    picture: MailPicture | None = None
    is_advertising: bool = False
    block: int = 0

    @property
    def text(self) -> str:
        return plain_text(self.html)


@dataclass(frozen=True)
class Dropped:
    """A block, or an article of one, that cannot be shown; `block` counts from 0."""

    block: int
    why: str
    article_id: int | None = None


@dataclass(frozen=True)
class Filled:
    pieces: tuple[Piece, ...]
    dropped: tuple[Dropped, ...]

    @property
    def stories(self) -> list[Story]:
        return [story for piece in self.pieces for story in piece.stories]


def fill(edition: Edition, *, sheet: Sheet, at: datetime) -> Filled:
    """
    The edition's blocks with what readers can read at this moment.

    A handful of queries, however many blocks. The outlet's language and time zone must be in
    force.
    """
    return _Filling(edition, sheet, at).done()


def without_advertising(pieces: Iterable[Piece]) -> list[Piece]:
    """For whoever paid for it: no place, no offer and no sponsored article."""
    kept = []
    for piece in pieces:
        free = tuple(story for story in piece.stories if not story.sponsor)
        is_emptied = bool(piece.stories) and not free
        if not (piece.is_advertising or is_emptied):
            kept.append(replace(piece, stories=free))
    return kept


class _Filling:
    def __init__(self, edition: Edition, sheet: Sheet, at: datetime) -> None:
        self.edition, self.sheet, self.at = edition, sheet, at
        self.blocks: list[dict[str, Any]] = edition.blocks
        self.dropped: list[Dropped] = []

    def done(self) -> Filled:
        pieces = [
            replace(piece, block=number)
            for number, block in enumerate(self.blocks)
            if (piece := self._piece(number, block)) is not None
        ]
        return Filled(tuple(pieces), tuple(self.dropped))

    def _piece(self, number: int, block: dict[str, Any]) -> Piece | None:
        if is_empty(block):
            self.dropped.append(Dropped(number, _("It is empty.")))
            return None
        match block["kind"]:
            case "article":
                return self._article(number, block)
            case "articles":
                return self._articles(number, block)
            case "picture":
                return self._picture(number, block)
            case "placement":
                return self._placement(block)
            case "most-read":
                return self._most_read(block)
            case "corrections":
                return self._corrections()
        return self._words(block)

    def _words(self, block: Mapping[str, Any]) -> Piece:
        """A greeting, a text, an offer, a line between."""
        return Piece(
            kind=block["kind"],
            title=block.get("title", ""),
            html=self._html(block.get("html", "")),
            label=block.get("label", ""),
            link=block.get("link", ""),
            is_advertising=block["kind"] == "offer",
        )

    def _html(self, html: str) -> SafeString:
        # Safe: cleaned here, whoever wrote it and whenever.
        return SafeString(resolve_inside_links(clean_html(html), sheet=self.sheet, absolute=True))

    def _article(self, number: int, block: Mapping[str, Any]) -> Piece | None:
        story = self._story(number, block["article"])
        if story is None:
            return None
        own = {"headline": block["headline"], "text": block["text"]}
        story = replace(story, **{name: words for name, words in own.items() if words})
        return Piece("article", size=block["size"], stories=(story,))

    def _articles(self, number: int, block: Mapping[str, Any]) -> Piece | None:
        section = self.sheet.find_section(section_id=block["section"]) if block["section"] else None
        if block["articles"]:
            found = [self._story(number, each) for each in block["articles"]]
            stories = tuple(story for story in found if story is not None)
        else:
            stories = self._newest(block)
        if not stories:
            self.dropped.append(Dropped(number, _("No article of it can be read.")))
            return None
        title = block["title"] or (section.name if section else "")
        link = self.sheet.absolute(section.path) if section else ""
        return Piece("articles", title=title, link=link, stories=stories)

    def _newest(self, block: Mapping[str, Any]) -> tuple[Story, ...]:
        section = block["section"]
        if section is None:
            found = in_outlet(self.sheet.id)
        else:
            known = self.sheet.find_section(section_id=section)
            found = in_section(section, is_top=bool(known and known.parent_id is None))
        free = found.exclude(article__in=self._named).exclude(kind=Kind.SPONSORED)
        rows = list(free[: block["most"]])
        return tuple(self._stories(rows).values())

    def _story(self, number: int, article_id: int) -> Story | None:
        story = self._known.get(article_id)
        if story is None:
            why = _("Readers cannot read this article: it was withdrawn, or is not out yet.")
            self.dropped.append(Dropped(number, why, article_id))
        return story

    def _picture(self, number: int, block: Mapping[str, Any]) -> Piece | None:
        found = self._pictures.get(block["picture"])
        shown = self._shown(found, alt=block["alt"])
        if shown is None:
            self.dropped.append(Dropped(number, _("The picture is gone, or has no copies yet.")))
            return None
        return Piece("picture", title=block["caption"], link=block["link"], picture=shown)

    def _placement(self, block: Mapping[str, Any]) -> Piece | None:
        found = sold(edition=self.edition, slot=block["slot"], at=self.at)
        if found is None:
            return None
        picture = picture_data([found.picture]).get(found.picture) if found.picture else None
        return Piece(
            "placement",
            title=found.title,
            html=self._html(found.html),
            label=found.label,
            link=found.link,
            sponsor=found.sponsor,
            picture=self._shown(picture, alt=found.alt),
            is_advertising=True,
        )

    def _most_read(self, block: Mapping[str, Any]) -> Piece | None:
        ids = [row.pk for row in most_read(outlet_id=self.sheet.id)][: block["most"]]
        rows = {row.pk: row for row in in_outlet(self.sheet.id).filter(pk__in=ids)}
        stories = self._stories([rows[pk] for pk in ids if pk in rows])
        return Piece("most-read", stories=tuple(stories.values())) if stories else None

    def _corrections(self) -> Piece | None:
        found = corrections_since(self.edition, sheet=self.sheet, at=self.at)
        return Piece("corrections", corrections=tuple(found)) if found else None

    @cached_property
    def _named(self) -> set[int]:
        return articles_in(self.blocks)

    @cached_property
    def _known(self) -> dict[int, Story]:
        rows = in_outlet(self.sheet.id).filter(article__in=self._named)
        return self._stories(list(rows))

    @cached_property
    def _pictures(self) -> dict[int, PictureData]:
        return picture_data(pictures_in(self.blocks))

    def _stories(self, rows: Sequence[PublishedArticle]) -> dict[int, Story]:
        """In the order given. What is paid for and does not say by whom is left out."""
        told = [row for row in rows if row.kind != Kind.SPONSORED or row.sponsor_name]
        versions = version_ids((row.article_id, row.version_number) for row in told)
        return {
            row.article_id: self._made(row, card, versions[row.article_id])
            for row, card in zip(told, cards(told, sheet=self.sheet), strict=True)
        }

    def _made(self, row: PublishedArticle, card: Card, version_id: int) -> Story:
        kicker = card.kicker or (card.section.name if card.section else "")
        return Story(
            article_id=row.article_id,
            version_id=version_id,
            path=row.path,
            url=card.absolute_url,
            headline=card.headline,
            text=card.standfirst,
            kicker=kicker,
            byline="".join(name + joint for name, joint in card.names),
            minutes=minutes_to_read(row.word_count),
            sponsor=card.sponsor,
            is_members=card.access != "open",
            picture=self._shown(card.picture),
        )

    def _shown(self, picture: PictureData | None, *, alt: str = "") -> MailPicture | None:
        if picture is None or not picture.ready:
            return None
        # JPEG, which every mail program shows; more than the column is wide, for sharp screens.
        width = min(picture.largest_width, COLUMN)
        height = round(width * picture.height / max(picture.width, 1))
        return MailPicture(media_url(self.sheet, picture.src), width, height, alt or picture.alt)
