"""The small part of Markdown that the demo content uses, as HTML."""

from __future__ import annotations

import re
from html import escape

LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
STRONG = re.compile(r"\*\*(.+?)\*\*")
EMPHASIS = re.compile(r"\*(.+?)\*")
BULLET = re.compile(r"^- ")
NUMBER = re.compile(r"^\d+\. ")


def inline(text: str) -> str:
    """Links, strong and emphasis. Addresses such as `article:courier/slug` stay as they are."""
    found = escape(text, quote=False)
    found = LINK.sub(lambda m: f'<a href="{escape(m[2])}">{m[1]}</a>', found)
    found = STRONG.sub(r"<strong>\1</strong>", found)
    return EMPHASIS.sub(r"<em>\1</em>", found)


def to_html(text: str) -> str:
    """Paragraphs, lists and quotations, parted by empty lines; subheads become h2."""
    parts = re.split(r"\n\s*\n", text.strip())
    return "\n".join(_part(part.strip().splitlines()) for part in parts if part.strip())


def _part(lines: list[str]) -> str:
    if lines[0].startswith("## "):
        return f"<h2>{inline(lines[0][3:])}</h2>"
    if all(BULLET.match(line) for line in lines):
        return _list("ul", [BULLET.sub("", line) for line in lines])
    if all(NUMBER.match(line) for line in lines):
        return _list("ol", [NUMBER.sub("", line) for line in lines])
    if all(line.startswith(">") for line in lines):
        inner = "\n".join(line[1:].removeprefix(" ") for line in lines)
        return f"<blockquote>{to_html(inner)}</blockquote>"
    return f"<p>{inline(' '.join(lines))}</p>"


def _list(tag: str, items: list[str]) -> str:
    inside = "".join(f"<li>{inline(item)}</li>" for item in items)
    return f"<{tag}>{inside}</{tag}>"
