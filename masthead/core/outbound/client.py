"""Asking and answering, over a connection to an address that was checked."""

import socket
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from ipaddress import ip_address

from django.utils.translation import gettext as _
from urllib3 import HTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

import masthead
from masthead.core.outbound.deadline import Deadline
from masthead.core.outbound.errors import OutboundError, Refused, TooLarge, Unreachable
from masthead.core.outbound.guard import Guard, guard_in_force
from masthead.core.outbound.target import Target, check_host, read_target, redirected

USER_AGENT = f"Masthead/{masthead.__version__}"
MOST_REDIRECTS = 3
MOST_ADDRESSES = 4  # of one name; the rest are not tried
CHUNK_BYTES = 16_384
REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True)
class Answer:
    """headers: read without regard to case. url: where it came from, after redirects."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    url: str


def fetch(
    url: str,
    *,
    most_bytes: int,
    timeout_seconds: float,
    accept: str = "",
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    allow_hosts: Collection[str] | None = None,
) -> Answer:
    """
    Ask another machine for something. Any status is an answer.

    timeout_seconds: for everything together: names, connections, redirects, the last byte.
    headers: sent to the host that was asked, not to one it redirects to.
    allow_hosts: the only names that may be asked, redirects included; None for any public one.
    Redirects are followed for GET and HEAD, at most 3, never from https to http; the answer to
    any other method is handed back as it is.
    Raises Refused, TooLarge, TooSlow, Unreachable.
    """
    deadline, guard = Deadline(timeout_seconds), guard_in_force()
    target = read_target(url, guard=guard)
    given = {name.title(): value for name, value in (headers or {}).items()}
    for _hop in range(MOST_REDIRECTS + 1):
        check_host(target, allow_hosts)
        own = {"Host": target.authority, "User-Agent": USER_AGENT, "Accept": accept or "*/*"}
        # Not compressed: then the bytes that are counted are the bytes that are kept.
        sent = {**given, **own, "Accept-Encoding": "identity", "Connection": "close"}
        with _exchange(target, method, body, sent, deadline=deadline, guard=guard) as response:
            goes_to = response.headers.get("Location")
            if response.status not in REDIRECTS or not goes_to or method not in {"GET", "HEAD"}:
                most = most_bytes if method != "HEAD" else None
                content = _read(response, most_bytes=most, deadline=deadline)
                return Answer(response.status, response.headers, content, target.url)
        target, before = redirected(target, goes_to, guard=guard), target
        if target[:3] != before[:3]:
            given = {}
    raise Refused(_("The address leads on and on, from one to the next."))


def _addresses(target: Target, *, deadline: Deadline, guard: Guard) -> list[str]:
    """What the name resolves to, each address checked. One bad address refuses the name."""
    found = _resolved(target, deadline=deadline, guard=guard)
    if not found:
        raise Unreachable(_("%(host)s was not found.") % {"host": target.host})
    if not all(guard.allows(address, target.port) for address in found):
        raise Refused(_("%(host)s is not on the public internet.") % {"host": target.host})
    return found[:MOST_ADDRESSES]


def _resolved(target: Target, *, deadline: Deadline, guard: Guard) -> list[str]:
    """In a thread of its own: the system's resolver cannot be told how long it may take."""
    with suppress(ValueError):
        return [str(ip_address(target.host))]
    found: list[str] = []

    def ask() -> None:
        with suppress(OSError, UnicodeError):
            found.extend(guard.resolve(target.host, target.port))

    asking = threading.Thread(target=ask, name=f"resolving {target.host}", daemon=True)
    asking.start()
    asking.join(deadline.left())
    if asking.is_alive():
        raise deadline.late()
    return found


@contextmanager
def _exchange(
    target: Target,
    method: str,
    body: bytes | None,
    headers: Mapping[str, str],
    *,
    deadline: Deadline,
    guard: Guard,
) -> Iterator[HTTPResponse]:
    """One request to one checked address; the connection is closed afterwards."""
    connection = _connected(target, deadline=deadline, guard=guard)
    # A socket's own timeout counts from each byte, so a drip of bytes would never end.
    alarm = threading.Timer(deadline.left(), _hang_up, [connection.sock])
    alarm.daemon = True
    alarm.start()
    try:
        connection.timeout = deadline.left()
        with _after_it_was_sent(), _said_of(target, deadline=deadline):
            connection.request(
                method,
                target.path,
                body=body,
                headers=headers,
                preload_content=False,
                decode_content=False,
            )
            with closing(connection.getresponse()) as response:
                yield response
    finally:
        alarm.cancel()
        connection.close()


@contextmanager
def _said_of(target: Target, *, deadline: Deadline) -> Iterator[None]:
    """What a connection raises, as one of ours."""
    try:
        yield
    except (HTTPError, HTTPException, OSError) as error:
        deadline.left()  # when the alarm has rung, that is the reason
        raise _unreachable(target) from error


@contextmanager
def _after_it_was_sent() -> Iterator[None]:
    """From here on the other machine may have heard us, whatever we hear of it."""
    try:
        yield
    except OutboundError as error:
        error.may_have_arrived = True
        raise


def _connected(target: Target, *, deadline: Deadline, guard: Guard) -> HTTPConnection:
    """Connected to the first address that answers. The names are not looked up again."""
    trouble: Exception | None = None
    for address in _addresses(target, deadline=deadline, guard=guard):
        # Half, because the greeting of TLS may take as long as the connection did.
        connection = _connection(target, address, timeout=deadline.left() / 2, guard=guard)
        try:
            connection.connect()
        except (HTTPError, OSError) as error:
            connection.close()
            trouble = error
            continue
        return connection
    if _is_timeout(trouble):
        raise deadline.late() from trouble
    raise _unreachable(target) from trouble


def _is_timeout(trouble: Exception | None) -> bool:
    if isinstance(trouble, NewConnectionError):  # a kind of ConnectTimeoutError, but is none
        return False
    return isinstance(trouble, TimeoutError | ConnectTimeoutError)


def _connection(target: Target, address: str, *, timeout: float, guard: Guard) -> HTTPConnection:
    if target.scheme == "http":
        return HTTPConnection(address, target.port, timeout=timeout)
    return HTTPSConnection(
        address,
        target.port,
        timeout=timeout,
        server_hostname=target.host,  # what the certificate must name, not the address
        ssl_context=guard.tls(),
    )


def _hang_up(sock: socket.socket) -> None:
    with suppress(OSError):
        # Past TLS, which would want to say good-bye.
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _read(response: HTTPResponse, *, most_bytes: int | None, deadline: Deadline) -> bytes:
    """most_bytes: None for an answer that speaks of a length but has no content."""
    if most_bytes is None:
        return b""
    too_large = TooLarge(_("The answer has more than %(most)s bytes.") % {"most": most_bytes})
    if response.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise Refused(_("The answer came compressed, which was not asked for."))
    if (said := response.headers.get("Content-Length", "")).isdigit() and int(said) > most_bytes:
        raise too_large
    content = bytearray()
    for chunk in response.stream(CHUNK_BYTES, decode_content=False):
        content += chunk
        if len(content) > most_bytes:
            raise too_large
        deadline.left()
    deadline.left()  # an answer cut off by the alarm can look complete
    return bytes(content)


def _unreachable(target: Target) -> Unreachable:
    return Unreachable(_("%(host)s did not answer as it should.") % {"host": target.host})
