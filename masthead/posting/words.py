"""What an account says of an article: its headline for sharing, within the network's limits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from masthead.articles.models import PublishedArticle
from masthead.core.sanitise import plain_text
from masthead.core.text import shorten
from masthead.outlets.sheet import Sheet
from masthead.posting.counting import graphemes, length_of
from masthead.posting.terms import Terms

GAP = "\n\n"
DESCRIPTION = 300  # characters; networks cut cards at about half of that


@dataclass(frozen=True)
class Said:
    """
    text: all that is posted, the link included where it stands in the text.
    length, limit: as the network counts; limit 0 for none.
    """

    text: str
    link: str
    title: str
    description: str
    length: int
    limit: int

    @property
    def fits(self) -> bool:
        return not self.limit or self.length <= self.limit


def words_of(
    row: PublishedArticle,
    *,
    sheet: Sheet,
    terms: Terms,
    own_text: str = "",
    corrected: bool = False,
) -> Said:
    """row: with its text. own_text: an editor's, in place of the headline."""
    link = iri_to_uri(sheet.absolute(row.path)) or ""
    return words_from(
        row.text.snapshot,
        language=sheet.language,
        link=link,
        terms=terms,
        own_text=own_text,
        corrected=corrected,
    )


def words_from(
    snapshot: Mapping[str, Any],
    *,
    language: str,
    link: str,
    terms: Terms,
    own_text: str = "",
    corrected: bool = False,
) -> Said:
    headline = snapshot["social_headline"] or snapshot["headline"]
    with translation.override(language):
        if snapshot["sponsor"]:
            headline = _("Paid for by %(name)s: %(headline)s") % {
                "name": snapshot["sponsor"]["name"],
                "headline": headline,
            }
        text = own_text.strip() or headline
        if corrected:
            text = _("Corrected: %(headline)s") % {"headline": text}
    return said(text, terms=terms, link=link, title=headline, description=describe(snapshot))


def said(text: str, *, terms: Terms, link: str, title: str = "", description: str = "") -> Said:
    text = text.replace("\0", "").strip()
    whole = fitted(text, terms=terms, link=link)
    counted = length_of(whole, counts=terms.counts, link_length=terms.link_length)
    return Said(whole, link, title, description, counted, terms.limit)


def describe(snapshot: Mapping[str, Any]) -> str:
    """What stands on a card below the headline; of a members' article nothing past its start."""
    first = next((part["html"] for part in snapshot["body"][:1] if part.get("html")), "")
    text = snapshot["search_description"] or snapshot["standfirst"] or plain_text(first)
    return shorten(text, most=DESCRIPTION)


def fitted(text: str, *, terms: Terms, link: str) -> str:
    """The text, cut at a word where it is too long, and the link where it stands in the text."""
    tail = f"{GAP}{link}" if terms.link_in_text and link not in text else ""
    if _fits(text + tail, terms):
        return text + tail
    pieces = list(graphemes(text))
    least, most = 0, len(pieces)
    while least < most:
        middle = (least + most + 1) // 2
        if _fits(_cut(pieces, middle) + tail, terms):
            least = middle
        else:
            most = middle - 1
    return (_cut(pieces, least) + tail).strip() if least else tail.strip()


def _cut(pieces: list[str], most: int) -> str:
    """The first pieces, back to the end of a word, with an ellipsis that counts as one."""
    kept = "".join(pieces[: max(most - 1, 0)])
    is_whole_word = most <= len(pieces) and "".join(pieces[max(most - 1, 0) :])[:1].isspace()
    head = kept if is_whole_word or " " not in kept else kept.rsplit(" ", 1)[0]
    return f"{head.rstrip(' ,.;:–-')}…"


def _fits(text: str, terms: Terms) -> bool:
    if terms.most_bytes and len(text.encode()) > terms.most_bytes:
        return False
    length = length_of(text, counts=terms.counts, link_length=terms.link_length)
    return not terms.limit or length <= terms.limit
