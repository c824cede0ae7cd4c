"""A mail server that is spoken to by SMTP: the operator's own Postfix, or a relay elsewhere."""

import platform
import smtplib
import ssl
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from masthead.mail.transport import Line, Mail, Outcome
from masthead.mail.transport.envelope import Features

if TYPE_CHECKING:
    import socket

CONNECT_SECONDS = 30.0


class CannotConnect(Exception):
    """No conversation could be begun; the text says why."""


@dataclass(frozen=True)
class Server:
    """
    security: "" for none, "starttls" to ask for it and go no further without, "tls" from the
    first byte. The seconds are RFC 5321's §4.5.3.2: a server that has the whole message may take
    ten minutes to say so, and asking again sooner makes doubles.
    """

    host: str
    port: int
    security: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    reply_seconds: float = 300.0
    verdict_seconds: float = 600.0
    hello: str = ""  # else the machine's name

    def connect(self) -> "tuple[socket.socket, Features]":
        """A connection that is ready for the first mail. Raises CannotConnect."""
        try:
            return self._connected()
        except (OSError, smtplib.SMTPException) as error:
            raise CannotConnect(f"{self.host}:{self.port}: {_said(error)}") from error

    def _connected(self) -> "tuple[socket.socket, Features]":
        hello = self.hello or platform.node() or "localhost"
        secure = ssl.create_default_context()
        if self.security == "tls":
            opened: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, hello, timeout=CONNECT_SECONDS, context=secure
            )
        else:
            opened = smtplib.SMTP(self.host, self.port, hello, CONNECT_SECONDS)
        try:
            if self.security == "starttls":
                opened.starttls(context=secure)
            opened.ehlo_or_helo_if_needed()
            if self.user:
                opened.login(self.user, self.password)
        except BaseException:
            opened.close()
            raise
        if opened.sock is None:
            raise smtplib.SMTPServerDisconnected("it hung up")
        return opened.sock, Features.of(opened.esmtp_features)


class Smtp:
    """Any number of lines over one server."""

    def __init__(self, server: Server, *, most_lines: int = 10) -> None:
        self.server = server
        self.most_lines = most_lines
        self.name = f"smtp {server.host}:{server.port}"

    def open(self) -> Line:
        return SmtpLine(self.server)


class SmtpLine:
    """One mail after the other, for who does not keep a ledger of many at once."""

    def __init__(self, server: Server) -> None:
        from masthead.mail.transport.smtp_crew import SmtpCrew

        self.crew = SmtpCrew(server, lines=1)

    def send(self, mail: Mail) -> Outcome:
        self.crew.offer(0, mail)
        while True:
            for event in self.crew.wait(1.0):
                if event.outcome is not None:
                    return event.outcome
                self.crew.give(0)

    def close(self) -> None:
        self.crew.close()


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error
        told = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
        return f"{error.smtp_code} {told}"[:250]
    return str(error)[:250] or type(error).__name__
