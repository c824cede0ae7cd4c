"""The one sanitiser: whatever a person or another program wrote becomes harmless HTML here."""

import re
from html import unescape

import nh3

INLINE = {
    "a",
    "abbr",
    "b",
    "br",
    "cite",
    "code",
    "em",
    "i",
    "q",
    "s",
    "small",
    "strong",
    "sub",
    "sup",
}
BLOCKS = INLINE | {"p", "ul", "ol", "li", "h2", "h3", "h4", "blockquote", "hr"}
ATTRIBUTES = {"a": {"href", "hreflang", "title"}, "abbr": {"title"}}
# `outlet:` marks a link inside the network; `outlets.addresses` turns it into an address.
SCHEMES = {"http", "https", "mailto", "tel", "outlet"}
BLOCK_EDGE = re.compile(r"</(?:p|li|h[1-6]|blockquote|td|th|tr|div)>|<br\b", re.IGNORECASE)


def clean_html(html: str, *, inline: bool = False) -> str:
    """
    The same text with only the tags and addresses a news text needs.

    Links out of the network carry rel="noopener"; anything else (scripts, styles, frames, event
    handlers, unknown schemes) is gone. Safe to mark as safe.
    """
    return nh3.clean(
        html,
        tags=INLINE if inline else BLOCKS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener",
    )


def plain_text(html: str) -> str:
    """The words alone, blocks set apart by a space. Text: to be escaped before it is HTML again."""
    spaced = BLOCK_EDGE.sub(r" \g<0>", html)
    return " ".join(unescape(nh3.clean(spaced, tags=set())).split())
