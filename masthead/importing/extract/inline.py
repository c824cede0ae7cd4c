"""Writing an element's running text as the little HTML a paragraph may hold."""

from __future__ import annotations

import re
from html import escape

from .dom import Element, clean_inline, safe_link, tag
from .vocabulary import vocabulary

RENAMED = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "sub": "sub", "sup": "sup",
    "code": "code", "s": "s", "del": "s", "q": "q", "cite": "cite", "abbr": "abbr",
}  # fmt: skip
SILENT = vocabulary(
    "script style img amp-img picture iframe svg video audio button figure noscript"
)


def inline_html(element: Element, base: str) -> str:
    """The element's content, without the element itself."""
    return tidy(_inside(element, base))


def node_html(element: Element, base: str) -> str:
    """One inline element with its own tag, for a run of text and elements."""
    return _node(element, base)


def tidy(markup: str) -> str:
    """One line, no empty tags, allow-listed; the form in which a paragraph leaves."""
    markup = re.sub("[\u00ad\u200b\u2060\ufeff]", "", re.sub(r"[ \t\r\n\f]+", " ", markup))
    markup = re.sub(r"<(em|strong|s|sub|sup|code|cite|a)(?: href=\"[^\"]*\")?>\s*</\1>", "", markup)
    markup = re.sub(r"^(?:\s|<br>|\u00a0)+|(?:\s|<br>|\u00a0)+$", "", markup)
    return clean_inline(markup)


def _inside(element: Element, base: str) -> str:
    pieces = [escape(element.text or "", quote=False)]
    for child in element:
        pieces.append(_node(child, base))
        pieces.append(escape(child.tail or "", quote=False))
    return "".join(pieces)


def _node(element: Element, base: str) -> str:
    name = tag(element)
    if not name or name in SILENT:
        return ""
    if name == "br":
        return "<br>"
    inside = _inside(element, base)
    if name == "a":
        href = safe_link(element.get("href") or "", base)
        return f'<a href="{escape(href)}">{inside}</a>' if href else inside
    if kept := RENAMED.get(name):
        return f"<{kept}>{inside}</{kept}>"
    return inside
