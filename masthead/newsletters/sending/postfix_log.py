"""
What Postfix wrote down about mails that it was handed.

`cleanup` writes a mail's Message-ID with its queue id as soon as it has read the headers – also
when the client is gone before the end of the message. Only the queue manager's `from=` line for
that queue id says that the whole message was taken over.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

_WHEN = r"(\d{4}-\d\d-\d\dT\S+|[A-Z][a-z]{2} [ \d]\d [\d:]{8}(?:\.\d+)?)\s"
_ANY = re.compile(_WHEN)
_LINE = re.compile(
    rf"{_WHEN}(?:\S+\s)?postfix(?:/[\w-]+)*/(?P<program>cleanup|qmgr)\[\d+\]:\s"
    r"(?P<queue>[0-9A-Za-z]+):\s(?P<rest>.*)$"
)
# Clocks and log writers may be a little late.
MARGIN = timedelta(seconds=60)


@dataclass
class Evidence:
    """accepted: queue ids by Message-ID, of mails that were taken over. From when to when."""

    accepted: dict[str, str] = field(default_factory=dict)
    first_at: datetime | None = None
    last_at: datetime | None = None

    def covers(self, at: datetime | None) -> bool:
        """Whether what happened then, and a while after, would stand in it."""
        if at is None or self.first_at is None or self.last_at is None:
            return False
        return self.first_at <= at and at + MARGIN <= self.last_at


def read_log(lines: Iterable[str], *, now: datetime) -> Evidence:
    """
    Lines of one log or several, in order. Times without a year are of the last twelve months and
    by this machine's clock; `now` is aware.
    """
    evidence = Evidence()
    message_ids: dict[str, str] = {}
    managed: set[str] = set()
    for line in lines:
        dated = _ANY.match(line)
        if dated is not None:  # other lines, too, show how far the log reaches
            _note_time(evidence, _moment(dated[1], now))
        found = _LINE.match(line)
        if found is None:
            continue
        queue, rest = found["queue"], found["rest"]
        if found["program"] == "cleanup" and rest.startswith("message-id=<"):
            message_ids[queue] = rest.removeprefix("message-id=<").partition(">")[0]
            managed.discard(queue)  # short queue ids are given out again
        elif found["program"] == "qmgr" and rest.startswith("from=<"):
            managed.add(queue)
        if queue in managed and queue in message_ids:
            evidence.accepted[message_ids[queue]] = queue
    return evidence


def _note_time(evidence: Evidence, at: datetime | None) -> None:
    if at is None:
        return
    evidence.first_at = min(evidence.first_at or at, at)
    evidence.last_at = max(evidence.last_at or at, at)


def _moment(text: str, now: datetime) -> datetime | None:
    try:
        if text[0].isdigit():
            return datetime.fromisoformat(text).astimezone(UTC)
        plain = text.partition(".")[0]
        read = datetime.strptime(f"{now.year} {plain}", "%Y %b %d %H:%M:%S").astimezone()
    except ValueError:
        return None
    if read > now + timedelta(days=1):
        read = read.replace(year=read.year - 1)
    return read.astimezone(UTC)
