"""
The registry of providers: others who may fill a place instead of the network's own flights.

Whatever they bring runs in a frame of its own, at an address of ours with a content policy of its
own; the page around it keeps its tight one. Nothing of them is loaded before the reader has agreed
and the place comes near.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise

from masthead.ads.models import Place
from masthead.outlets.sheet import Sheet

Settings = dict[str, Any]


@dataclass(frozen=True)
class Document:
    """What stands in the frame: HTML of its body, and what it may load beyond itself."""

    html: str
    scripts: tuple[str, ...] = ()
    everything_else: tuple[str, ...] = ("https:",)


@dataclass(frozen=True)
class Provider:
    """
    name: short and lasting, stands in `Placement.provider`. check: raises ValidationError for
    settings it cannot work with. document: from settings and place to its frame.
    needs: "consent", or "" for one that watches nobody.
    """

    name: str
    label: str | Promise
    check: Callable[[Settings], None]
    document: Callable[[Settings, Place], Document]
    needs: str = "consent"

    def frame(self, sheet: Sheet, place: Place, settings: Settings) -> dict[str, str] | None:
        """For the page; None when its settings do not work."""
        try:
            self.check(settings)
        except ValidationError:
            return None
        return {
            "src": sheet.url(f"-/ads/tag/{place.value}.html"),
            "needs": self.needs,
        }


_providers: dict[str, Provider] = {}


def register_provider(provider: Provider) -> None:
    """Call from `apps.ready()`. Raises ValueError for a taken name."""
    if provider.name in _providers:
        raise ValueError(f"A provider of advertising named {provider.name} is registered already.")
    _providers[provider.name] = provider


def find_provider(name: str) -> Provider | None:
    return _providers.get(name)


def all_providers() -> list[Provider]:
    return sorted(_providers.values(), key=lambda each: each.name)
