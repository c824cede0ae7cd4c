"""The running text of a copied page: sentences in, what stands between them out."""

from __future__ import annotations

import re
from html import escape

from .blocks import block_text
from .captions import names_a_photographer, split_caption
from .copied_header import Parts
from .copied_lines import is_date_line, is_prose, is_sentence
from .dom import clean_inline
from .page import Author, Block, ListBlock, Paragraph, Picture, Quotation, Subheading
from .phrases import ends_the_article, heads_a_list, is_furniture_line, reads_as_sentence

BULLET = re.compile(r"^(?:[•▪◦‣·*–-]|\d{1,2}[.)])\s+(?=\S)")
SPEAKER = re.compile(r"^[—–-]\s*(\S.{2,80})$")
CUT_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])$")


def read_body(parts: Parts, people: tuple[Author, ...]) -> list[Block]:
    blocks: list[Block] = []
    names = [a.name.lower() for a in people]
    in_list = False
    for index in range(parts.start, len(parts.lines)):
        line = parts.lines[index]
        following = parts.lines[index + 1] if index + 1 < len(parts.lines) else ""
        if index == parts.closing or ends_the_article(line):
            break
        if _is_biography(line, names):
            break
        if heads_a_list(line):
            in_list = True
        elif is_furniture_line(line) or (in_list and _is_teaser(line)):
            continue
        else:
            in_list = False
            _add_line(blocks, line, following)
    while blocks and isinstance(blocks[-1], Subheading | Picture):
        blocks.pop()
    return blocks


def _is_teaser(line: str) -> bool:
    """Below "Related articles": titles, dates and sentences that break off."""
    if not reads_as_sentence(line) or CUT_OFF.search(line) or is_date_line(line):
        return True
    return line[-1] in "?!:" and len(line.split()) <= 14


def _add_line(blocks: list[Block], line: str, following: str) -> None:
    html = clean_inline(escape(line, quote=False))
    after_quote = bool(blocks) and block_text(blocks[-1])[-1:] in '”’»"'
    speaker = SPEAKER.match(line) if after_quote else None
    if names_a_photographer(line) and not is_prose(line):
        blocks.append(Picture("", "", *split_caption(line)))
    elif speaker and isinstance(blocks[-1], Paragraph):
        blocks[-1] = Quotation(blocks[-1].html, speaker.group(1))
    elif BULLET.match(line):
        _add_item(blocks, line)
    elif (reads_as_sentence(line) and not is_date_line(line)) or len(line) > 140:
        blocks.append(Paragraph(html))
    elif len(line.split()) <= 14 and (is_sentence(following) or BULLET.match(following)):
        blocks.append(Subheading(line))


def _add_item(blocks: list[Block], line: str) -> None:
    item = clean_inline(escape(BULLET.sub("", line), quote=False))
    ordered = line[0].isdigit()
    if blocks and isinstance(blocks[-1], ListBlock) and blocks[-1].is_ordered == ordered:
        blocks[-1] = ListBlock((*blocks[-1].items, item), ordered)
    else:
        blocks.append(ListBlock((item,), ordered))


def _is_biography(line: str, names: list[str]) -> bool:
    """The author's name alone on a line below the text, or the sentence about them."""
    lower = line.lower()
    return lower in names or any(
        re.match(re.escape(n) + r"(?:, [\w. ]+,)? (?:is|has|covers|writes|works)\b", lower)
        for n in names
    )
