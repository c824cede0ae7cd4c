"""Rich text out of the editor's storage form into harmless HTML with links that follow moves."""

import re
from html import escape

from lxml import html as lxml_html
from wagtail.models import Page

from masthead.core.sanitise import clean_html
from masthead.outlets.addresses import inside_link

LINK = re.compile(r"<a\s+([^>]*)>")
ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')


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
    """Links to pages are stored as ids; write them as `outlet:slug/path`."""
    ids = {int(i) for i in re.findall(r'<a[^>]*linktype="page"[^>]*\bid="(\d+)"', source)}
    ids |= {int(i) for i in re.findall(r'<a[^>]*\bid="(\d+)"[^>]*linktype="page"', source)}
    paths = dict(Page.objects.filter(pk__in=ids).values_list("pk", "url_path")) if ids else {}

    def link(match: re.Match[str]) -> str:
        attributes = dict(ATTRIBUTE.findall(match[1]))
        kind = attributes.get("linktype")
        if kind == "page":
            path = paths.get(int(attributes.get("id", 0)))
            return f'<a href="{escape(inside_link(url_path=path))}">' if path else "<a>"
        if kind == "document":
            return f'<a href="outlet:-/document/{int(attributes["id"])}/">'
        return match[0]

    return LINK.sub(link, source)
