"""What is at an address: a page, the program, another address, or nothing."""

import re
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import parse_qsl, quote, urlencode

from masthead.press.shelf import Address, Hosts, HostTable
from masthead.press.shelf.addresses import ASKED_PARAMS, NOT_FOUND, PAGE

# Characters that a path keeps unescaped; the canonical form of a link.
SAFE = "/:@!$&'()*+,;=~-._"
LONGEST_VALUE = 200
LONGEST_QUERY = 4096
# Nothing that is printed when somebody asks has a longer path. What is made up would be remembered
# for a moment by its name, and goes to the press room on one line.
LONGEST_ASKED = 500
_HOST = re.compile(r"([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?\Z")
# The program's, whatever the ledger says: health, and what only the door may ask. Annexes lie there
# as well, where their prefixes say so.
_OWN = "/-/"


@dataclass(frozen=True)
class ToApp:
    """The program answers this itself."""


@dataclass(frozen=True)
class NoHost:
    """No outlet has that name."""


@dataclass(frozen=True)
class Elsewhere:
    """Moved for good. location: path or full address, with the query."""

    location: str


@dataclass(frozen=True)
class At:
    """A page. has_params: parameters of its address make other pages."""

    host: str
    target: str
    has_params: bool


@dataclass(frozen=True)
class Missing:
    """Nothing is there. target: the outlet's page that says so."""

    host: str
    target: str


class Addresses(Protocol):
    """Where the addresses are asked: the shelf, or the door's directory of it."""

    def address(self, host: str, path: str) -> Address | None: ...

    def moved_above(self, host: str, path: str) -> Address | None: ...


Decision = ToApp | NoHost | Elsewhere | At | Missing


def host_of(header: str) -> str:
    """The host without port, lower case; "" for what is no host."""
    found = _HOST.match(header.strip().lower())
    return found[1].rstrip(".") if found else ""


def decide(
    addresses: Addresses, hosts: Hosts, name: str, path: str | None, query: bytes
) -> Decision:
    """
    name: the host asked, from `host_of`. path: decoded, None when it is no UTF-8.
    query: raw, without the question mark.
    """
    host = hosts.canonical.get(name)
    if host is None:
        return NoHost() if hosts.complete else ToApp()
    if path is None:
        return _nothing(hosts.tables.get(host, HostTable()), host, "/")
    if path.startswith(_OWN):
        table = hosts.tables.get(host, HostTable())
        return _asked(host, path, query) if path.startswith(table.asked) else ToApp()
    address = addresses.address(host, path)
    if address is None:
        return _without_address(addresses, hosts, host, path, query)
    if address.kind == "page":
        return At(host, _target(path, address, query), bool(address.params))
    if address.kind == "moved":
        return Elsewhere(with_query(address.location, query))
    return ToApp()


def _without_address(
    addresses: Addresses, hosts: Hosts, host: str, path: str, query: bytes
) -> Decision:
    table = hosts.tables.get(host, HostTable())
    if path.startswith(table.to_app) or f"{path}/" in table.to_app:
        return ToApp()
    if path.startswith(table.asked):
        return _asked(host, path, query)
    if not path.endswith("/") and addresses.address(host, path + "/") is not None:
        return Elsewhere(with_query(quote(path + "/", safe=SAFE), query))
    above = addresses.moved_above(host, path)
    if above is not None:
        rest = quote(path.removeprefix(above.path), safe=SAFE)
        return Elsewhere(with_query(above.location.rstrip("/") + "/" + rest, query))
    return _nothing(table, host, path)


def _asked(host: str, path: str, query: bytes) -> Decision:
    """What is printed when somebody asks."""
    if len(path) > LONGEST_ASKED:
        return ToApp()
    address = Address(host, path, PAGE, ASKED_PARAMS)
    return At(host, _target(path, address, query), has_params=True)


def _nothing(table: HostTable, host: str, path: str) -> Decision:
    if not table.complete:
        return ToApp()
    prefixes = [each for each in table.outlets if path.startswith(each)]
    if not prefixes:
        return ToApp()
    return Missing(host, NOT_FOUND + max(prefixes, key=len))


def _target(path: str, address: Address, query: bytes) -> str:
    """The canonical target: allowed parameters only, in their order; unknown ones change nothing"""
    if not query or not address.params or len(query) > LONGEST_QUERY:
        return path
    given: dict[str, str] = {}
    for name, value in parse_qsl(query.decode("latin-1")):
        given.setdefault(name, value)
    allowed = [
        (name, given[name])
        for name in address.params
        if name in given and len(given[name]) <= LONGEST_VALUE
    ]
    return f"{path}?{urlencode(allowed, quote_via=quote)}" if allowed else path


def with_query(location: str, query: bytes) -> str:
    """location: as our links write it, maybe with a query already."""
    if not query:
        return location
    text = quote(query, safe=SAFE + "?%")
    return f"{location}{'&' if '?' in location else '?'}{text}"


def request_line(target: str) -> bytes:
    """The one way to write a GET of this target that the quick way knows."""
    return f"GET {quoted(target)}".encode("ascii")


def spelling_of(target: str) -> bytes:
    """The one way to write this target's path; others lead there."""
    return quote(target.partition("?")[0], safe=SAFE).encode("ascii")


def quoted(target: str) -> str:
    """As our own links write it."""
    _, mark, query = target.partition("?")
    return f"{spelling_of(target).decode('ascii')}{mark}{query}"
