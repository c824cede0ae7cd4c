"""From the article's element to the list of blocks an editor works with."""

from __future__ import annotations

import re
from html import escape, unescape

from .captions import caption_and_credit
from .dom import (
    BLOCK_TAGS,
    Element,
    link_share,
    raw_text,
    safe_picture,
    squeeze,
    tag,
    text_of,
    words_of_attributes,
)
from .embeds import EMBED_TAGS, is_social_quote, read_embed
from .inline import inline_html, node_html, tidy
from .page import (
    Block,
    Divider,
    ListBlock,
    Paragraph,
    Picture,
    Quotation,
    Subheading,
    Table,
)
from .phrases import is_furniture_line
from .vocabulary import vocabulary

IMAGES = ("img", "amp-img")
METADATA_WORDS = vocabulary(
    """
    byline bylines author autor authors firma fecha meta metadata timestamp dateline pubdate
    date stamp kicker eyebrow overline standfirst deck dek subtitle subheadline kickers
    rubric cat categories tags tag avatar kicker byline__names newspack-post-subtitle posted
    postmeta info
    """
)
CAPTION_WORDS = {"caption", "figcaption", "bildunterschrift", "legend"}
MAX_METADATA = 260


class BlockReader:
    """Walks once through the root, in order. skip: texts already used as other fields."""

    def __init__(self, *, base: str = "", skip: set[str] | None = None) -> None:
        self.base = base
        self.skip = skip or set()
        self.blocks: list[Block] = []
        self.run: list[str] = []
        self.pictures: set[Picture] = set()

    def read(self, root: Element) -> list[Block]:
        self._container(root)
        self._flush()
        return self.blocks

    def _container(self, element: Element) -> None:
        self._text(element.text)
        for child in element:
            name = tag(child)
            if name and (name in BLOCK_TAGS or _holds_blocks(child)):
                self._flush()
                self._block(child, name)
            elif name:
                self.run.append(node_html(child, self.base))
            self._text(child.tail)
        self._flush()

    def _text(self, text: str | None) -> None:
        if text:
            self.run.append(escape(text, quote=False))

    def _flush(self) -> None:
        """Two line breaks in a row end a paragraph, as on pages without paragraph tags."""
        markup, self.run = "".join(self.run), []
        for piece in re.split(r"(?:<br>\s*){2,}", markup):
            self._add_paragraph(tidy(piece))

    def _add_paragraph(self, html: str) -> None:
        text = plain(html)
        if not re.search(r"\w", text) or text in self.skip or is_furniture_line(text):
            return
        self.blocks.append(Paragraph(html))

    def _block(self, element: Element, name: str) -> None:
        if _is_metadata(element):
            return
        if name in EMBED_TAGS or is_social_quote(element):
            self._embed(element)
        elif name == "figure" or _is_picture_group(element):
            self._figure(element)
        elif name in {"picture", *IMAGES}:
            self._picture(element, element)
        elif _is_pull_quote(element) or name == "blockquote":
            self._quotation(element)
        elif name in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self._subheading(element, int(name[1]))
        elif name in {"ul", "ol"}:
            self._list(element)
        elif name == "table" and not _is_layout_table(element):
            self._table(element)
        elif name == "hr":
            self.blocks.append(Divider())
        else:
            self._container(element)

    def _embed(self, element: Element) -> None:
        if embed := read_embed(element, self.base):
            self.blocks.append(embed)

    def _figure(self, element: Element) -> None:
        inner = next((e for e in element.iter(*EMBED_TAGS, "blockquote")), None)
        if inner is not None and (tag(inner) in EMBED_TAGS or is_social_quote(inner)):
            self._embed(inner)
        elif inner is not None or _is_pull_quote(element):
            self._quotation(element)
        elif (table := element.find(".//table")) is not None and not _is_layout_table(table):
            self._table(table)
        elif (image := next(element.iter(*IMAGES), None)) is not None:
            self._picture(image, element)
        else:
            self._container(element)

    def _picture(self, image: Element, around: Element) -> None:
        picture = read_picture(image, around, self.base)
        if picture and picture not in self.pictures:
            self.pictures.add(picture)
            self.blocks.append(picture)

    def _quotation(self, element: Element) -> None:
        speaker_element = _speaker_element(element)
        speaker = ""
        if speaker_element is not None:
            speaker = re.sub(r"^[\s–—-]+", "", text_of(speaker_element))
            parent = speaker_element.getparent()
            if parent is not None:
                speaker_element.clear()
        paragraphs = [inline_html(p, self.base) for p in element.iter("p")]
        html = "<br>".join(p for p in paragraphs if p) or inline_html(element, self.base)
        if plain(html):
            self.blocks.append(Quotation(html, speaker, _is_pull_quote(element)))

    def _subheading(self, element: Element, level: int) -> None:
        text = text_of(element)
        if text and text not in self.skip and not is_furniture_line(text):
            self.blocks.append(Subheading(text, max(2, level)))
        for image in element.iter(*IMAGES):
            self._picture(image, element)

    def _list(self, element: Element) -> None:
        if any(_is_long_item(li) for li in element.findall("li")):
            for item in element.findall("li"):
                self._container(item)
            return
        items = [inline_html(li, self.base) for li in element.iter("li")]
        kept = tuple(i for i in items if plain(i) and not is_furniture_line(plain(i)))
        if kept and not (link_share(element) > 0.9 and len(kept) > 2):
            self.blocks.append(ListBlock(kept, tag(element) == "ol"))

    def _table(self, element: Element) -> None:
        rows = [
            tuple(inline_html(cell, self.base) for cell in row if tag(cell) in {"td", "th"})
            for row in element.iter("tr")
        ]
        rows = [row for row in rows if any(plain(cell) for cell in row)]
        first = next(element.iter("tr"), None)
        header = first is not None and all(tag(c) == "th" for c in first)
        if rows:
            self.blocks.append(Table(tuple(rows), header))


def plain(html: str) -> str:
    return squeeze(unescape(re.sub(r"<[^>]*>", " " if "<br>" in html else "", html)))


def block_text(block: Block) -> str:
    match block:
        case Paragraph(html=html):
            return plain(html)
        case Quotation(html=html, speaker=speaker):
            return f"{plain(html)} {speaker}".strip()
        case Subheading(text=text):
            return text
        case ListBlock(items=items):
            return "\n".join(plain(item) for item in items)
        case Table(rows=rows):
            return "\n".join(" ".join(plain(cell) for cell in row) for row in rows)
        case _:
            return ""


def read_picture(image: Element, around: Element, base: str) -> Picture | None:
    """None for a dot, an icon or a portrait beside a byline."""
    img = image if tag(image) in IMAGES else next(image.iter(*IMAGES), image)
    url = _source(img, base)
    if not url or _is_tiny(img) or words_of_attributes(img) & {"avatar", "logo", "icon", "emoji"}:
        return None
    alt = squeeze(img.get("alt") or "")
    caption, credit = "", ""
    if (element := find_caption(around)) is not None:
        caption, credit = caption_and_credit(element)
    return Picture(url, alt, caption, credit)


def find_caption(around: Element) -> Element | None:
    for child in around.iter():
        if (
            child is not around
            and (tag(child) == "figcaption" or words_of_attributes(child) & CAPTION_WORDS)
            and text_of(child)
        ):
            return child
    if tag(around) in {"table", "figure"} and 3 < len(text_of(around)) < 300:
        return around
    return None


def is_picture_group(element: Element) -> bool:
    return tag(element) == "figure" or _is_picture_group(element)


def _is_picture_group(element: Element) -> bool:
    """A div, or an old table, that holds one picture and its caption and nothing else."""
    if tag(element) not in {"div", "table", "span", "p", "li"}:
        return False
    images = sum(1 for _ in element.iter(*IMAGES))
    if images != 1 or len(raw_text(element)) > 600:
        return False
    if tag(element) == "table":
        return len(text_of(element)) < 300
    return any(words_of_attributes(c) & CAPTION_WORDS for c in element.iter() if c is not element)


def _source(img: Element, base: str) -> str:
    for name in ("src", "data-src", "data-lazy-src", "data-original"):
        value = img.get(name) or ""
        if value and not value.startswith("data:") and (url := safe_picture(value, base)):
            return url
    for name in ("srcset", "data-srcset"):
        last = (img.get(name) or "").rsplit(",", 1)[-1].split()
        if last and (url := safe_picture(last[0], base)):
            return url
    return ""


def _is_tiny(img: Element) -> bool:
    sides = [img.get("width") or "", img.get("height") or ""]
    return any(side.isdigit() and int(side) < 80 for side in sides)


def _is_metadata(element: Element) -> bool:
    if tag(element) in {
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "div",
        "span",
        "ul",
        "time",
        "address",
        "header",
    }:
        if tag(element) in {"time", "address"}:
            return True
        marked = bool(words_of_attributes(element) & METADATA_WORDS)
        return marked and len(raw_text(element)) < MAX_METADATA
    return False


def _holds_blocks(element: Element) -> bool:
    return any(tag(child) in BLOCK_TAGS for child in element.iter() if child is not element)


def _is_pull_quote(element: Element) -> bool:
    words = words_of_attributes(element)
    return bool(words & {"pullquote", "pullquotes"}) or {"pull", "quote"} <= words


def _speaker_element(element: Element) -> Element | None:
    marks = {"by", "speaker", "attribution", "source", "author", "cite", "credit", "name"}
    for child in element.iter():
        if child is element or not text_of(child):
            continue
        if tag(child) in {"cite", "footer", "figcaption"} or (words_of_attributes(child) & marks):
            return child
    return None


def _is_layout_table(element: Element) -> bool:
    if element.get("role") in {"presentation", "none"} or element.find(".//table") is not None:
        return True
    if element.find(".//th") is not None:
        return False
    cells = list(element.iter("td"))
    return any(len(raw_text(cell)) > 500 for cell in cells) or len(cells) < 2


def _is_long_item(item: Element) -> bool:
    return item.find(".//p") is not None and len(raw_text(item)) > 400
