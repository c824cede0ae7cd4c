"""Rich text out of the editor's storage form into harmless HTML with links that follow moves."""

import re
from html import escape

from lxml import html as lxml_html
from wagtail.models import Page

from masthead.core.sanitise import clean_html
from masthead.outlets.addresses import inside_link
from masthead.pictures.models import Attachment

LINK = re.compile(r"<a\s+([^>]*)>")
ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
PLAIN_ID = re.compile(r"[0-9]{1,18}")  # what both databases take as an id


def whole_html(source: str) -> str:
    """Stored rich text as one piece of harmless HTML; inside links as `outlet:slug/path`."""
    return clean_html(_with_addresses(source))


def html_parts(source: str) -> list[str]:
    """The same, one piece for each top-level paragraph or list; empty ones are left out."""
    html = whole_html(source)
    if not html.strip():
        return []
    pieces = lxml_html.fragments_fromstring(html)
    texts = [
        f"<p>{escape(piece)}</p>"
        if isinstance(piece, str)
        else lxml_html.tostring(piece, encoding="unicode", with_tail=False)
        for piece in pieces
    ]
    return [text for text in texts if re.sub(r"<[^>]+>|\s|&nbsp;|\xa0", "", text)]


def _with_addresses(source: str) -> str:
    """Links to pages and documents are stored as ids; a link to nothing loses its address."""
    links = [_target(found) for found in LINK.findall(source)]
    addresses = _page_links({key for kind, key in links if kind == "page"})
    addresses |= _document_links({key for kind, key in links if kind == "document"})

    def link(match: re.Match[str]) -> str:
        target = _target(match[1])
        if not target[0]:
            return match[0]
        address = addresses.get(target)
        return f'<a href="{escape(address)}">' if address else "<a>"

    return LINK.sub(link, source)


def _target(attributes: str) -> tuple[str, int]:
    """Kind and id that a stored link names; an empty kind for one with an address of its own."""
    found = dict(ATTRIBUTE.findall(attributes))
    key = found.get("id", "")
    return found.get("linktype", ""), int(key) if PLAIN_ID.fullmatch(key) else 0


def _page_links(ids: set[int]) -> dict[tuple[str, int], str]:
    if not ids:
        return {}
    paths = Page.objects.filter(pk__in=ids).values_list("pk", "url_path")
    return {("page", pk): inside_link(url_path=path) for pk, path in paths}


def _document_links(ids: set[int]) -> dict[tuple[str, int], str]:
    if not ids:
        return {}
    return {("document", each.pk): each.url for each in Attachment.objects.filter(pk__in=ids)}
