"""Readers' programs ask here: feeds, sitemaps, robots, security.txt, publications, oEmbed."""

from masthead.syndication.views.feeds import atom, json_feed, rss
from masthead.syndication.views.notices import (
    publication,
    publication_of,
    robots,
    security_txt,
)
from masthead.syndication.views.oembed import oembed
from masthead.syndication.views.sitemaps import (
    sitemap_index,
    sitemap_month,
    sitemap_news,
    sitemap_pages,
)

__all__ = [
    "atom",
    "json_feed",
    "oembed",
    "publication",
    "publication_of",
    "robots",
    "rss",
    "security_txt",
    "sitemap_index",
    "sitemap_month",
    "sitemap_news",
    "sitemap_pages",
]
