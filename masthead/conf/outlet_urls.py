"""
Addresses below one outlet.

In path form on the network's host they carry the outlet's slug in front; `{% url %}` adds it.
"""

from django.urls import include, path, re_path

from masthead.ads.authorised import views as authorised
from masthead.outlets.standard_site import WELL_KNOWN
from masthead.press import views as press
from masthead.search import views as search
from masthead.syndication import views as syndication

FEEDS = [
    ("feed.xml", syndication.rss, "rss"),
    ("atom.xml", syndication.atom, "atom"),
    ("feed.json", syndication.json_feed, "json-feed"),
]

urlpatterns = [
    path("", press.front, name="front"),
    path("topics/<str:slug>/", press.topic, name="topic"),
    path("authors/<str:slug>/", press.author, name="author"),
    path("archive/", press.archive, name="archive"),
    path("feeds/", press.feeds, name="feeds"),
    path("archive/<int:year>/<int:month>/", press.month, name="month"),
    path("search/", search.results, name="search"),
    path("search/suggest.json", search.suggestions, name="search-suggestions"),
    path("newsletters/c/ad/", include("masthead.ads.letters.urls")),
    path("newsletters/", include("masthead.newsletters.joining.urls")),
    path("newsletters/", include("masthead.newsletters.archive.urls")),
    *[
        path(f"{where}{file}", view, name=f"{name}-{list_name}")
        for file, view, name in FEEDS
        for where, list_name in (
            ("", "outlet"),
            ("topics/<str:topic>/", "topic"),
            ("authors/<str:author>/", "author"),
        )
    ],
    *[
        re_path(rf"^(?P<section>.+/){file}$", view, name=f"{name}-section")
        for file, view, name in FEEDS
    ],
    path("sitemap.xml", syndication.sitemap_index, name="sitemap"),
    path("sitemap-pages.xml", syndication.sitemap_pages, name="sitemap-pages"),
    path("sitemap-news.xml", syndication.sitemap_news, name="sitemap-news"),
    path("sitemap-<int:year>-<int:month>.xml", syndication.sitemap_month, name="sitemap-month"),
    path("robots.txt", syndication.robots, name="robots"),
    path(".well-known/security.txt", syndication.security_txt, name="security-txt"),
    path("ads.txt", authorised.ads_txt, name="ads-txt"),
    path("app-ads.txt", authorised.app_ads_txt, name="app-ads-txt"),
    path("sellers.json", authorised.sellers_json, name="sellers-json"),
    path(WELL_KNOWN, syndication.publication, name="publication"),
    path("oembed", syndication.oembed, name="oembed"),
    path("membership/", include("masthead.memberships.urls")),
    path("advertise/", include("masthead.ads.customers.urls")),
    path("api/v1/", include("masthead.api.urls")),
    path("readers/", include("masthead.readers.pages.urls")),
    path("comments/", include("masthead.comments.urls")),
    path("-/ads/", include("masthead.ads.public.urls")),
    re_path(r"^(?P<path>.+/)$", press.page_at, name="page"),
]

handler404 = "masthead.press.errors.not_found"
handler403 = "masthead.press.errors.forbidden"
handler500 = "masthead.press.errors.failed"
