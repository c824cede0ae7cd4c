"""Authors and topics as the API gives them."""

from typing import Any

from django.utils.encoding import iri_to_uri

from masthead.api.addresses import api_url
from masthead.api.values import picture
from masthead.articles.models import Topic
from masthead.core.for_programs import with_absolute_addresses
from masthead.core.sanitise import plain_lines
from masthead.outlets.addresses import resolve_inside_links
from masthead.outlets.rich_text import whole_html
from masthead.outlets.sheet import Sheet
from masthead.people.models import Author
from masthead.pictures.queries import picture_data


def author_line(author: Author, *, sheet: Sheet) -> dict[str, Any]:
    """author: with portrait and links."""
    portraits = picture_data([author.portrait] if author.portrait else [])
    portrait = portraits.get(author.portrait_id) if author.portrait_id else None
    url = iri_to_uri(sheet.absolute(f"authors/{author.slug}/")) or ""
    about = resolve_inside_links(whole_html(author.biography), sheet=sheet, absolute=True)
    html = with_absolute_addresses(about, base=url)
    return {
        "slug": author.slug,
        "name": author.name,
        "post_nominals": author.post_nominals,
        "byline": author.byline,
        "role": author.role,
        "is_shared": author.is_shared,
        "biography_html": html,
        "biography_text": plain_lines(html),
        "portrait": picture(portrait, sheet=sheet),
        "links": [{"label": each.label, "url": each.url} for each in author.links.all()],
        "url": url,
        "articles_url": api_url(sheet, "authors", author.slug, "articles"),
    }


def topic_line(topic: Topic, *, sheet: Sheet) -> dict[str, Any]:
    return {
        "slug": topic.slug,
        "name": topic.name,
        "description": topic.description,
        "uri": topic.uri or None,
        "url": iri_to_uri(sheet.absolute(f"topics/{topic.slug}/")),
        "articles_url": api_url(sheet, "topics", topic.slug, "articles"),
    }
