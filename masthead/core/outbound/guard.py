"""Which machines and ports may be called, and how their names are looked up."""

import socket
import ssl
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache

from masthead.core.outbound.public_addresses import is_loopback, is_public

WEB_PORTS = {80, 443}


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, in the order the system prefers. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


@cache
def tls_of_the_system() -> ssl.SSLContext:
    """Proves certificate and name by the system's authorities."""
    return ssl.create_default_context()


@dataclass(frozen=True)
class Guard:
    """
    What may be called. The one in force allows the public internet on ports 80 and 443.

    loopback_ports: ports of this machine where a test keeps its stand-ins. No setting and no
    variable of the environment fills it; only `guarded_by` does.
    """

    resolve: Callable[[str, int], list[str]] = resolve
    loopback_ports: Collection[int] = ()
    tls: Callable[[], ssl.SSLContext] = tls_of_the_system

    def allows(self, address: str, port: int) -> bool:
        if is_loopback(address):
            return port in self.loopback_ports
        return port in WEB_PORTS and is_public(address)

    def allows_port(self, port: int) -> bool:
        return port in WEB_PORTS or port in self.loopback_ports


PUBLIC = Guard()
_guard: ContextVar[Guard] = ContextVar("outbound_guard", default=PUBLIC)


@contextmanager
def guarded_by(guard: Guard) -> Iterator[None]:
    """Another guard for the calls inside; for tests, which a test of its own holds us to."""
    token = _guard.set(guard)
    try:
        yield
    finally:
        _guard.reset(token)


def guard_in_force() -> Guard:
    return _guard.get()
