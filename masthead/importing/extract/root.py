"""Where on the page the article stands."""

from __future__ import annotations

from .dom import Element, ancestors, tag, words_of_attributes
from .furniture import sentence_mass

# Going down stops when no child holds this share of the sentences.
SHARE = 0.75
LEAVES = {"p", "blockquote", "ul", "ol", "li", "figure", "h1", "h2", "h3", "pre", "span", "font"}
BODY_NAMES = (
    {"article", "body"}, {"entry", "content"}, {"story", "body"}, {"post", "content"},
    {"articlebody"}, {"gh", "content"}, {"content", "body"},
)  # fmt: skip


def find_root(page: Element) -> Element:
    """The smallest element that still holds most of the page's sentences."""
    start = page.find("body")
    node = page if start is None else start
    named = _named_body(node)
    if named is not None:
        return named
    while True:
        child = _heaviest_child(node)
        if child is None:
            return _first_of_many(node)
        node = child


def story_of(root: Element, headline: Element | None) -> Element:
    """The element around headline and text; byline and date are looked for inside it."""
    if headline is None:
        wide = [a for a in ancestors(root) if tag(a) in {"article", "main"}]
        return wide[-1] if wide else root
    around = [headline, *ancestors(headline)]
    for candidate in [root, *ancestors(root)]:
        if candidate in around:
            return candidate
    return root


def _named_body(page: Element) -> Element | None:
    total = sentence_mass(page)
    for element in page.iter("div", "section", "article", "main"):
        words = words_of_attributes(element)
        named = element.get("itemprop") == "articleBody" or any(n <= words for n in BODY_NAMES)
        if named and tag(element) != "main" and sentence_mass(element) > total * 0.6:
            return element
    return None


def _heaviest_child(node: Element) -> Element | None:
    mass = sentence_mass(node)
    for child in node:
        if tag(child) and tag(child) not in LEAVES and mass and sentence_mass(child) > mass * SHARE:
            return child
    return None


def _first_of_many(node: Element) -> Element:
    """Endless pages carry the next articles below: keep the first that has its own heading."""
    with_heading = [a for a in node.iter("article") if a.find(".//h1") is not None]
    if len(with_heading) > 1 and sentence_mass(with_heading[0]) > 300:
        return with_heading[0]
    return node
