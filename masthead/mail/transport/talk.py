"""
One conversation with an SMTP server, without a socket: what is to be sent, what answers mean.

With PIPELINING (RFC 2920) sender, recipient and DATA go in one write, and those of the next mail
together with the end of the one before, so that a mail costs one round trip.
"""

import re
from collections import deque
from dataclasses import dataclass
from enum import Enum, auto

from masthead.mail.transport import Fate, Mail, Outcome
from masthead.mail.transport.envelope import CannotBeSent, Envelope, Features, envelope

_CLOSING = 421
_LONGEST_LINE = 10_000
_QUEUED = [
    re.compile(r"queued as ([0-9A-Za-z.-]+)", re.I),  # Postfix
    re.compile(r"\bid=([0-9A-Za-z-]+)"),  # Exim
    re.compile(r"^2\.\d+\.\d+ ([0-9A-Za-z]{6,}) Message accepted", re.I),  # Sendmail
    re.compile(r"InternalId=(\d+)"),  # Exchange
]


class Step(Enum):
    """Which answer is awaited."""

    RESET = auto()
    MAIL = auto()
    RCPT = auto()
    DATA = auto()
    DOT = auto()
    VOID = auto()  # the end of a message without a recipient


class Broken(Exception):
    """The server hangs up, or says what no server would."""


@dataclass
class _Turn:
    """One mail under way. `refused`: what the server said against it before the message."""

    mail: Mail
    envelope: Envelope
    refused: Outcome | None = None
    dot_at: int = 0  # in bytes from the beginning of the talk


class Talk:
    """
    `to_send` is taken by whoever has the socket, who tells `sent` and what was `received`; both
    put into `events` what is to be told: (mail, outcome), or (mail, None) when the message may
    be given.
    """

    def __init__(self, features: Features) -> None:
        self.features = features
        self.to_send = b""
        self.events: list[tuple[Mail, Outcome | None]] = []
        self.closing = False
        self._sent = 0
        self._awaited: deque[tuple[Step, _Turn]] = deque()
        self._unsaid: deque[tuple[Step, bytes]] = deque()  # without pipelining, one at a time
        self._ready: _Turn | None = None
        self._next: Mail | None = None
        self._dirty = False  # a transaction was begun that nothing ended
        self._heard = b""
        self._lines: list[str] = []

    @property
    def is_idle(self) -> bool:
        return not self._awaited

    @property
    def awaits_verdict(self) -> bool:
        """Whether the next answer is about a whole message, for which a server may take long."""
        return bool(self._awaited) and self._awaited[0][0] is Step.DOT

    def offer(self, mail: Mail) -> None:
        try:
            turn = _Turn(mail, envelope(mail, self.features))
        except CannotBeSent as never:
            self.events.append((mail, Outcome(Fate.REFUSED, answer=str(never))))
            return
        commands = [
            (Step.MAIL, turn.envelope.mail_from),
            (Step.RCPT, turn.envelope.rcpt_to),
            (Step.DATA, b"DATA\r\n"),
        ]
        if self._dirty:
            commands.insert(0, (Step.RESET, b"RSET\r\n"))
            self._dirty = False
        if self.features.pipelining:
            self.to_send += b"".join(words for _, words in commands)
            self._awaited.extend((step, turn) for step, _ in commands)
        else:
            self._unsaid.extend(commands)
            self._say_next(turn)

    def give(self, *, then: Mail | None) -> None:
        turn, self._ready = self._ready, None
        if turn is None:
            raise RuntimeError("No message was asked for.")
        self.to_send += turn.envelope.message
        turn.dot_at = self._sent + len(self.to_send)
        self._awaited.append((Step.DOT, turn))
        if then is not None and self.features.pipelining:
            self.offer(then)
        else:
            self._next = then

    def sent(self, count: int) -> None:
        self._sent += count
        self.to_send = self.to_send[count:]

    def received(self, data: bytes) -> None:
        """Raises Broken when there is nothing more to be said."""
        self._heard += data
        *lines, self._heard = self._heard.split(b"\n")
        if len(self._heard) > _LONGEST_LINE:
            raise Broken("An answer without an end.")
        for line in lines:
            self._hear(line.decode("utf-8", "replace").rstrip("\r"))

    def broke(self, why: str) -> None:
        """
        The connection is gone. What was given whole is in doubt; all else is safe to send again.
        """
        turns = {id(turn): turn for step, turn in self._awaited if step is not Step.VOID}
        dots = {id(turn) for step, turn in self._awaited if step is Step.DOT}
        if self._ready is not None:
            turns[id(self._ready)] = self._ready
        for key, turn in turns.items():
            if key in dots and self._sent >= turn.dot_at:
                self.events.append((turn.mail, Outcome(Fate.IN_DOUBT, answer=why[:300])))
            elif turn.refused is not None:
                self.events.append((turn.mail, turn.refused))
            else:
                self._put_off(turn.mail, why)
        if self._next is not None:
            self._put_off(self._next, why)
        self._awaited.clear()
        self._ready = self._next = None
        self.closing = True

    def _put_off(self, mail: Mail, why: str) -> None:
        self.events.append((mail, Outcome(Fate.DEFERRED, answer=why[:300], whole=True)))

    def _hear(self, line: str) -> None:
        if not re.match(r"[2-5]\d\d(?:[ -]|$)", line):
            raise Broken(f"Not an answer of a mail server: {line[:100]!r}")
        self._lines.append(line[4:].strip())
        if line[3:4] == "-":
            if len(self._lines) > 100:
                raise Broken("An answer without an end.")
            return
        words, self._lines = " ".join(self._lines)[:300], []
        self._answered(int(line[:3]), words)

    def _answered(self, code: int, words: str) -> None:
        if not self._awaited:
            raise Broken(f"{code} {words}")
        step, turn = self._awaited.popleft()
        if step is Step.DOT:
            self.events.append((turn.mail, _verdict(code, words)))
        elif step is Step.DATA:
            self._asked_for_message(turn, code, words)
        elif code // 100 != 2 and turn.refused is None and step is not Step.VOID:
            turn.refused = _refusal(step, code, words)
        if code == _CLOSING:
            if step in {Step.RESET, Step.MAIL, Step.RCPT}:
                self._put_off(turn.mail, f"{code} {words}")
                self._unsaid.clear()
                self._awaited = deque(each for each in self._awaited if each[1] is not turn)
            raise Broken(f"{code} {words}")
        self._go_on(step, turn)

    def _asked_for_message(self, turn: _Turn, code: int, words: str) -> None:
        if code == 354 and turn.refused is None:
            self._ready = turn
            self.events.append((turn.mail, None))
            return
        self._dirty = True
        self.events.append((turn.mail, turn.refused or _refusal(Step.DATA, code, words)))
        if code == 354:  # it wants a message although it took no recipient (RFC 2920 §3.1)
            self.to_send += b".\r\n"
            self._awaited.appendleft((Step.VOID, turn))
            self._dirty = False

    def _go_on(self, step: Step, turn: _Turn) -> None:
        """Without pipelining: the next command, or the next mail."""
        if self._unsaid:
            if turn.refused is None:
                self._say_next(turn)
            else:
                self._unsaid.clear()
                self._dirty = True
                self.events.append((turn.mail, turn.refused))
        elif step is Step.DOT and self._next is not None:
            following, self._next = self._next, None
            self.offer(following)

    def _say_next(self, turn: _Turn) -> None:
        step, words = self._unsaid.popleft()
        self.to_send += words
        self._awaited.append((step, turn))


def _refusal(step: Step, code: int, words: str) -> Outcome:
    """A sender that is not taken is no fault of this recipient, so nobody is given up for it."""
    about_us = step in {Step.MAIL, Step.RESET} or code == _CLOSING
    if about_us or code // 100 != 5:
        return Outcome(Fate.DEFERRED, code, words, whole=about_us)
    return Outcome(Fate.REFUSED, code, words)


def _verdict(code: int, words: str) -> Outcome:
    if code // 100 == 2:
        return Outcome(Fate.ACCEPTED, code, words, _queue_id(words))
    if code // 100 == 5:
        return Outcome(Fate.REFUSED, code, words)
    return Outcome(Fate.DEFERRED, code, words, whole=code == _CLOSING)


def _queue_id(words: str) -> str:
    found = (pattern.search(words) for pattern in _QUEUED)
    return next((match.group(1)[:100] for match in found if match), "")
