"""The mailbox that bounces come to, read over IMAP or POP3."""

import imaplib
import poplib
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from masthead.mail.incoming.message import MOST_BYTES

SECONDS = 30
MOST_AT_ONCE = 500
PORTS = {"imaps": 993, "imap": 143, "pop3s": 995, "pop3": 110}
Take = Callable[[bytes], bool]
Known = Callable[[bytes], bool | None]


class MailboxTrouble(Exception):
    """The mailbox could not be read; the text is for the operator and shows no password."""


@dataclass(frozen=True)
class Mailbox:
    """Where it is, from `bounce_mailbox_url`."""

    scheme: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str


def mailbox_at(url: str) -> Mailbox:
    parts = urlsplit(url)
    return Mailbox(
        scheme=parts.scheme,
        host=parts.hostname or "",
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
    )


def read_mailbox(mailbox: Mailbox, *, take: Take, known: Known) -> int:
    """
    Give each message to `take` and delete those it answers True for; answers how many were new.

    A message is deleted only after it was taken, so one that meets a crash is read again. What a
    person should see – `take` answered False – stays, marked as read. known: asked with the headers
    alone what `take` would answer, None for a message it has not seen; so what stays in a POP3
    mailbox is not read anew each time. Raises MailboxTrouble.
    """
    read = _read_imap if mailbox.scheme.startswith("imap") else _read_pop3
    try:
        return read(mailbox, take, known)
    except (OSError, imaplib.IMAP4.error, poplib.error_proto) as error:
        raise MailboxTrouble(f"{mailbox.scheme}://{mailbox.host}: {error}") from error


def _read_imap(mailbox: Mailbox, take: Take, known: Known) -> int:
    with _imap(mailbox) as server:
        server.login(mailbox.user, mailbox.password)
        chosen, _data = server.select(f'"{mailbox.folder}"')
        if chosen != "OK":
            raise imaplib.IMAP4.error(f"there is no folder “{mailbox.folder}”")
        _answer, data = server.uid("SEARCH", "UNSEEN", "UNDELETED")
        numbers = (data[0] or b"").decode("ascii").split()[:MOST_AT_ONCE]
        for number in numbers:
            raw = _fetched(server, number)
            done = take(raw) if raw else False
            server.uid("STORE", number, "+FLAGS.SILENT", r"(\Deleted)" if done else r"(\Seen)")
        server.expunge()
    return len(numbers)


def _fetched(server: imaplib.IMAP4, number: str) -> bytes:
    """PEEK: only what was taken is marked as read."""
    _answer, data = server.uid("FETCH", number, f"(BODY.PEEK[]<0.{MOST_BYTES}>)")
    return next((part[1] for part in data if isinstance(part, tuple)), b"")


@contextmanager
def _imap(mailbox: Mailbox) -> Iterator[imaplib.IMAP4]:
    server: imaplib.IMAP4
    if mailbox.scheme == "imaps":
        server = imaplib.IMAP4_SSL(
            mailbox.host,
            mailbox.port,
            ssl_context=ssl.create_default_context(),
            timeout=SECONDS,
        )
    else:
        server = imaplib.IMAP4(mailbox.host, mailbox.port, timeout=SECONDS)
    try:
        yield server
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            server.logout()
        with suppress(OSError):
            server.shutdown()  # a connection that broke is still open on our side


def _read_pop3(mailbox: Mailbox, take: Take, known: Known) -> int:
    new = 0
    with _pop3(mailbox) as server:
        server.user(mailbox.user)
        server.pass_(mailbox.password)
        for line in server.list()[1]:
            number, size = (int(each) for each in re.findall(rb"\d+", line)[:2])
            is_done = known(_joined(server.top(number, 0)[1]))
            if is_done:  # the connection ended before it was gone
                server.dele(number)
            if is_done is not None:
                continue
            new += 1
            # A server may know no part of a body; of a huge one the headers and some lines do.
            many = server.top(number, 2000) if size > MOST_BYTES else server.retr(number)
            if take(_joined(many[1])):
                server.dele(number)
            if new >= MOST_AT_ONCE:
                break
        server.quit()  # what was deleted is gone only now
    return new


def _joined(lines: list[bytes]) -> bytes:
    return b"\r\n".join(lines) + b"\r\n"


@contextmanager
def _pop3(mailbox: Mailbox) -> Iterator[poplib.POP3]:
    server: poplib.POP3
    if mailbox.scheme == "pop3s":
        context = ssl.create_default_context()
        server = poplib.POP3_SSL(mailbox.host, mailbox.port, timeout=SECONDS, context=context)
    else:
        server = poplib.POP3(mailbox.host, mailbox.port, timeout=SECONDS)
    try:
        yield server
    finally:
        with suppress(OSError):
            server.close()
