"""An address taken apart, so strictly that no two programs could read it differently."""

import re
from collections.abc import Collection
from contextlib import suppress
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.utils.translation import gettext as _

from masthead.core.outbound.errors import Refused
from masthead.core.outbound.guard import Guard

PORTS = {"http": 80, "https": 443}
MOST_URL = 2_000  # characters
LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
# What an old resolver reads as a number: 127.1, 0x7f000001, 017700000001.
LIKE_A_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")


class Target(NamedTuple):
    """An address taken apart and checked in form; `path` is ready for the request line."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


def read_target(url: str, *, guard: Guard) -> Target:
    """Take an address apart, strictly: what two programs could read differently is refused."""
    if len(url) > MOST_URL or re.search(r"[\x00-\x20\x7f\\]", url):
        raise Refused(_("This is not a web address that can be asked."))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refused(_("This is not a web address that can be asked.")) from error
    if parts.scheme not in PORTS:
        raise Refused(_("Only addresses with http and https are asked."))
    if "@" in parts.netloc:
        raise Refused(_("Addresses with a name and password in them are not asked."))
    port = PORTS[parts.scheme] if port is None else port
    if not guard.allows_port(port):
        raise Refused(_("Only the usual ports, 80 and 443, are asked."))
    return Target(parts.scheme, _host(parts), port, _path(parts))


def _host(parts: SplitResult) -> str:
    """The name in ASCII, or an IP address in its one usual form."""
    host, is_bracketed = parts.hostname or "", "[" in parts.netloc
    try:
        if is_bracketed:
            return str(ip_address(host))
        name = host.encode("idna").decode("ascii").lower().removesuffix(".")
        if LIKE_A_NUMBER.fullmatch(name.rpartition(".")[2]):
            return str(ip_address(name))  # strict: four plain decimal numbers or nothing
    except ValueError as error:  # UnicodeError is one
        raise Refused(_("There is no such host name.")) from error
    if len(name) > 253 or not all(LABEL.fullmatch(label) for label in name.split(".")):
        raise Refused(_("There is no such host name."))
    return name


def _path(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return f"{path}?{query}" if query else path


def redirected(target: Target, location: str, *, guard: Guard) -> Target:
    with suppress(UnicodeError):  # headers are read as Latin-1; many servers write UTF-8
        location = location.encode("latin-1").decode()
    try:
        joined = urljoin(target.url, location)
    except ValueError as error:
        raise Refused(_("This is not a web address that can be asked.")) from error
    onward = read_target(joined, guard=guard)
    if target.scheme == "https" and onward.scheme != "https":
        raise Refused(_("The address leads from a safe connection to an open one."))
    return onward


def check_host(target: Target, allow_hosts: Collection[str] | None) -> None:
    if allow_hosts is not None and target.host not in allow_hosts:
        raise Refused(_("%(host)s is not among the hosts asked here.") % {"host": target.host})
