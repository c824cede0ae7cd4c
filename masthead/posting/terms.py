"""What each network allows and asks for, read from `terms.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType


@dataclass(frozen=True, kw_only=True)
class Terms:
    """One network's terms; the fields are explained at the head of `terms.toml`."""

    key: str
    label: str
    by_hand: bool = False
    limit: int = 0
    counts: str = "characters"
    most_bytes: int = 0
    link_in_text: bool = False
    link_length: int = 0
    pace_seconds: int = 0
    most_per_day: int = 0
    price_cents: float = 0.0
    price_with_link_cents: float = 0.0
    has_server: bool = False
    base: str = ""
    tokens: str = ""
    version: str = ""
    secrets: tuple[str, ...] = ()
    more_secrets: tuple[str, ...] = ()

    @property
    def all_secrets(self) -> tuple[str, ...]:
        return self.secrets + self.more_secrets

    @property
    def costs(self) -> bool:
        return bool(self.price_cents or self.price_with_link_cents)


LISTS = ("secrets", "more_secrets")


def _load(path: Path) -> Mapping[str, Terms]:
    rows = tomllib.loads(path.read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            key: Terms(key=key, **row | {name: tuple(row.get(name, ())) for name in LISTS})
            for key, row in rows.items()
        }
    )


TERMS: Mapping[str, Terms] = _load(Path(__file__).with_name("terms.toml"))


def terms_of(network: str) -> Terms:
    """Raises KeyError for a network that is not known (any more)."""
    return TERMS[network]


def network_choices() -> list[tuple[str, str]]:
    return [(key, terms.label) for key, terms in TERMS.items()]
