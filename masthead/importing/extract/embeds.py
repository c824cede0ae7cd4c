"""Recognising what a page embeds from elsewhere; kept as an address, never loaded."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from .dom import Element, safe_link, tag, words_of_attributes
from .page import Embed
from .vocabulary import vocabulary

EMBED_TAGS = vocabulary(
    """
    iframe embed object video audio amp-iframe amp-youtube amp-instagram amp-twitter
    amp-video amp-facebook amp-tiktok amp-vimeo amp-dailymotion
    """
)
# How a provider's own AMP element names the thing: attribute and address.
BY_ID = {
    "amp-youtube": ("data-videoid", "https://www.youtube.com/watch?v={}"),
    "amp-instagram": ("data-shortcode", "https://www.instagram.com/p/{}/"),
    "amp-twitter": ("data-tweetid", "https://x.com/i/status/{}"),
    "amp-vimeo": ("data-videoid", "https://vimeo.com/{}"),
    "amp-dailymotion": ("data-videoid", "https://www.dailymotion.com/video/{}"),
}
SOCIAL_QUOTES = {
    "twitter", "tweet", "instagram", "tiktok", "bluesky", "mastodon", "reddit", "truthsocial",
    "gab", "telegram", "fb", "facebook", "threads",
}  # fmt: skip
UNSEEN = re.compile(
    r"googletagmanager|doubleclick|googlesyndication|amazon-adsystem|recaptcha|/pixel|consent", re.I
)


def read_embed(element: Element, base: str) -> Embed | None:
    url = _address(element, base)
    if not url or url.startswith("mailto:") or UNSEEN.search(url):
        return None
    url = _watch_address(url)
    return Embed(url=url, provider=provider_of(url))


def is_social_quote(element: Element) -> bool:
    """A blockquote that a network's script would turn into a card."""
    words = words_of_attributes(element)
    has_mark = bool(words & {"tweet", "media", "embed", "post"}) and bool(words & SOCIAL_QUOTES)
    return tag(element) == "blockquote" and (
        has_mark or bool(element.get("cite") and words & SOCIAL_QUOTES)
    )


def provider_of(url: str) -> str:
    """The site's name for a lookup: "www.youtube.com" and "embed.x.org" lose their first label."""
    host = (urlsplit(url).hostname or "").lower()
    return re.sub(r"^(?:www|m|embed|player|open|w|platform|public)\.", "", host)


def _address(element: Element, base: str) -> str:
    name = tag(element)
    if name in BY_ID:
        attribute, pattern = BY_ID[name]
        key = element.get(attribute) or ""
        return pattern.format(key) if re.fullmatch(r"[\w-]{3,64}", key) else ""
    if name == "blockquote":
        links = [a.get("href") or "" for a in element.iter("a")]
        return safe_link(element.get("cite") or (links[-1] if links else ""), base)
    for attribute in ("src", "data-src", "data-lazy-src", "data", "data-href"):
        if value := element.get(attribute):
            return safe_link(value, base)
    source = element.find(".//source")
    return safe_link(source.get("src") or "", base) if source is not None else ""


def _watch_address(url: str) -> str:
    """The address a reader would open, which is what oEmbed providers know."""
    if hit := re.match(r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]{6,20})", url):
        return f"https://www.youtube.com/watch?v={hit.group(1)}"
    if hit := re.match(r"https?://player\.vimeo\.com/video/(\d+)", url):
        return f"https://vimeo.com/{hit.group(1)}"
    return url
