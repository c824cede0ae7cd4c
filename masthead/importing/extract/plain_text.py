"""Text copied out of a browser window: every line is judged by how it reads and where it stands."""

from __future__ import annotations

from datetime import tzinfo

from .blocks import block_text
from .bylines import read_authors
from .captions import names_a_photographer, split_caption
from .copied_body import read_body
from .copied_header import Parts, find_parts
from .copied_lines import is_aside, is_date_line, lines_of, people_of
from .dates import read_when, split_updated
from .languages import guess_language
from .page import Author, ExtractedPage, Field, NotAPage, not_found
from .page import gettext_noop as _
from .phrases import is_furniture_line, reads_as_sentence
from .site_names import find_outlet, find_section

NO_TEXT = _("No sentences of an article were found in this text.")


def read_plain_text(text: str, *, zone: tzinfo | None = None) -> ExtractedPage:
    """Raises NotAPage when there is nothing that reads like an article."""
    parts = find_parts(lines_of(text))
    page = ExtractedPage()
    page.outlet_name = find_outlet(parts.lines, parts.headline, parts.start)
    page.authors = _authors(parts, page.outlet_name.value or "")
    _read_dates(page, parts, zone)
    if parts.headline >= 0:
        _read_title(page, parts)
    _read_caption(page, parts)
    page.body = read_body(parts, page.authors.value or ())
    whole = "\n\n".join(filter(None, map(block_text, page.body)))
    page.text = Field(whole, "text: sentences", 0.8) if whole else not_found()
    page.language = guess_language(" ".join(parts.lines[parts.start :]))
    if not page.body and page.headline.value is None:
        raise NotAPage(NO_TEXT)
    return page


def _read_title(page: ExtractedPage, parts: Parts) -> None:
    lines, top = parts.lines, parts.headline
    anchored = parts.byline > top or bool(parts.dates)
    origin = "text: line before byline" if anchored else "text: line before body"
    page.headline = Field(lines[top], origin, 0.9 if anchored else 0.7)
    byline = lines[parts.byline] if parts.byline >= 0 else ""
    page.section = find_section(lines, top, page.outlet_name.value or "", byline)
    page.standfirst = _standfirst(parts)


def _authors(parts: Parts, outlet: str) -> Field[tuple[Author, ...]]:
    index = parts.byline if parts.byline >= 0 else parts.closing
    if index < 0:
        return not_found()
    line = parts.lines[index]
    if index == parts.closing:
        people = people_of(line, outlet) or read_authors(line, outlet=outlet)
        return Field(people, "byline below text", 0.65) if people else not_found()
    if people := people_of(line, outlet):
        return Field(people, "text: byline line", 0.9)
    people = read_authors(line, outlet=outlet)
    return Field(people, "text: name line", 0.65) if people else not_found()


def _read_dates(page: ExtractedPage, parts: Parts, zone: tzinfo | None) -> None:
    for index in [*parts.dates, parts.byline]:
        if index < 0:
            continue
        before, after = split_updated(parts.lines[index])
        if page.published_at.value is None and (when := read_when(before, zone)):
            page.published_at = Field(when, "text: date line", 0.9)
        if page.updated_at.value is None and (when := read_when(after, zone)):
            page.updated_at = Field(when, "text: date line", 0.85)


def _standfirst(parts: Parts) -> Field[str]:
    """A line between headline and byline; without its full stop only when nothing else fits."""
    index = parts.headline + 1
    if index >= min(parts.start, len(parts.lines)):
        return not_found()
    line = parts.lines[index]
    special = index == parts.byline or index in parts.dates or bool(people_of(line))
    if special or is_aside(line) or is_date_line(line) or len(line) <= 25:
        return not_found()
    if reads_as_sentence(line):
        return Field(line, "text: line after headline", 0.75)
    below = max([parts.byline, *parts.dates]) > index and len(line.split()) >= 6
    return Field(line, "text: line after headline", 0.6) if below else not_found()


def _read_caption(page: ExtractedPage, parts: Parts) -> None:
    for line in parts.lines[max(parts.headline + 1, 0) : parts.start]:
        if names_a_photographer(line) and not is_date_line(line) and not is_furniture_line(line):
            caption, credit = split_caption(line)
            if caption:
                page.caption = Field(caption, "text: caption line", 0.85)
            if credit:
                page.credit = Field(credit, "text: caption line", 0.85)
            return
