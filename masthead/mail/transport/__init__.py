"""
Handing finished mails to whatever carries them on.

A `Transport` opens `Line`s; a line takes one `Mail` after the other and says of each what became
of it. Nothing here knows what a mail is about or keeps a record: that is the ledgers' part.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class Fate(Enum):
    """What became of one mail that was handed over."""

    ACCEPTED = "accepted"  # the server has taken it over; it will not be lost
    DEFERRED = "deferred"  # not taken now (4xx, no connection); sending it again is safe
    REFUSED = "refused"  # not taken at all (5xx); sending it again is of no use
    IN_DOUBT = "in-doubt"  # the whole message was given, and no answer came


@dataclass(frozen=True)
class Mail:
    """
    One finished mail.

    sender: the envelope's, where bounces go. data: the message as RFC 5322 wants it, lines ended
    by CRLF, dots not doubled. key: lasting and unique for the mail to this recipient; services
    that know such keys are given it.
    """

    sender: str
    recipient: str
    data: bytes
    key: str


@dataclass(frozen=True)
class Outcome:
    """
    queue_id: under what name the server took it, where it says so. answer: its words.

    whole: not about this mail. The server cannot be reached, or takes nothing from us just now, so
    the mail's own tries need not count.
    """

    fate: Fate
    code: int | None = None
    answer: str = ""
    queue_id: str = ""
    whole: bool = False


class Line(Protocol):
    def send(self, mail: Mail) -> Outcome:
        """Never raises for what a server does or says; a broken line is opened anew by itself."""

    def close(self) -> None: ...


class Transport(Protocol):
    """
    name: told in the desk, e.g. "smtp mail.example:25" or "folder".
    most_lines: how many may be open at once.
    """

    @property
    def name(self) -> str: ...

    @property
    def most_lines(self) -> int: ...

    def open(self) -> Line: ...
