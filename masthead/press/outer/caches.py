"""The caches in front that the operator has set, and the kinds there are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class OuterCache:
    """url: where it is told. options: what else the setting says, such as a token."""

    kind: str
    url: str
    options: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        """As it is shown and remembered; without its options, which may be secret."""
        return f"{self.kind} {self.url}"


@dataclass(frozen=True)
class Purging:
    """
    What a cache must not give any more.

    number: of the newest change in it. keys: pages that show one of them.
    addresses: where such pages are; a host as the cache is asked for it, and a target. No more than
    can be told in a few seconds: the most read.
    urls: the same as readers know them, each page once.
    everything: drop all; `keys` and `addresses` then hold what together comes nearest to it.
    """

    number: int
    keys: tuple[str, ...]
    addresses: tuple[tuple[str, str], ...] = ()
    urls: tuple[str, ...] = ()
    everything: bool = False


# Must bear being called again with the same. Raises NotTold.
Adapter = Callable[[OuterCache, Purging], None]
_adapters: dict[str, Adapter] = {}


def register_outer_cache(kind: str, adapter: Adapter) -> None:
    """Add a kind of cache; call from `apps.ready()`. Raises ValueError for a taken name."""
    if kind in _adapters:
        raise ValueError(f"Outer caches named {kind} are registered already.")
    _adapters[kind] = adapter


def outer_caches() -> list[OuterCache]:
    """Raises ImproperlyConfigured for a kind that nobody has registered."""
    found = []
    for line in settings.OUTER_CACHES:
        kind, url, *options = line.split()
        if kind not in _adapters:
            raise ImproperlyConfigured(
                f"MASTHEAD_OUTER_CACHES names “{kind}”; accepted: {', '.join(sorted(_adapters))}."
            )
        named = dict(option.split("=", 1) for option in options)
        found.append(OuterCache(kind, url, named))
    return found


def tell(cache: OuterCache, purging: Purging) -> None:
    """Raises NotTold."""
    _adapters[cache.kind](cache, purging)
