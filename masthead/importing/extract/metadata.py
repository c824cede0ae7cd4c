"""What the page says of itself to machines: JSON-LD, Open Graph, meta tags, microdata."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any
from urllib.parse import urlsplit

from . import jsonld
from .bylines import read_author, read_authors
from .dates import read_when
from .dom import Element, safe_link, squeeze, text_of, words_of_attributes
from .page import Author, Field, When, not_found

PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "pubdate",
    "publishdate",
    "publish-date", "publish_date", "dc.date", "dc.date.issued", "dcterms.created", "dcterms.date",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "article.published",
    "originalpublicationdate", "last-published", "dc.terms.issued",
)  # fmt: skip
UPDATED_META = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
    "revised",
)
AUTHOR_META = (
    "author", "article:author", "article:author_name", "dc.creator", "dcterms.creator",
    "parsely-author",
    "sailthru.author", "byl", "cxenseparse:author", "article.author", "authors",
)  # fmt: skip
SECTION_META = (
    "article:section",
    "section",
    "parsely-section",
    "og:section",
    "cxenseparse:recs:category",
)


@dataclass(slots=True)
class Described:
    """Everything read from the page before scripts and hidden parts are thrown away."""

    node: dict[str, Any] = field(default_factory=dict)
    meta: dict[str, list[str]] = field(default_factory=dict)
    items: dict[str, list[str]] = field(default_factory=dict)
    title: str = ""
    lang: str = ""
    base: str = ""

    def meta_value(self, *names: str) -> str:
        return next((v for n in names for v in self.meta.get(n, ()) if v), "")


def describe(page: Element, *, text: str, source_url: str) -> Described:
    found = Described(
        node=jsonld.read_article_node(page), meta=_meta_tags(page), items=_microdata(page)
    )
    title = page.find(".//head/title")
    found.title = text_of(title) if title is not None else ""
    found.lang = page.get("lang") or page.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    found.base = _page_address(page, text=text, source_url=source_url)
    return found


def outlet_name(described: Described) -> Field[str]:
    if name := described.meta_value("og:site_name"):
        return Field(name, "og", 0.95)
    if name := jsonld.first(described.node.get("publisher")):
        return Field(name, "json-ld", 0.9)
    if name := described.meta_value("application-name"):
        return Field(name, "meta", 0.7)
    parts = re.split(r"\s+[|–—·»-]\s+", described.title)
    if len(parts) > 1 and len(parts[-1].split()) <= 5:
        return Field(parts[-1], "title element", 0.6)
    return not_found()


def described_authors(described: Described, outlet: str) -> Field[tuple[Author, ...]]:
    """From JSON-LD, then microdata. Organisations are publishers, not authors."""
    raw = described.node.get("author") or described.node.get("creator")
    people: list[Author] = []
    for entry in raw if isinstance(raw, list) else [raw]:
        if isinstance(entry, dict) and "Organization" in " ".join(jsonld.types_of(entry)):
            names = [n for n in jsonld.strings(entry) if (a := read_author(n)) and a.is_staff]
        else:
            names = jsonld.strings(entry)
        people += [
            a for n in names if not n.startswith("http") for a in read_authors(n, outlet=outlet)
        ]
    if people:
        return Field(tuple(dict.fromkeys(people)), "json-ld", 0.95)
    named = [a for n in described.items.get("author", ()) for a in read_authors(n, outlet=outlet)]
    return Field(tuple(dict.fromkeys(named)), "microdata", 0.9) if named else not_found()


def meta_authors(described: Described, outlet: str) -> Field[tuple[Author, ...]]:
    names = [v for n in AUTHOR_META for v in described.meta.get(n, ()) if "://" not in v]
    if described.meta_value("twitter:label1").lower() in {
        "written by",
        "verfasst von",
        "escrito por",
    }:
        names.append(described.meta_value("twitter:data1"))
    for value in names:
        if people := read_authors(value, outlet=outlet):
            return Field(people, "meta", 0.75)
    return not_found()


def described_when(described: Described, which: str, zone: tzinfo | None) -> Field[When]:
    """which: "datePublished" or "dateModified"."""
    names = PUBLISHED_META if which == "datePublished" else UPDATED_META
    sources: tuple[tuple[str, list[str], float], ...] = (
        ("json-ld", jsonld.strings(described.node.get(which)), 0.95),
        ("og" if "article" in names[0] and described.meta.get(names[0]) else "meta",
         [v for n in names for v in described.meta.get(n, ())], 0.9),
        ("microdata", described.items.get(which, []), 0.9),
    )  # fmt: skip
    for origin, values, confidence in sources:
        for value in values:
            if when := read_when(value, zone):
                return Field(when, origin, confidence)
    return not_found()


def described_section(described: Described) -> Field[str]:
    if name := jsonld.first(described.node.get("articleSection")):
        return Field(name, "json-ld", 0.9)
    if name := described.meta_value(*SECTION_META):
        return Field(name, "og" if "article:section" in described.meta else "meta", 0.85)
    if name := next(iter(described.items.get("articleSection", ())), ""):
        return Field(name, "microdata", 0.85)
    return not_found()


def language(described: Described) -> Field[str]:
    for origin, value, confidence in (
        ("html lang", described.lang, 0.9),
        ("json-ld", jsonld.first(described.node.get("inLanguage")), 0.9),
        ("og", described.meta_value("og:locale"), 0.8),
        ("meta", described.meta_value("content-language", "dc.language", "language"), 0.7),
    ):
        if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", value):
            return Field(value.replace("_", "-"), origin, confidence)
    return not_found()


def _meta_tags(page: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in page.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("http-equiv") or ""
        value = squeeze(meta.get("content") or "")
        if name and value:
            found.setdefault(name.strip().lower(), []).append(value)
    return found


def _published_mark(page: Element) -> list[str]:
    """The hAtom mark of older blogs. Several different ones are several posts."""
    stamps = {
        e.get("title") or ""
        for e in page.iter("abbr")
        if words_of_attributes(e) & {"published", "dtpublished"}
    }
    return list(stamps) if len(stamps) == 1 else []


def _microdata(page: Element) -> dict[str, list[str]]:
    """Properties of the first article-like item. Names inside comments are not the author's."""
    found: dict[str, list[str]] = {}
    for scope in page.iter():
        if re.search(r"(?:Article|BlogPosting)/?$", scope.get("itemtype") or ""):
            for element in _own_properties(scope):
                value = element.get("content") or element.get("datetime") or _named(element)
                for name in (element.get("itemprop") or "").split():
                    found.setdefault(name, []).append(squeeze(value))
            return found
    found["datePublished"] = _published_mark(page)
    return found


def _own_properties(scope: Element) -> Iterator[Element]:
    for element in scope.iter():
        if element is scope or not element.get("itemprop"):
            continue
        owner = next((a for a in element.iterancestors() if a.get("itemscope") is not None), None)
        if owner is scope:
            yield element


def _named(element: Element) -> str:
    for inner in element.iter():
        if "name" in (inner.get("itemprop") or "").split():
            return inner.get("content") or text_of(inner)
    text = text_of(element)
    return text if len(text) < 400 else ""


def _page_address(page: Element, *, text: str, source_url: str) -> str:
    """Where the page came from; browsers leave a comment when they save one."""
    saved = re.search(r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->", text[:5000])
    canonical = next(
        (
            e.get("href") or ""
            for e in page.iter("link")
            if (e.get("rel") or "").lower() == "canonical"
        ),
        "",
    )
    og = next(
        (e.get("content") or "" for e in page.iter("meta") if e.get("property") == "og:url"), ""
    )
    for candidate in (source_url, saved.group(1) if saved else "", canonical, og):
        address = safe_link(candidate, "")
        if address and urlsplit(address).scheme in {"http", "https"}:
            return address
    return ""
