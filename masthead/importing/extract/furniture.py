"""Taking out what is on the page but not of the article."""

from __future__ import annotations

import re

from .dom import Element, drop, link_share, raw_text, squeeze, tag, text_of, words_of_attributes
from .phrases import heads_a_list, is_furniture_line, reads_as_sentence
from .vocabulary import vocabulary

ALWAYS = vocabulary(
    """
    script style template svg math noscript nav form button select input textarea dialog
    menu amp-ad amp-sidebar amp-list amp-analytics amp-consent amp-sticky-ad link meta
    """
)
ROLES = vocabulary(
    """
    navigation banner contentinfo search dialog alertdialog menu menubar
    """
)
# Any one of these words in a class or id names furniture.
WORDS = vocabulary(
    """
    nav navbar navigation menu breadcrumb breadcrumbs brotkrumen breaking share sharing
    sharedaddy sharebar shareaholic addtoany social sociallinks socials related relatedposts
    recirc recirculation recommended recommendations rec promos promotion newsletter
    newsletters newspack-popup signup subscribe suscripcion comment comments commentlist
    disqus respond disqus_thread footer colophon sidebar cookie cookies consent cmp gdpr
    onetrust advert advertisement adslot arcad ads outbrain taboola revcontent popup modal
    lightbox follow followbar teilen compartir relacionada lesetipp masthead onward morefrom
    readmore trending popular mostread skip toolbar topbar tagcloud taglist pagination pager
    prevnext bio outro donate donation kg-signup screenreader scaip cta
    """
)
# These name furniture only when little stands in it: whole articles are wrapped in "paywall".
WEAK_WORDS = vocabulary(
    """
    paywall teaser teasers membership subscription upsell subscribe promo login register
    widget partners ad
    """
)
SMALL = 600
# Lines that are one link and yet belong to the article's head.
LINKED_FIELDS = vocabulary(
    "byline author section kicker category firma seccion label title headline"
)
PAIRS = (
    {"ad", "slot"}, {"ad", "container"}, {"ad", "wrapper"}, {"google", "ad"}, {"read", "more"},
    {"inline", "link"}, {"author", "info"}, {"author", "box"}, {"author", "description"},
    {"about", "author"}, {"most", "read"}, {"article", "footer"}, {"more", "stories"},
    {"read", "next"}, {"up", "next"}, {"print", "hidden"}, {"sr", "only"}, {"visually", "hidden"},
    {"screen", "reader", "text"}, {"mehr", "thema"}, {"live", "badge"}, {"tags", "links"},
    {"post", "tags"}, {"field", "tags"}, {"nav", "single"}, {"ob", "item"}, {"site", "header"},
    {"site", "footer"}, {"page", "header", "nav"}, {"read", "time"}, {"posted", "in"},
)  # fmt: skip
PROTECTED = {"html", "body", "main", "article", "h1", "figure", "figcaption", "time"}
KEEP_WORDS = {"pullquote", "factbox", "quote", "blockquote", "caption", "callout"}
# An element with this share of the page's sentences is the article, whatever its class says.
TOO_BIG_TO_DROP = 0.4


def remove_furniture(page: Element) -> None:
    """Change the page in place; JSON-LD and meta tags must have been read before."""
    for element in list(page.iter(*ALWAYS)):
        if tag(element) not in {"meta", "link"} or element.getparent() is not None:
            drop(element)
    mass = sentence_mass(page)
    for element in list(page.iter()):
        if element is not page and _attached(element, page) and _is_furniture(element, mass):
            drop(element)
    _remove_telling_blocks(page)


def sentence_mass(element: Element) -> int:
    """Characters outside links in text long enough to be sentences."""
    total = 0
    for node in element.iter():
        if not tag(node) or tag(node) in {"script", "style"}:
            continue
        own = "" if tag(node) == "a" else node.text or ""
        own += "".join(child.tail or "" for child in node)
        if len(own) > 40 and (length := len(" ".join(own.split()))) > 40:
            total += length
    return total


def _attached(element: Element, page: Element) -> bool:
    top = element
    while (parent := top.getparent()) is not None:
        top = parent
    return top is page


def _is_furniture(element: Element, mass: int) -> bool:
    name = tag(element)
    if not name:
        return False
    if _is_hidden(element):
        return name not in {"html", "body"} and not _holds_article(element, mass)
    if name in PROTECTED:
        return _is_secondary_article(element, mass)
    words = words_of_attributes(element)
    if words & KEEP_WORDS:
        return False
    named = (
        name in {"aside", "footer"}
        or (element.get("role") or "") in ROLES
        or bool(words & WORDS)
        or any(pair <= words for pair in PAIRS)
        or (bool(words & WEAK_WORDS) and len(raw_text(element)) < SMALL)
    )
    if name == "p" and len(text_of(element)) > 200:
        return False
    return named and not _holds_article(element, mass)


def _is_hidden(element: Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style


def _is_secondary_article(element: Element, mass: int) -> bool:
    """An <article> that is a card or a comment: few sentences, marked so."""
    if tag(element) not in {"article"}:
        return False
    words = words_of_attributes(element)
    return bool(words & {"card", "comment", "teaser", "promo", "related"}) and not _holds_article(
        element, mass
    )


def _holds_article(element: Element, mass: int) -> bool:
    if element.find(".//h1") is not None and tag(element) not in {"aside", "footer"}:
        return True
    return mass > 0 and sentence_mass(element) > mass * TOO_BIG_TO_DROP


def _remove_telling_blocks(page: Element) -> None:
    for element in list(
        page.iter("h2", "h3", "h4", "h5", "h6", "b", "strong", "span", "p", "div", "li")
    ):
        if not _attached(element, page) or len(raw_text(element)) > 400:
            continue
        text = text_of(element)
        if not text or element.find(".//h1") is not None:
            continue
        if tag(element) in {"b", "strong", "span"} and not _stands_alone(element):
            continue
        if is_furniture_line(text):
            _drop_with_followers(element)
        elif tag(element) in {"p", "div"} and (
            _is_headed_list(element) or _is_link_only(element, text)
        ):
            drop(element)
    for element in list(page.iter("ul", "ol", "section", "div")):
        if _attached(element, page) and _is_link_list(element):
            drop(element)


def _stands_alone(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and squeeze(raw_text(parent)) == squeeze(raw_text(element))


def _drop_with_followers(element: Element) -> None:
    """A telling heading takes the links below it along."""
    follower = element.getnext()
    if tag(element) in {"h2", "h3", "h4", "h5", "h6"}:
        while follower is not None and _is_linky(follower):
            following = follower.getnext()
            drop(follower)
            follower = following
    drop(element)


def _is_linky(element: Element) -> bool:
    text = text_of(element)
    return bool(text) and len(text) < 600 and link_share(element) > 0.5


def _is_link_only(element: Element, text: str) -> bool:
    """A line that is one link and no sentence is a pointer to another article."""
    if element.find(".//img") is not None or len(text) > 140 or reads_as_sentence(text):
        return False
    named = words_of_attributes(element) & LINKED_FIELDS
    return not named and link_share(element) > 0.9 and len(text.split()) > 3


def _is_headed_list(element: Element) -> bool:
    """ "Related articles" and links, all in one element."""
    first = next((child for child in element if text_of(child)), None)
    headed = first is not None and not (element.text or "").strip() and heads_a_list(text_of(first))
    return headed and link_share(element) > 0.5


def _is_link_list(element: Element) -> bool:
    links = element.findall(".//a")
    if len(links) < 3 or element.find(".//h1") is not None:
        return False
    text = text_of(element)
    if len(text) > 1500 or link_share(element) < 0.7:
        return False
    return not re.search(r"byline|author", " ".join(words_of_attributes(element)))
