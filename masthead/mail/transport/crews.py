"""
Several lines at once, worked from one thread.

A mail goes over in two steps, so that a ledger can write down, for all lines in one commit, what
is about to be given: `offer` names sender and recipient, and when the server is `READY` for the
message itself, `give` hands it over. Until `give` nothing can have been accepted; after it only
the server's answer tells.
"""

from dataclasses import dataclass
from typing import Protocol

from masthead.mail.transport import Mail, Outcome, Transport


@dataclass(frozen=True)
class Event:
    """What happened on a line; without an outcome: it is ready for the message."""

    line: int
    mail: Mail
    outcome: Outcome | None = None


class Crew(Protocol):
    """Lines are numbered from 0. Nothing here raises for what a server does or says."""

    lines: int

    def offer(self, line: int, mail: Mail) -> None:
        """On a line that has nothing in hand; opens it if need be."""

    def give(self, line: int, *, then: Mail | None = None) -> None:
        """
        Hand over the message the line is ready for. then: offered on the same line next, without
        waiting for the answer where the server allows that.
        """

    def drop(self, line: int) -> None:
        """Hang up on a line that was offered a mail and given none; nothing more is told of it."""

    def wait(self, seconds: float) -> list[Event]:
        """What happened meanwhile; as soon as anything did."""

    def close(self) -> None:
        """Hang up. A message given and not answered stays without an outcome."""


def crew_of(transport: Transport, *, lines: int) -> Crew:
    """At most so many lines, and no more than the transport allows."""
    from masthead.mail.transport.smtp import Smtp
    from masthead.mail.transport.smtp_crew import SmtpCrew
    from masthead.mail.transport.threads import ThreadCrew

    lines = max(1, min(lines, transport.most_lines))
    if isinstance(transport, Smtp):
        return SmtpCrew(transport.server, lines=lines)
    return ThreadCrew(transport, lines=lines)
