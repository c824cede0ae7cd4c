"""
Search engines' programs: who may call itself one.

By the operator's own instructions: the name of the address belongs to the operator and leads back
to the address, or the address lies in the ranges that the operator publishes.
"""

import json
import logging
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from masthead.core.outbound import OutboundError, fetch

log = logging.getLogger(__name__)

# Where a sheet says which of them its outlet lets read members' articles.
SUPPLEMENT = "members-articles"
RANGES_SECONDS = 86_400.0
MOST_BYTES = 1_000_000
FETCH_SECONDS = 8.0


@dataclass(frozen=True)
class Crawler:
    """domains: of its hosts' names. ranges: where its addresses are published."""

    name: str
    label: str
    domains: tuple[str, ...] = ()
    ranges: str = ""


CRAWLERS = {
    each.name: each
    for each in (
        Crawler("googlebot", "Google", ("googlebot.com",)),
        Crawler("bingbot", "Bing", ("search.msn.com",)),
        Crawler("applebot", "Apple", ("applebot.apple.com",)),
        Crawler("yandex", "Yandex", ("yandex.ru", "yandex.net", "yandex.com")),
        Crawler("oai-searchbot", "ChatGPT Search", ranges="https://openai.com/searchbot.json"),
    )
}
_ranges: dict[str, tuple[float, list[str]]] = {}


class NotKnown(Exception):
    """It could not be found out just now."""


def tell_crawler(*, name: str, address: str) -> dict[str, str]:
    """For the front door: "yes", "no" or "unknown"."""
    try:
        is_one = is_genuine(name=name, address=address)
    except NotKnown as reason:
        log.info("Nobody could say whether %s is %s: %s", address, name, reason)
        return {"said": "unknown"}
    return {"said": "yes" if is_one else "no"}


def is_genuine(*, name: str, address: str) -> bool:
    """Asks the network; seconds. Raises NotKnown."""
    crawler = CRAWLERS.get(name)
    try:
        asked = ip_address(address)
    except ValueError:
        return False
    if crawler is None:
        return False
    if crawler.ranges:
        return any(asked in ip_network(each) for each in _published(crawler.ranges))
    host = name_of(address).rstrip(".").lower()
    if not any(host.endswith(f".{domain}") for domain in crawler.domains):
        return False
    return any(ip_address(each) == asked for each in addresses_of(host))


def name_of(address: str) -> str:
    """The name that an address has; empty: none. Raises NotKnown."""
    try:
        return socket.gethostbyaddr(address)[0]
    except socket.herror:
        return ""
    except OSError as error:
        raise NotKnown(str(error)) from error


def addresses_of(host: str) -> Sequence[str]:
    """Raises NotKnown."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError as error:
        raise NotKnown(str(error)) from error
    return [str(each[4][0]) for each in found]


def _published(url: str) -> list[str]:
    """Asked for once a day; an old list is better than none. Raises NotKnown."""
    at, known = _ranges.get(url, (0.0, []))
    if known and time.monotonic() - at < RANGES_SECONDS:
        return known
    try:
        known = _read(fetch(url, most_bytes=MOST_BYTES, timeout_seconds=FETCH_SECONDS).content)
    except (OutboundError, ValueError) as error:
        if not known:
            raise NotKnown(str(error)) from error
    _ranges[url] = (time.monotonic(), known)
    return known


def _read(content: bytes) -> list[str]:
    """`{"prefixes": [{"ipv4Prefix": …}, {"ipv6Prefix": …}]}`, as all of them publish it."""
    said = json.loads(content)
    if not isinstance(said, dict):
        raise ValueError("That is no list of addresses.")  # noqa: TRY004 as for what is no JSON
    listed = [
        each[kind]
        for each in said.get("prefixes", ())
        for kind in ("ipv4Prefix", "ipv6Prefix")
        if kind in each
    ]
    for each in listed:
        ip_network(each)
    return listed
