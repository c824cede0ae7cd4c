"""The card another site shows for one of our articles (oEmbed 1.0, type "rich")."""

from typing import Any
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape

from django.conf import settings

from masthead.articles.cards import printed_byline
from masthead.articles.models import PublishedArticle
from masthead.articles.queries import find_published
from masthead.core.for_programs import without_controls
from masthead.outlets.rendering import render
from masthead.outlets.sheet import Sheet
from masthead.outlets.structured_data import media_url

WIDTH, HEIGHT = 550, 240  # px of the card, unless the asker has less room
CACHE_SECONDS = 3600


def find_own(url: str, *, sheet: Sheet) -> PublishedArticle | None:
    """The live article at one of the outlet's addresses. One query, none for foreign ones."""
    try:
        asked, base = urlsplit(url), urlsplit(sheet.base)
        host = asked.netloc.lower()
    except ValueError:
        return None
    if asked.scheme not in {"http", "https"} or host not in {base.netloc, *sheet.hosts}:
        return None
    below = base.path + "/" if host == base.netloc else "/"
    path = unquote(asked.path.removeprefix(below))
    if not asked.path.startswith(below) or "\0" in path:  # PostgreSQL takes no NUL
        return None
    found = find_published(outlet_id=sheet.id, path=path)
    is_live = found is not None and found.state == PublishedArticle.State.LIVE
    return found if is_live else None


def card(
    article: PublishedArticle, *, sheet: Sheet, most_width: int, most_height: int
) -> dict[str, Any]:
    """The answer's fields; nothing of the text, so a members' article has one as well."""
    headline = without_controls(article.text.snapshot["headline"])
    byline = "".join(name + joint for name, joint in printed_byline(article))
    html = render(
        "syndication/oembed_card.html",
        {
            "headline": headline,
            "standfirst": without_controls(article.standfirst),
            "byline": byline,
            "sponsor": article.sponsor_name,
            "url": sheet.absolute(article.path),
            "outlet": sheet.name,
        },
    ).strip()
    return {
        "version": "1.0",
        "type": "rich",
        "title": headline,
        "url": sheet.absolute(article.path),
        "author_name": byline or sheet.name,
        "provider_name": sheet.name,
        "provider_url": sheet.absolute(),
        "cache_age": CACHE_SECONDS,
        "html": html,
        "width": min(WIDTH, most_width),
        "height": min(HEIGHT, most_height),
        **_thumbnail(article, sheet, most_width, most_height),
    }


def as_xml(fields: dict[str, Any]) -> str:
    lines = [f"<{name}>{escape(str(value))}</{name}>" for name, value in fields.items()]
    return '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{}</oembed>\n'.format(
        "".join(lines)
    )


def _thumbnail(
    article: PublishedArticle, sheet: Sheet, most_width: int, most_height: int
) -> dict[str, Any]:
    """The widest copy of the lead picture that the asker has room for."""
    picture = article.lead_picture
    fitting = [
        copy
        for copy in (picture.copies if picture else [])
        if copy["format"] == "jpeg"
        and copy["width"] <= most_width
        and copy["height"] <= most_height
    ]
    if not fitting:
        return {}
    widest = max(fitting, key=lambda copy: int(copy["width"]))
    return {
        "thumbnail_url": media_url(sheet, settings.MEDIA_URL + widest["path"]),
        "thumbnail_width": widest["width"],
        "thumbnail_height": widest["height"],
    }
