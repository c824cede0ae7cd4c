"""The one sanitiser: whatever a person or another program wrote becomes harmless HTML here."""

import re
from functools import partial
from html import escape, unescape

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
MOST_ROUNDS = 8
BLOCK_EDGE = re.compile(r"</(?:p|li|h[1-6]|blockquote|td|th|tr|div)>|<br\b", re.IGNORECASE)


def clean_html(html: str, *, inline: bool = False) -> str:
    """
    The same text with only the tags and addresses a news text needs.

    Links out of the network carry rel="noopener"; anything else (scripts, styles, frames, event
    handlers, unknown schemes) is gone. Safe to mark as safe.

    Cleaning the answer again changes nothing: a browser reads it as it was cleaned. What never
    comes to rest keeps its words alone.
    """
    clean = partial(
        nh3.clean,
        tags=INLINE if inline else BLOCKS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener",
    )
    # A tag that is taken out between two others can leave a nesting that reads differently.
    for _ in range(MOST_ROUNDS):
        before, html = html, clean(html)
        if html == before:
            return html
    return escape(plain_text(html))


def plain_text(html: str) -> str:
    """The words alone, blocks set apart by a space. Text: to be escaped before it is HTML again."""
    return plain_lines(html).replace("\n", " ")


def plain_lines(html: str) -> str:
    """The words alone, each block that has some on a line of its own. Text, as `plain_text`."""
    marked = BLOCK_EDGE.sub("\n\\g<0>", " ".join(html.split()))
    lines = unescape(nh3.clean(marked, tags=set())).split("\n")
    return "\n".join(" ".join(words) for line in lines if (words := line.split()))


COMMENT = {"p", "br", "strong", "em", "blockquote", "ul", "ol", "li", "code", "pre", "a"}


def clean_comment(html: str) -> str:
    """
    As `clean_html`, with the few tags that a reader's comment may have.

    Links carry rel="nofollow ugc noopener": they are not the newsroom's recommendation.
    """
    clean = partial(
        nh3.clean,
        tags=COMMENT,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel="nofollow ugc noopener",
    )
    for _ in range(MOST_ROUNDS):
        before, html = html, clean(html)
        if html == before:
            return html
    return f"<p>{escape(plain_text(html))}</p>"
