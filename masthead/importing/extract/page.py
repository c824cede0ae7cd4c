"""What a copied page turned out to hold, each field with where it came from and how sure we are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, Generic, TypeVar

T = TypeVar("T")

NOT_FOUND = "not found"


def gettext_noop(message: str) -> str:
    """Mark a sentence for the translators; whoever shows it translates it."""
    return message


class NotAPage(ValueError):
    """What was handed in cannot be read as a page; the text is a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    value: T | None
    origin: str
    confidence: float


def not_found() -> Field[T]:
    return Field(None, NOT_FOUND, 0.0)


@dataclass(frozen=True, slots=True)
class Author:
    name: str
    post_nominals: str = ""
    is_staff: bool = False

    def __str__(self) -> str:
        return f"{self.name}, {self.post_nominals}" if self.post_nominals else self.name


@dataclass(frozen=True, slots=True)
class LeadPicture:
    """url may be relative: a saved page names the files saved beside it."""

    url: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    kind: ClassVar[str] = "paragraph"
    html: str


@dataclass(frozen=True, slots=True)
class Subheading:
    kind: ClassVar[str] = "subheading"
    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Quotation:
    kind: ClassVar[str] = "quotation"
    html: str
    speaker: str = ""
    is_pull_quote: bool = False


@dataclass(frozen=True, slots=True)
class ListBlock:
    kind: ClassVar[str] = "list"
    items: tuple[str, ...]
    is_ordered: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """url is empty when only the caption was copied."""

    kind: ClassVar[str] = "picture"
    url: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Embed:
    kind: ClassVar[str] = "embed"
    url: str
    provider: str


@dataclass(frozen=True, slots=True)
class Table:
    kind: ClassVar[str] = "table"
    rows: tuple[tuple[str, ...], ...]
    has_header: bool = False


@dataclass(frozen=True, slots=True)
class Divider:
    kind: ClassVar[str] = "divider"


Block = Paragraph | Subheading | Quotation | ListBlock | Picture | Embed | Table | Divider
When = date | datetime


@dataclass(slots=True)
class ExtractedPage:
    """
    A draft to be looked at, never the truth.

    HTML inside blocks has passed the allow-list. `text` is the body as plain text, so that the
    body too can say its origin and confidence. A time whose zone the page does not say is given
    as a date, unless the caller named the zone.
    """

    headline: Field[str] = field(default_factory=not_found)
    standfirst: Field[str] = field(default_factory=not_found)
    section: Field[str] = field(default_factory=not_found)
    authors: Field[tuple[Author, ...]] = field(default_factory=not_found)
    published_at: Field[When] = field(default_factory=not_found)
    updated_at: Field[When] = field(default_factory=not_found)
    dateline: Field[str] = field(default_factory=not_found)
    lead_picture: Field[LeadPicture] = field(default_factory=not_found)
    caption: Field[str] = field(default_factory=not_found)
    credit: Field[str] = field(default_factory=not_found)
    language: Field[str] = field(default_factory=not_found)
    outlet_name: Field[str] = field(default_factory=not_found)
    text: Field[str] = field(default_factory=not_found)
    body: list[Block] = field(default_factory=list)
