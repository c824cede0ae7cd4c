"""The blocks of a copied page as an article's body."""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from wagtail.rich_text import RichText

from masthead.articles.blocks import ArticleBody
from masthead.articles.embeds import find_provider
from masthead.importing.extract import (
    Block,
    Divider,
    Embed,
    ListBlock,
    Paragraph,
    Picture,
    Quotation,
    Subheading,
    Table,
)
from masthead.pictures.models import Picture as StoredPicture

FindPicture = Callable[[Picture], StoredPicture | None]
Pair = tuple[str, Any]


def body_of(blocks: Iterable[Block], *, find_picture: FindPicture) -> list[Pair]:
    """
    Pairs of block name and value, as a StreamField takes them; neighbouring paragraphs and lists
    become one text block.

    find_picture: the stored picture for one that came with the page, or None; then what is left
    of it is its caption, and the page does without.
    """
    pairs: list[Pair] = []
    text: list[str] = []
    for block in blocks:
        html = _running_text(block)
        if html is not None:
            text.append(html)
            continue
        _flush(text, pairs)
        pair = _standing(block, find_picture)
        if pair is not None:
            pairs.append(pair)
    _flush(text, pairs)
    return pairs


def _flush(text: list[str], pairs: list[Pair]) -> None:
    if text:
        pairs.append(("text", RichText("".join(text))))
        text.clear()


def _running_text(block: Block) -> str | None:
    if isinstance(block, Paragraph):
        return f"<p>{block.html}</p>"
    if isinstance(block, ListBlock):
        tag = "ol" if block.is_ordered else "ul"
        return f"<{tag}>{''.join(f'<li>{item}</li>' for item in block.items)}</{tag}>"
    if isinstance(block, Embed) and find_provider(block.url) is None:
        return f'<p><a href="{escape(block.url)}">{escape(block.url)}</a></p>'
    return None


def _standing(block: Block, find_picture: FindPicture) -> Pair | None:
    if isinstance(block, Subheading):
        return "subheading", block.text[:150]
    if isinstance(block, Quotation):
        return _quotation(block)
    if isinstance(block, Embed):
        return "embed", {"url": block.url, "title": "", "caption": ""}
    if isinstance(block, Table):
        return "table", {"caption": "", "table": _table(block), "source": ""}
    if isinstance(block, Divider):
        return "divider", None
    if isinstance(block, Picture):
        stored = find_picture(block)
        if stored is not None:
            value = {"picture": stored, "alt": "", "caption": block.caption, "width": "text"}
            return "picture", value
    return None


def _quotation(block: Quotation) -> Pair:
    if block.is_pull_quote:
        from masthead.core.sanitise import plain_text

        words = {"quotation": plain_text(block.html), "speaker": block.speaker, "speaker_role": ""}
        return "pull_quote", words
    html = block.html if block.html.startswith("<p") else f"<p>{block.html}</p>"
    return "quotation", {"quotation": RichText(html), "source": block.speaker}


def _table(block: Table) -> Any:
    width = max(len(row) for row in block.rows)
    rows = [(*row, *[""] * (width - len(row))) for row in block.rows]
    head, data = (rows[0], rows[1:]) if block.has_header else ([""] * width, rows)
    return (
        ArticleBody()
        .child_blocks["table"]
        .child_blocks["table"]
        .to_python(
            {
                "columns": [{"type": "text", "heading": heading} for heading in head],
                "rows": [{"values": list(row)} for row in data],
                "caption": "",
            }
        )
    )
