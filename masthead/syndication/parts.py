"""The pieces of readers' pages that syndication gives: sharing an article, following its outlet."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _

from masthead.outlets.networks import NETWORKS, share_url
from masthead.outlets.sheet import Sheet
from masthead.press.page_parts import PagePart


def share_links(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """
    Where an article can be shared: the networks its outlet is on, and mail. No query.

    Copying the link needs no link; the page's script offers it.
    """
    article = context.get("article")
    if article is None or context.get("is_preview"):
        return None
    sheet: Sheet = context["sheet"]
    return {"links": _links(article, sheet), "article": article}


def _links(article: Mapping[str, Any], sheet: Sheet) -> list[dict[str, str]]:
    url, text = article["absolute_url"], article["social_headline"]
    links = []
    for follow in sheet.follow:
        network = NETWORKS.get(follow.network)
        address = share_url(network, url=url, text=text) if network else None
        if network and address:
            links.append(_link(network.key, network.label, address))
    mail = f"mailto:?subject={quote(text, safe='')}&body={quote(url, safe='')}"
    return [*links, _link("mail", _("E-mail"), mail)]


def _link(key: str, label: str, url: str) -> dict[str, str]:
    """Icons have the names of their networks."""
    return {"network": key, "label": label, "url": url, "icon": key}


def follow_bar(context: Mapping[str, Any]) -> dict[str, Any] | None:
    return {} if context["sheet"].follow else None


# Their CSS is among an article page's own components.
SHARE_LINKS = PagePart(
    name="share-links",
    place="after_byline",
    template="syndication/share_links.html",
    build=share_links,
)
FOLLOW_BAR = PagePart(
    name="follow-bar",
    place="after_text",
    template="syndication/follow_bar.html",
    build=follow_bar,
    is_of_sheet=True,
)
