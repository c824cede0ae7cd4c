"""One edition for one class of readers: its HTML within what Gmail shows, and its text."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from dataclasses import fields as fields_of
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from masthead.mail.in_templates import mail_look
from masthead.mail.printing import mail_html
from masthead.newsletters.addresses import edition_path
from masthead.newsletters.blocks import Piece, Story
from masthead.newsletters.blocks.filling import MailPicture
from masthead.newsletters.models import Edition
from masthead.newsletters.printing.text import text_of
from masthead.outlets.rendering import render
from masthead.outlets.sheet import Sheet
from masthead.outlets.structured_data import media_url
from masthead.pictures.queries import picture_data

# Gmail cuts a mail off at 102 kB and hides the rest, the link to leave among it. What is put in
# for a recipient – addresses, a greeting – is longer than what it takes the place of.
MOST_HTML_BYTES = 102_000
RESERVE_BYTES = 1_500
IN_HTML, IN_TEXT = "&#64;@", "@\u200b@"  # two signs that look as before, and are no place
LOGO_HEIGHT, LOGO_WIDTH = 56, 260  # px, at most

Href = Callable[[Story], str]


@dataclass(frozen=True)
class Fields:
    """What stands where a recipient's own words and addresses belong."""

    preferences: str
    leave: str
    greeting: str


def _marked() -> Fields:
    """Words that nobody else can have written, until the places of `newsletters.splicing`."""
    secret = secrets.token_hex(12)
    return Fields(*(f"m{secret}{field.name}" for field in fields_of(Fields)))


def without_places(text: str, *, instead: str) -> str:
    """
    Whatever somebody typed is no place of `newsletters.splicing`: an editor's link with one in it
    would carry away the key to each reader's preferences.
    """
    return text.replace("@@", instead)


def _with_places(text: str, marks: Fields, *, instead: str) -> str:
    text = without_places(text, instead=instead)
    for field in fields_of(Fields):
        text = text.replace(getattr(marks, field.name), f"@@{field.name.upper()}@@")
    return text


@dataclass(frozen=True)
class PrintedEdition:
    """pieces: those that were shown. cut: how many were not, because it would be too long."""

    html: str
    text: str
    pieces: tuple[Piece, ...]
    cut: int


def print_edition(
    edition: Edition,
    pieces: Sequence[Piece],
    *,
    sheet: Sheet,
    at: datetime,
    href: Href = lambda story: story.url,
    fields: Fields | None = None,
) -> PrintedEdition:
    """
    The finished HTML and text; at most one query, for the outlet's logo.

    fields: what stands in a preview; else the places of `newsletters.splicing`.

    Blocks are left out from the end until the HTML is short enough. The outlet's language and
    time zone must be in force.
    """
    stands = fields or _marked()
    context = _context(edition, sheet=sheet, at=at, href=href, fields=stands)
    html, shown = _within_limits(pieces, context)
    cut = len(pieces) - len(shown)
    more = context["site_url"] if cut else ""
    text = text_of({**context, "pieces": shown, "more_url": more})
    if fields is None:
        html = _with_places(html, stands, instead=IN_HTML)
        text = _with_places(text, stands, instead=IN_TEXT)
    return PrintedEdition(html, text, tuple(shown), cut)


def _within_limits(pieces: Sequence[Piece], context: dict[str, Any]) -> tuple[str, Sequence[Piece]]:
    html = _html({**context, "pieces": pieces})
    if len(html.encode()) <= MOST_HTML_BYTES - RESERVE_BYTES:
        return html, pieces
    fits, too_many = 0, len(pieces)
    best = _html({**context, "pieces": [], "more_url": context["site_url"]})
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        tried = _html({**context, "pieces": pieces[:middle], "more_url": context["site_url"]})
        if len(tried.encode()) <= MOST_HTML_BYTES - RESERVE_BYTES:
            fits, best = middle, tried
        else:
            too_many = middle
    return best, pieces[:fits]


def _html(context: dict[str, Any]) -> str:
    return mail_html(render("newsletters/mail/edition.mjml", context))


def _context(
    edition: Edition, *, sheet: Sheet, at: datetime, href: Href, fields: Fields
) -> dict[str, Any]:
    newsletter = edition.newsletter
    return {
        "sheet": sheet,
        "look": mail_look(sheet),
        "subject": edition.subject,
        "preheader": edition.preheader,
        "newsletter": newsletter,
        "date_line": _date_line(edition.due_at or at),
        # What is for members has no page on the site.
        "site_url": "" if newsletter.for_members else sheet.absolute(edition_path(edition)),
        "logo": _logo(sheet),
        "more_url": "",
        "href": href,
        "field": fields,
    }


def _date_line(at: datetime) -> str:
    """“Sunday 22 November 2026, 6:00 pm”"""
    local = timezone.localtime(at)
    day = format_date(local, pgettext("day in full, with year", "l j F Y"))
    hour = format_date(local, pgettext("time of day", "g:i A")).lower()
    return _("%(day)s, %(time)s") % {"day": day, "time": hour}


def _logo(sheet: Sheet) -> MailPicture | None:
    found = picture_data([sheet.logo_id]).get(sheet.logo_id) if sheet.logo_id else None
    if found is None or not found.ready or not found.height:
        return None
    scale = min(LOGO_WIDTH / found.width, LOGO_HEIGHT / found.height)
    width, height = round(found.width * scale), round(found.height * scale)
    return MailPicture(media_url(sheet, found.src), width, height, sheet.name)
