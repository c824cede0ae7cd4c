"""The networks an outlet can be followed on and its pages shared to; the facts are data."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote, unquote, urlsplit

from django.utils.translation import gettext as _


class BadAccount(ValueError):
    """The account cannot be one on this network; the text is for the editor."""


@dataclass(frozen=True, kw_only=True)
class Network:
    """One network; the fields are explained at the head of `networks.toml`."""

    key: str
    label: str
    profile_pattern: str
    share_pattern: str
    max_chars: int
    icon: str
    account_hint: str
    account_re: str
    aliases: tuple[str, ...] = ()

    @property
    def takes_account(self) -> bool:
        return bool(self.account_re)


def _load(path: Path) -> Mapping[str, Network]:
    rows = tomllib.loads(path.read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            key: Network(key=key, **{**row, "aliases": tuple(row.get("aliases", ()))})
            for key, row in rows.items()
        }
    )


NETWORKS: Mapping[str, Network] = _load(Path(__file__).with_name("networks.toml"))


def profile_url(network: Network, account: str) -> str:
    """
    The address of an account's page. Raises BadAccount.

    For RSS the account is empty and the address is a path on the outlet's own site.
    """
    _check(network, account)
    user, _at, host = account.rpartition("@")
    # Only Rumble's accounts hold a slash, and only the one its expression names.
    return network.profile_pattern.format(
        account=quote(account, safe="/"), user=quote(user, safe=""), host=host.lower()
    )


def share_url(network: Network, *, url: str, text: str) -> str | None:
    """The address where a reader shares `url`, or None when the network has no such link."""
    if not network.share_pattern:
        return None
    # The link and the space before it count against the limit.
    room = network.max_chars - len(url) - 1
    shown = _trim(text, room) if network.max_chars else text
    return network.share_pattern.format(url=_quoted(url), text=_quoted(shown))


@lru_cache(maxsize=100)
def _quoted(text: str) -> str:
    """An article's page asks for the same address and headline for every network."""
    return quote(text, safe="")


def account_from(network: Network, pasted: str) -> str:
    """Read the account out of what an editor pasted: a name, @name or a profile's address.

    Raises BadAccount.
    """
    pasted = pasted.strip()
    account = _account_in_address(network, pasted) if "://" in pasted else pasted.removeprefix("@")
    _check(network, account)
    return account


def _check(network: Network, account: str) -> None:
    if re.fullmatch(network.account_re, account):
        return
    if not network.takes_account:
        raise BadAccount(_("%(network)s needs no account.") % {"network": network.label})
    raise BadAccount(
        _("This is not an account on %(network)s. It should look like this: %(hint)s")
        % {"network": network.label, "hint": network.account_hint}
    )


def _account_in_address(network: Network, address: str) -> str:
    """Match the address against the profile pattern; one that does not fit comes back whole."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    host, path = _bare(parts.hostname or ""), unquote(parts.path).rstrip("/")
    if parts.scheme not in {"http", "https"}:
        return address
    if "{host}" in network.profile_pattern:
        # A server shows people of other servers as /@user@their.server.
        user = path.removeprefix("/@")
        return user if "@" in user else f"{user}@{host}"
    pattern = urlsplit(network.profile_pattern)
    before = pattern.path.partition("{account}")[0]
    known = host in {_bare(pattern.hostname or ""), *network.aliases}
    return path.removeprefix(before) if known and path.startswith(before) else address


def _bare(host: str) -> str:
    return re.sub(r"^(?:www|m|mobile)\.", "", host)


def _trim(text: str, room: int) -> str:
    """Shorten to `room` characters at the end of a word, with an ellipsis."""
    if len(text) <= room:
        return text
    if room < 2:
        return ""
    cut = text[:room]
    words = cut.rsplit(maxsplit=1)[0] if " " in cut else cut[:-1]
    return f"{words[: room - 1].rstrip(' ,.;:–-')}…"
