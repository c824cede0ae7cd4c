"""What a reader sees around the headline: headline, standfirst, section, byline, date, picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import tzinfo
from difflib import SequenceMatcher

from htmldate import find_date

from .blocks import is_picture_group, read_picture
from .bylines import POST_NOMINALS, read_author, read_authors, read_byline_pieces
from .dates import read_when, split_updated
from .dom import Element, ancestors, raw_text, squeeze, tag, text_of, words_of_attributes
from .metadata import Described
from .page import Author, Field, Picture, When, not_found
from .phrases import is_furniture_line
from .vocabulary import vocabulary

BYLINE_WORDS = vocabulary(
    """
    byline bylines author authors autor autoren firma byl writer contributor
    """
)
NOT_BYLINE = {"comment", "caption", "credit", "date", "time", "avatar", "image", "photo"}
DATE_WORDS = vocabulary(
    """
    date time timestamp published pubdate posted fecha stand datum stamp
    """
)
STANDFIRST_WORDS = vocabulary(
    """
    standfirst deck dek subtitle subheadline subhead subheading lede vorspann entradilla
    excerpt teaser summary intro strapline abstract
    """
)
SECTION_WORDS = vocabulary(
    """
    kicker eyebrow overline rubric seccion section category categories cat tag topic rubrik
    ressort channel
    """
)
SEPARATOR = re.compile(r"\s+[|–—·»-]\s+|\s*\|\s*|^[^:]{3,30}:\s+")
MIN_BODY_SENTENCE = 60
# Elements before the first sentence, or after the last. More than this is a list, not a header.
MAX_HEADER = 1500


@dataclass(slots=True)
class Region:
    """The elements of the story in page order, up to its first sentence, and after its last."""

    headline: Element | None
    elements: list[Element]
    below: list[Element]


def find_headline(page: Element, described: Described) -> tuple[Element | None, Field[str]]:
    node_headline = squeeze(str(described.node.get("headline") or ""))
    said = [
        t
        for t in (node_headline, described.meta_value("og:title", "twitter:title"), described.title)
        if t
    ]
    headings = [h for h in page.iter("h1") if len(text_of(h)) > 3]
    for heading in [*_post_titles(page, headings, said), *headings]:
        text = text_of(heading)
        if any(_agree(text, s) for s in said):
            return heading, Field(_without_kicker(text, said), "h1 and description", 0.98)
    if headings and not node_headline:
        longest = max(headings, key=lambda h: len(text_of(h)))
        return longest, Field(text_of(longest), "h1", 0.8)
    for text in said:
        if (element := _repeated_in_page(page, text)) is not None:
            return element, Field(text_of(element), "title repeated in page", 0.85)
    if node_headline:
        return None, Field(node_headline, "json-ld", 0.85)
    if og := described.meta_value("og:title", "twitter:title"):
        return None, Field(_without_outlet(og), "og", 0.8)
    if described.title:
        return None, Field(_without_outlet(described.title), "title element", 0.5)
    return None, not_found()


def _post_titles(page: Element, headings: list[Element], said: list[str]) -> list[Element]:
    """On blogs the main heading is the blog's name, and the post's title a smaller heading."""
    names = [text_of(h).lower() for h in headings if h.find(".//a") is not None]
    titles = [
        t.lower() for name in names for t in said if t.lower().startswith((f"{name}:", f"{name} "))
    ]
    return [
        h
        for h in page.iter("h2", "h3")
        if any(title.endswith(text_of(h).lower()) for title in titles) and len(text_of(h)) > 12
    ]


def signed_below(page: Element) -> Field[tuple[Author, ...]]:
    """The foot of a blog's post says "Posted by"; must run before furniture goes."""
    marked = [e for e in page.iter("span", "p", "div") if _is_signature(e)]
    people = {
        read_authors(text_of(e), must_have_prefix=True) for e in marked if len(raw_text(e)) < 120
    }
    people.discard(())
    if len(people) != 1:
        return not_found()
    return Field(people.pop(), "byline below text", 0.65)


def _is_signature(element: Element) -> bool:
    words = words_of_attributes(element)
    if "author" not in words or not words & {"vcard", "post", "entry", "posted"}:
        return False
    return not any(words_of_attributes(a) & {"comment", "comments"} for a in ancestors(element))


def region_of(story: Element, root: Element, headline: Element | None) -> Region:
    # The list keeps lxml's proxies alive, so that an element is equal to itself in the set.
    elements = [e for e in story.iter() if tag(e)]
    in_root = set(root.iter())
    sentences = [
        i
        for i, e in enumerate(elements)
        if e in in_root and e is not root and _is_body_text(e, headline)
    ]
    first = min(sentences[0] if sentences else len(elements), MAX_HEADER)
    last = sentences[-1] if sentences else len(elements)
    return Region(headline, elements[:first], elements[last + 1 : last + 1 + MAX_HEADER])


def visible_authors(region: Region, outlet: str) -> Field[tuple[Author, ...]]:
    for elements, origin, confidence in (
        (region.elements, "byline element", 0.9),
        (region.below, "byline below text", 0.65),
    ):
        people = _marked_authors(elements, outlet) or _linked_authors(elements, outlet)
        if people:
            return Field(people, origin, confidence)
    for element in region.elements:
        text = text_of(element) if tag(element) != "body" and len(raw_text(element)) < 200 else ""
        if text and (people := read_authors(text, outlet=outlet, must_have_prefix=True)):
            return Field(people, "byline text", 0.8)
    return not_found()


def with_post_nominals(people: tuple[Author, ...], region: Region) -> tuple[Author, ...]:
    """Machine-readable names lack "PhD"; the byline a reader sees may have it."""
    seen = " ¶ ".join(text_of(e) for e in region.elements if _is_byline(e))
    done: list[Author] = []
    for person in people:
        after = re.search(re.escape(person.name) + r",?\s+([A-Z][\w.]{1,6})\b", seen, re.I)
        if after and not person.post_nominals and POST_NOMINALS.match(after.group(1)):
            person = read_author(f"{person.name}, {after.group(1)}") or person
        done.append(person)
    return tuple(done)


def visible_when(
    region: Region, zone: tzinfo | None, *, day_first: bool | None
) -> tuple[Field[When], Field[When]]:
    """(published, updated) as shown beside the headline."""
    published: Field[When] = not_found()
    updated: Field[When] = not_found()
    for element in _dated(region):
        text = text_of(element)
        fresh = bool(words_of_attributes(element) & {"updated", "modified"})
        before, after = ("", text) if fresh else split_updated(text)
        stamp = element.get("datetime") or "" if tag(element) == "time" else ""
        origin, confidence = ("time element", 0.9) if tag(element) == "time" else ("date text", 0.8)
        if published.value is None and not fresh:
            when = (read_when(stamp, zone) if not after else None) or read_when(
                before, zone, day_first=day_first
            )
            published = Field(when, origin, confidence) if when else published
        if updated.value is None and (after or fresh):
            when = read_when(stamp, zone) or read_when(after, zone, day_first=day_first)
            updated = Field(when, origin, confidence) if when else updated
    return published, updated


def guessed_when(root: Element) -> Field[When]:
    """Last resort, over the article alone: feet of pages and addresses invent dates."""
    found = find_date(root, extensive_search=False, original_date=True)
    when = read_when(found) if found else None
    return Field(when, "htmldate", 0.4) if when else not_found()


def find_standfirst(region: Region, described: Described, headline: str) -> Field[str]:
    texts = [
        described.node.get("description"),
        described.meta_value("og:description", "description"),
    ]
    said = [squeeze(str(t)) for t in texts if t]
    for element in _after_headline(region):
        text = text_of(element) if tag(element) in {"p", "h2", "h3", "div", "span"} else ""
        if not 15 < len(text) < 500 or text == headline or is_furniture_line(text):
            continue
        marked = words_of_attributes(element) & STANDFIRST_WORDS or _is_lead(element)
        if marked or tag(element) == "h2" or text in said:
            return Field(text, "header element", 0.9)
    return not_found()


def find_section(region: Region, page: Element, outlet: str) -> Field[str]:
    for link in page.iter("a"):
        if "category" in (link.get("rel") or "").split() and text_of(link):
            return Field(text_of(link), "category link", 0.85)
    for element in region.elements:
        text = text_of(element)
        marked = words_of_attributes(element) & SECTION_WORDS and tag(element) in {
            "a",
            "span",
            "p",
            "div",
        }
        if marked and 2 < len(text) < 40 and len(text.split()) <= 4 and text != outlet:
            return Field(text, "header element", 0.75)
    return not_found()


def find_breadcrumb(page: Element, headline: str) -> Field[str]:
    """Must run before furniture goes: the trail of links is furniture."""
    for element in page.iter("nav", "div", "ol", "ul"):
        label = (
            (element.get("aria-label") or "").lower() + " " + " ".join(words_of_attributes(element))
        )
        if re.search(r"bread|brotkrumen|migas|fil-?ariane", label):
            trail = [text_of(a) for a in element.iter("a")]
            trail = [
                t
                for t in trail
                if t and t != headline and t.lower() not in {"home", "startseite", "inicio"}
            ]
            if trail:
                return Field(trail[-1], "breadcrumb", 0.8)
    return not_found()


def find_lead_picture(region: Region, described: Described) -> Picture | None:
    """The first picture before the first sentence."""
    for element in region.elements:
        if any(
            words_of_attributes(a) & {"author", "avatar", "byline", "logo"}
            for a in [element, *list(ancestors(element))[:3]]
        ):
            continue
        holder = next((e for e in [element, *ancestors(element)] if is_picture_group(e)), element)
        if tag(element) in {"img", "amp-img"} and (
            found := read_picture(element, holder, described.base)
        ):
            return found
    return None


def _agree(heading: str, said: str) -> bool:
    a, b = heading.lower(), _without_outlet(said).lower()
    return (
        a == b or (len(a) > 12 and a in said.lower()) or SequenceMatcher(None, a, b).ratio() > 0.85
    )


def _without_kicker(heading: str, said: list[str]) -> str:
    """Some headings carry the section's name inside; the description then gives the bare one."""
    bare = [s for s in said if len(s) > 12 and heading.endswith(s) and len(s) < len(heading)]
    return max(bare, key=len, default=heading)


def _repeated_in_page(page: Element, title: str) -> Element | None:
    """The smallest element whose whole text is the title with or without the outlet's name."""
    parts = [title, *sorted(SEPARATOR.split(title), key=len, reverse=True)]
    wanted = [part.lower() for part in parts if len(part) > 12]
    best: tuple[int, Element] | None = None
    for element in page.iter("h1", "h2", "h3", "div", "b", "font", "span", "td", "p", "strong"):
        if not 12 < len(raw_text(element)) < 300:
            continue
        text = text_of(element).lower()
        rank = wanted.index(text) if text in wanted else len(wanted)
        if rank < len(wanted) and (best is None or rank < best[0]):
            best = rank, element
    return best[1] if best else None


def _without_outlet(title: str) -> str:
    parts = re.split(r"\s+[|–—·»-]\s+|\s*\|\s*", title)
    return max(parts, key=len) if len(parts) > 1 else title


def _is_body_text(element: Element, headline: Element | None) -> bool:
    if tag(element) not in {"p", "div", "td", "section", "article", "li", "blockquote", "span"}:
        return False
    if element is headline or words_of_attributes(element) & (
        BYLINE_WORDS | STANDFIRST_WORDS | DATE_WORDS
    ):
        return False
    if _is_lead(element) and headline is not None and len(raw_text(element)) < 400:
        return False
    if any(
        tag(a) in {"figure", "header"} or words_of_attributes(a) & {"caption", "excerpt"}
        for a in ancestors(element)
    ):
        return False
    own = squeeze((element.text or "") + " ".join(c.tail or "" for c in element))
    return len(own) > MIN_BODY_SENTENCE and "caption" not in words_of_attributes(element)


def _is_lead(element: Element) -> bool:
    """On other elements "lead" names the lead picture or the lead story."""
    return tag(element) == "p" and bool(words_of_attributes(element) & {"lead", "perex"})


def _is_byline(element: Element) -> bool:
    if (
        "author" in (element.get("rel") or "").split()
        or "author" in (element.get("itemprop") or "").split()
    ):
        return True
    words = words_of_attributes(element)
    short = len(raw_text(element)) < 250
    return bool(words & BYLINE_WORDS) and not words & NOT_BYLINE and short


def _marked_authors(elements: list[Element], outlet: str) -> tuple[Author, ...]:
    """An outer byline names everybody; the links inside it would name them again."""
    marked = [e for e in elements if _is_byline(e) and not _in_figure(e)]
    inner = {i for e in marked for i in e.iter() if i is not e}
    people: dict[str, Author] = {}
    parent: Element | None = None
    for element in marked:
        # Names further down the page, outside the first byline's parent, are other articles'.
        if people and (element in inner or element.getparent() is not parent):
            continue
        for person in read_byline_pieces(_pieces_of(element), outlet=outlet):
            people.setdefault(person.name, person)
            parent = element.getparent()
    return tuple(people.values())


def _pieces_of(element: Element) -> list[str]:
    return [piece for text in element.itertext() if (piece := squeeze(str(text)))]


def _in_figure(element: Element) -> bool:
    around = [element, *ancestors(element)]
    return any(
        tag(a) == "figure" or words_of_attributes(a) & {"caption", "figcaption"} for a in around
    )


def _linked_authors(elements: list[Element], outlet: str) -> tuple[Author, ...]:
    people: list[Author] = []
    for element in elements:
        address = element.get("href") or ""
        if tag(element) == "a" and re.search(
            r"/(?:authors?|people|staff|profile|autor(?:en)?|by)/", address
        ):
            author = read_author(text_of(element), outlet=outlet)
            if author and author not in people:
                people.append(author)
    return tuple(people)


def _dated(region: Region) -> list[Element]:
    """Elements that may carry the date, the marked ones first."""
    after = _after_headline(region)
    times = [e for e in after if tag(e) == "time"]
    marked = [e for e in after if words_of_attributes(e) & DATE_WORDS and len(raw_text(e)) < 200]
    short = [e for e in after if len(raw_text(e)) < 120]
    return times + marked + short


def _after_headline(region: Region) -> list[Element]:
    if region.headline is None or region.headline not in region.elements:
        return region.elements
    return region.elements[region.elements.index(region.headline) + 1 :]
