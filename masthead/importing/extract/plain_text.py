"""Text copied out of a browser window: every line is judged by how it reads and where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import tzinfo
from html import escape

from .blocks import block_text
from .bylines import PREFIX, read_authors
from .captions import names_a_photographer, split_caption
from .dates import read_when, split_updated
from .dom import clean_inline, squeeze
from .languages import guess_language
from .page import (
    Author,
    Block,
    ExtractedPage,
    Field,
    ListBlock,
    NotAPage,
    Paragraph,
    Picture,
    Quotation,
    Subheading,
    not_found,
)
from .page import gettext_noop as _
from .phrases import ends_the_article, is_furniture_line, reads_as_sentence

MIN_SENTENCE = 60
BULLET = re.compile(r"^(?:[•▪◦‣·*–-]|\d{1,2}[.)])\s+(?=\S)")
COPYRIGHT = re.compile(
    r"(?:©|copyright|\(c\))\W*(?:©\W*)?(?:\d{4}(?:\s?[-–]\s?\d{4})?)?\W*([^.|]{3,50})", re.I
)
SPEAKER = re.compile(r"^[—–-]\s*(\S.{2,80})$")
NO_TEXT = _("No sentences of an article were found in this text.")


@dataclass(slots=True)
class Parts:
    """Line numbers of the article's parts among the lines kept."""

    lines: list[str]
    headline: int = -1
    start: int = 0
    byline: int = -1
    dates: list[int] = field(default_factory=list)


def read_plain_text(text: str, *, zone: tzinfo | None = None) -> ExtractedPage:
    """Raises NotAPage when there is nothing that reads like an article."""
    lines = _lines(text)
    parts = Parts(lines)
    _find_parts(parts)
    page = ExtractedPage()
    page.outlet_name = _outlet(lines, parts)
    outlet = page.outlet_name.value or ""
    _read_header(page, parts, outlet, zone)
    page.body = _body(page, parts)
    if not page.body and page.headline.value is None:
        raise NotAPage(NO_TEXT)
    return page


def _lines(text: str) -> list[str]:
    lines = [squeeze(line) for line in text.split("\n")]
    return _unwrap(lines) if _is_hard_wrapped(lines) else [line for line in lines if line]


def _is_hard_wrapped(lines: list[str]) -> bool:
    """Mail programs break lines at some 72 characters and part paragraphs by an empty line."""
    full = [line for line in lines if 55 <= len(line) <= 85]
    longest = max((len(line) for line in lines), default=0)
    open_ended = sum(not reads_as_sentence(line) for line in full)
    return longest <= 90 and "" in lines and len(full) >= 6 and open_ended > len(full) * 0.5


def _unwrap(lines: list[str]) -> list[str]:
    done: list[str] = []
    joins = False
    for line in lines:
        if line and joins:
            done[-1] += f" {line}"
        elif line:
            done.append(line)
        joins = len(line) >= 50
    return done


def _is_prose(line: str) -> bool:
    return len(line) >= MIN_SENTENCE and reads_as_sentence(line) and not _is_aside(line)


def _is_aside(line: str) -> bool:
    return is_furniture_line(line) or names_a_photographer(line)


def _find_parts(parts: Parts) -> None:
    lines = parts.lines
    prose = [i for i, line in enumerate(lines) if _is_prose(line) and len(line.split()) > 8]
    first = next((i for i in prose if len(lines[i]) > 120), prose[0] if prose else len(lines))
    # The byline stands above the first long paragraph, or just below a long standfirst.
    window = range(min(first + 3, len(lines)))
    stamped = [i for i in window if _is_date_line(lines[i]) and i > 0]
    named = [i for i in window if _names_after_prefix(lines[i]) or _is_marked_name(lines[i])]
    parts.byline = named[-1] if named else -1
    anchor = parts.byline if parts.byline >= 0 else (stamped[-1] if stamped else -1)
    parts.headline = _headline_line(lines, anchor if anchor > 0 else first)
    if parts.byline < 0 and stamped:
        parts.byline = _bare_name_line(lines, parts.headline, stamped[-1])
    parts.dates = [i for i in stamped if i > parts.headline >= 0]
    header_end = max([parts.headline, parts.byline, *parts.dates])
    parts.start = next(
        (i for i in prose if i > header_end and _can_start(lines, i, parts)), header_end + 1
    )


def _can_start(lines: list[str], index: int, parts: Parts) -> bool:
    """The sentence right below the headline is a standfirst when a byline follows it."""
    return not (index == parts.headline + 1 and max([parts.byline, *parts.dates, -1]) > index)


def _is_date_line(line: str) -> bool:
    return (
        len(line) < 110 and not reads_as_sentence(line.rstrip(".")) and read_when(line) is not None
    )


def _names_after_prefix(line: str) -> bool:
    return (
        len(line) < 140
        and bool(read_authors(line, must_have_prefix=True))
        and not reads_as_sentence(line)
    )


def _is_marked_name(line: str) -> bool:
    """A name needs no "By" when post-nominals follow it, or when it is "… staff"."""
    people = read_authors(line) if len(line) < 100 and not PREFIX.match(line) else ()
    return bool(people) and all(p.post_nominals or p.is_staff for p in people)


def _bare_name_line(lines: list[str], headline: int, stamp: int) -> int:
    for index in (stamp - 1, stamp + 1):
        if (
            headline < index < len(lines)
            and 5 < len(lines[index]) < 60
            and not _is_aside(lines[index])
        ):
            people = read_authors(lines[index])
            if people and squeeze(" ".join(p.name for p in people)).lower() in lines[index].lower():
                return index
    return -1


def _headline_line(lines: list[str], anchor: int) -> int:
    """Going up from the byline, or from the text: the nearest title, past a standfirst."""
    titles = [i for i in range(anchor - 1, max(anchor - 9, -1), -1) if _may_be_title(lines[i])]
    if not titles:
        return 0 if anchor > 0 and not is_furniture_line(lines[0]) else -1
    nearest = titles[0]
    above = next((i for i in titles[1:] if i == nearest - 1), None)
    if above is not None and reads_as_sentence(lines[nearest]) and len(lines[above].split()) >= 4:
        return above
    return nearest


def _may_be_title(line: str) -> bool:
    words = len(line.split())
    return (
        3 <= words <= 30
        and len(line) > 12
        and not _is_aside(line)
        and not _is_date_line(line)
        and not re.search(r"\s[>›»/]\s", line)
        and not _names_after_prefix(line)
        and not _is_marked_name(line)
    )


def _outlet(lines: list[str], parts: Parts) -> Field[str]:
    for line in reversed(lines[parts.start :]):
        if len(line) < 140 and (hit := COPYRIGHT.search(line)) and hit.group(1).strip():
            return Field(hit.group(1).strip(" |,"), "copyright line", 0.85)
    for line in lines[: max(parts.headline, 0)]:
        if not is_furniture_line(line) and len(line.split()) <= 5 and not _is_date_line(line):
            return Field(line, "text: top line", 0.5)
    return not_found()


def _read_header(page: ExtractedPage, parts: Parts, outlet: str, zone: tzinfo | None) -> None:
    lines, top = parts.lines, parts.headline
    if top >= 0:
        anchored = parts.byline > top or bool(parts.dates)
        origin = "text: line before byline" if anchored else "text: line before body"
        page.headline = Field(lines[top], origin, 0.9 if anchored else 0.7)
        page.section = _section(lines, top, outlet)
        page.standfirst = _standfirst(lines, parts)
    if parts.byline >= 0:
        page.authors = _authors(lines[parts.byline], outlet)
    _read_dates(page, parts, zone)
    _read_caption(page, parts)
    page.language = guess_language(" ".join(lines[parts.start :]))


def _authors(line: str, outlet: str) -> Field[tuple[Author, ...]]:
    people = read_authors(line, outlet=outlet)
    if not people:
        return not_found()
    if PREFIX.match(line) or _is_marked_name(line):
        return Field(people, "text: byline line", 0.9)
    return Field(people, "text: name line", 0.65)


def _read_dates(page: ExtractedPage, parts: Parts, zone: tzinfo | None) -> None:
    for index in [*parts.dates, parts.byline]:
        if index < 0:
            continue
        before, after = split_updated(parts.lines[index])
        if page.published_at.value is None and (when := read_when(before, zone)):
            page.published_at = Field(when, "text: date line", 0.9)
        if page.updated_at.value is None and (when := read_when(after, zone)):
            page.updated_at = Field(when, "text: date line", 0.85)


def _section(lines: list[str], top: int, outlet: str) -> Field[str]:
    line = lines[top - 1] if top > 0 else ""
    name = re.split(r"\s*[>›»]\s*", line)[-1]
    if (
        not name
        or is_furniture_line(name)
        or len(name.split()) > 3
        or name.lower() == outlet.lower()
    ):
        return not_found()
    if _is_date_line(line) or re.search(r"[\d|]", name) or top == 1:
        return not_found()
    # A section stands in the menu as well.
    in_menu = sum(other.lower() == name.lower() for other in lines[:top]) > 1 or name != line
    proper = name.title() if name.isupper() else name
    return Field(proper, "text: line above headline", 0.8 if in_menu else 0.5)


def _standfirst(lines: list[str], parts: Parts) -> Field[str]:
    index = parts.headline + 1
    if index < parts.start and index < len(lines):
        line = lines[index]
        special = index == parts.byline or index in parts.dates
        if not special and not _is_aside(line) and reads_as_sentence(line) and len(line) > 25:
            return Field(line, "text: line after headline", 0.75)
    return not_found()


def _read_caption(page: ExtractedPage, parts: Parts) -> None:
    for line in parts.lines[max(parts.headline + 1, 0) : parts.start]:
        if names_a_photographer(line) and not _is_date_line(line) and not is_furniture_line(line):
            caption, credit = split_caption(line)
            if caption:
                page.caption = Field(caption, "text: caption line", 0.85)
            if credit:
                page.credit = Field(credit, "text: caption line", 0.85)
            return


def _body(page: ExtractedPage, parts: Parts) -> list[Block]:
    blocks: list[Block] = []
    names = [a.name.lower() for a in page.authors.value or ()]
    lines = parts.lines[parts.start :]
    skipping = False
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if ends_the_article(line) or _is_biography(line, following, names):
            break
        if is_furniture_line(line):
            skipping = True
        elif names_a_photographer(line) and not _is_prose(line):
            blocks.append(Picture("", "", *split_caption(line)))
        elif not (skipping and not _is_prose(line)):
            skipping = False
            _add_line(blocks, line, following)
    while blocks and isinstance(blocks[-1], Subheading | Picture):
        blocks.pop()
    text = "\n\n".join(filter(None, map(block_text, blocks)))
    page.text = Field(text, "text: sentences", 0.8) if text else not_found()
    return blocks


def _add_line(blocks: list[Block], line: str, following: str) -> None:
    html = clean_inline(escape(line, quote=False))
    after_quote = bool(blocks) and block_text(blocks[-1])[-1:] in '”’»"'
    speaker = SPEAKER.match(line) if after_quote else None
    if speaker and isinstance(blocks[-1], Paragraph):
        blocks[-1] = Quotation(blocks[-1].html, speaker.group(1))
    elif BULLET.match(line):
        item = clean_inline(escape(BULLET.sub("", line), quote=False))
        ordered = line[0].isdigit()
        if blocks and isinstance(blocks[-1], ListBlock) and blocks[-1].is_ordered == ordered:
            blocks[-1] = ListBlock((*blocks[-1].items, item), ordered)
        else:
            blocks.append(ListBlock((item,), ordered))
    elif reads_as_sentence(line) or len(line) > 140:
        blocks.append(Paragraph(html))
    elif _is_prose(following) and len(line.split()) <= 14:
        blocks.append(Subheading(line))


def _is_biography(line: str, following: str, names: list[str]) -> bool:
    """The author's name alone on a line below the text, or the sentence about them."""
    lower = line.lower()
    if lower in names:
        return True
    return any(
        re.match(re.escape(n) + r"(?:, [\w. ]+,)? (?:is|has|covers|writes|works)\b", lower)
        for n in names
    )
