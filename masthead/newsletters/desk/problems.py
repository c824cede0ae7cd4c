"""What an editor should know before an edition goes out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from lxml import html as lxml_html

from masthead.articles.models import PublishedArticle
from masthead.newsletters.blocks import Filled, Piece, fill
from masthead.newsletters.models import Edition
from masthead.newsletters.printing.copies import has_news
from masthead.newsletters.printing.edition import print_edition
from masthead.newsletters.wording import PREHEADER_SHOWN, SUBJECT_SHOWN
from masthead.outlets.sheet import Sheet


@dataclass(frozen=True)
class Problem:
    """block: which one, from 0; None for the edition as a whole. stops: it cannot be sent so."""

    words: str
    block: int | None = None
    stops: bool = False


def problems_of(edition: Edition, *, sheet: Sheet, at: datetime) -> tuple[Filled, list[Problem]]:
    """
    What the blocks are filled with this moment, and whatever is not as it should be, told in the
    language in force.
    """
    filled = fill(edition, sheet=sheet, at=at)
    with translation.override(sheet.language), timezone.override(sheet.timezone):
        cut = print_edition(edition, filled.pieces, sheet=sheet, at=at).cut
    found = [
        *_of_the_words(edition),
        *(Problem(each.why, each.block) for each in filled.dropped),
        *_of_pictures(filled),
        *_of_links(filled, sheet),
    ]
    if cut:
        words = _("It is too long for Gmail: the last %(cut)d blocks are left out of the mail.")
        found.append(Problem(words % {"cut": cut}))
    if not has_news(filled):
        found.append(Problem(_("There is nothing to read in it yet."), stops=True))
    return filled, found


def _of_the_words(edition: Edition) -> Iterator[Problem]:
    if not edition.subject:
        yield Problem(_("It has no subject."), stops=True)
    elif len(edition.subject) > SUBJECT_SHOWN:
        yield Problem(_("Most mail programs cut the subject off."))
    if not edition.preheader:
        yield Problem(_("The line after the subject is empty."))
    elif len(edition.preheader) > PREHEADER_SHOWN:
        yield Problem(_("Most mail programs cut the line after the subject off."))


def _of_pictures(filled: Filled) -> Iterator[Problem]:
    for piece in filled.pieces:
        shown = [piece.picture, *(s.picture for s in piece.stories if piece.size == "lead")]
        if any(picture is not None and not picture.alt for picture in shown):
            yield Problem(_("The picture has no alternative text."), piece.block)


def _of_links(filled: Filled, sheet: Sheet) -> Iterator[Problem]:
    """Links into this outlet that lead to nothing. One query; other hosts are not asked."""
    named = {
        (piece.block, path)
        for piece in filled.pieces
        for link in _links(piece)
        if (path := _own_path(link, sheet)) is not None
    }
    known = {"", *(each.path for each in sheet.sections), *(each.path for each in sheet.pages)}
    wanted = {path for _block, path in named if path not in known}
    live = set(
        PublishedArticle.objects.filter(
            outlet=sheet.id, path__in=wanted, state=PublishedArticle.State.LIVE
        ).values_list("path", flat=True)
    )
    for block, path in sorted(named):
        if path in wanted - live:
            words = _("A link leads to nothing: %(url)s")
            yield Problem(words % {"url": sheet.absolute(path)}, block)


def _links(piece: Piece) -> list[str]:
    found = [piece.link] if piece.link else []
    if piece.html.strip():
        root = lxml_html.fragment_fromstring(piece.html, create_parent="div")
        found += [link.get("href", "") for link in root.iter("a")]
    return found


def _own_path(link: str, sheet: Sheet) -> str | None:
    """The path below the outlet, of pages that sections, articles and plain pages have."""
    base = f"{sheet.base}/"
    if not link.startswith(base):
        return None
    path = urlsplit(link.removeprefix(base)).path
    is_ours = path.partition("/")[0] in {"newsletters", "topics", "authors", "archive", "feeds"}
    return None if is_ours or not path.endswith("/") else path
