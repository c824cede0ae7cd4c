"""
What Postfix wrote down about mails that it was handed.

`cleanup` writes a mail's Message-ID with its queue id as soon as it has read the headers – also
when the client is gone before the end of the message. Only the queue manager's `from=` line for
that queue id says that the whole message was taken over.

A line that is not there proves nothing by itself: logs lose lines, and rotated files are forgotten.
That a mail was never taken over is believed for one of two reasons only. The log tells how it was
cut off, or it does not name it at all and is whole around that moment: all that our own ledger
knows to have been taken over then stands in it, before and after.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

_WHEN = r"(\d{4}-\d\d-\d\dT\S+|[A-Z][a-z]{2} [ \d]\d [\d:]{8}(?:\.\d+)?)\s"
_ANY = re.compile(_WHEN)
_LINE = re.compile(
    rf"{_WHEN}(?:\S+\s)?postfix(?:/[\w-]+)*/(?P<program>cleanup|qmgr)\[\d+\]:\s"
    r"(?P<queue>[0-9A-Za-z]+):\s(?P<rest>.*)$"
)
_CLIENT = re.compile(r"postfix(?:/[\w-]+)*/smtpd\[(\d+)\]:\s([0-9A-Za-z]+):\sclient=")
# Not “after END-OF-MESSAGE”: then the message was whole.
_CUT_OFF = re.compile(
    r"postfix(?:/[\w-]+)*/smtpd\[(\d+)\]:\s(?:lost connection|timeout) after DATA\b"
)
# rsyslog's and journald's own words for lines that they let fall.
_LOST = re.compile(r"(?i)lost \d+ messages|suppressed \d+ messages|begin to drop messages")
# Clocks and log writers may be a little late.
MARGIN = timedelta(seconds=60)
# A sender that is killed is followed by the next after half a minute.
NEAR = timedelta(minutes=5)


@dataclass
class Evidence:
    """
    accepted: queue ids by Message-ID, of mails that were taken over. From when to when.
    named: by Message-ID, the queue ids under which it was read and nothing more was told. cut_off:
    by Message-ID, when it was last cut off. taken: all queue ids that were taken over. doubtful:
    when lines must be missing.
    """

    accepted: dict[str, str] = field(default_factory=dict)
    first_at: datetime | None = None
    last_at: datetime | None = None
    named: dict[str, set[str]] = field(default_factory=dict)
    cut_off: dict[str, datetime] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    doubtful: list[datetime] = field(default_factory=list)

    def covers(self, at: datetime | None) -> bool:
        """Whether what happened then, and a while after, would stand in it."""
        if at is None or self.first_at is None or self.last_at is None:
            return False
        is_missed = any(abs(lost - at) <= MARGIN for lost in self.doubtful)
        return self.first_at <= at and at + MARGIN <= self.last_at and not is_missed

    def is_whole(self, at: datetime, known: Mapping[str, datetime]) -> bool:
        """
        Whether all of what is known to have been taken over about then – queue ids, and when – is
        in it, something before and something after.
        """
        near = {queue: when for queue, when in known.items() if abs(when - at) <= NEAR}
        before = any(when <= at for when in near.values())
        after = any(when >= at for when in near.values())
        return before and after and near.keys() <= self.taken


def read_log(lines: Iterable[str], *, now: datetime) -> Evidence:
    """
    Lines of one log or several, in order. Times without a year are of the last twelve months and
    by this machine's clock; `now` is aware.
    """
    reading = _Reading(now)
    for line in lines:
        reading.read(line)
    return reading.evidence


class _Reading:
    """What was read so far."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.evidence = Evidence()
        self._message_ids: dict[str, str] = {}
        self._managed: set[str] = set()
        self._in_hand: dict[str, str] = {}  # queue ids by the smtpd that is given the message

    def read(self, line: str) -> None:
        dated = _ANY.match(line)
        at = _moment(dated[1], self.now) if dated else None
        self._reaches(at)  # other lines, too, show how far the log reaches
        if at is not None and _LOST.search(line):
            self.evidence.doubtful.append(at)
        if begun := _CLIENT.search(line):
            self._in_hand[begun[1]] = begun[2]
        elif cut := _CUT_OFF.search(line):
            self._cut_off(self._in_hand.pop(cut[1], ""), at)
        elif found := _LINE.match(line):
            self._about(found["program"], found["queue"], found["rest"], at)

    def _reaches(self, at: datetime | None) -> None:
        if at is not None:
            self.evidence.first_at = min(self.evidence.first_at or at, at)
            self.evidence.last_at = max(self.evidence.last_at or at, at)

    def _cut_off(self, queue: str, at: datetime | None) -> None:
        if at is not None and queue not in self._managed and queue in self._message_ids:
            message_id = self._message_ids.pop(queue)
            self.evidence.named[message_id].discard(queue)
            self.evidence.cut_off[message_id] = at

    def _about(self, program: str, queue: str, rest: str, at: datetime | None) -> None:
        evidence = self.evidence
        if program == "cleanup" and rest.startswith("message-id=<"):
            message_id = rest.removeprefix("message-id=<").partition(">")[0]
            self._message_ids[queue] = message_id
            self._managed.discard(queue)  # short queue ids are given out again
            evidence.named.setdefault(message_id, set()).add(queue)
        elif program == "qmgr" and rest.startswith("from=<"):
            self._managed.add(queue)
            evidence.taken.add(queue)
            if queue not in self._message_ids and at is not None:
                # Of a mail that came before this log, or whose line is missing.
                evidence.doubtful.append(at)
        if queue in self._managed and queue in self._message_ids:
            evidence.accepted[self._message_ids[queue]] = queue


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
