"""
Embeds as cards: which providers are allowed, and what a page knows of an embed without asking them.

Patterns and oEmbed addresses are the providers' own, as listed in the oEmbed registry.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from masthead.articles.models import EmbedCard
from masthead.changes import keys
from masthead.changes.shown import shows
from masthead.pictures.queries import picture_data


@dataclass(frozen=True)
class Provider:
    """
    A service whose things may be embedded.

    address: what its pages look like; its groups fill `frame`, the address of the player.
    oembed: where to ask for title and picture; empty when it does not say.
    """

    name: str
    address: re.Pattern[str]
    frame: str
    oembed: str = ""

    def frame_url(self, url: str) -> str:
        match = self.address.match(url)
        groups = match.groupdict() if match else {}
        return self.frame.format(**groups) if self.frame else ""


@cache
def providers() -> tuple[Provider, ...]:
    listed = tomllib.loads((Path(__file__).parent / "providers.toml").read_text("utf-8"))
    return tuple(
        Provider(
            name=each["name"],
            address=re.compile(each["address"]),
            frame=each.get("frame", ""),
            oembed=each.get("oembed", ""),
        )
        for each in listed["provider"]
    )


def find_provider(url: str) -> Provider | None:
    return next((p for p in providers() if p.address.match(url)), None)


def embed_parts(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Fill in the embeds among an article's parts from their cards. One query if there are any."""
    urls = [part["url"] for part in parts if part["kind"] == "embed"]
    if not urls:
        return parts
    cards = {
        card.url: card
        for card in EmbedCard.objects.filter(url__in=urls).select_related("thumbnail")
    }
    shows(*(keys.embed(url) for url in urls))
    pictures = picture_data([card.thumbnail for card in cards.values() if card.thumbnail])
    for part in parts:
        if part["kind"] == "embed":
            _fill(part, cards.get(part["url"]), pictures)
    return parts


def _host(url: str) -> str:
    """What a service that is not listed is called: "video.example"."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _fill(part: dict[str, Any], card: EmbedCard | None, pictures: dict[int, Any]) -> None:
    provider = find_provider(part["url"])
    part["provider"] = provider.name if provider else _host(part["url"])
    part["embed_url"] = provider.frame_url(part["url"]) if provider else ""
    part["title"] = part["title"] or (card.title if card else "")
    part["width"], part["height"] = (card.width, card.height) if card else (16, 9)
    thumbnail_id = card.thumbnail_id if card else None
    part["thumbnail"] = pictures.get(thumbnail_id) if thumbnail_id else None
