"""Which row is on which line: offered, or given and not yet answered for."""

from collections.abc import Iterator
from dataclasses import dataclass

from masthead.mail.transport import Mail
from masthead.newsletters.sending.claims import Claim

LONGEST_PAUSE_SECONDS = 60.0


@dataclass
class _Hand:
    given: tuple[Claim, Mail] | None = None
    offered: tuple[Claim, Mail] | None = None
    failures: int = 0
    not_before: float = 0.0


class Lines:
    def __init__(self, count: int) -> None:
        self._hands = [_Hand() for _ in range(count)]

    def free(self, now: float) -> list[int]:
        return [
            number
            for number, hand in enumerate(self._hands)
            if hand.given is None and hand.offered is None and hand.not_before <= now
        ]

    def offered(self, line: int, claim: Claim, mail: Mail) -> None:
        self._hands[line].offered = (claim, mail)

    def given(self, line: int) -> None:
        hand = self._hands[line]
        hand.given, hand.offered = hand.offered, None

    def next_on(self, line: int) -> Claim:
        offered = self._hands[line].offered
        if offered is None:
            raise RuntimeError(f"Nothing is offered on line {line}.")
        return offered[0]

    def over(self, line: int, mail: Mail) -> Claim:
        """The row of a mail that the line is done with."""
        hand = self._hands[line]
        if hand.given is not None and hand.given[1] is mail:
            claim, hand.given = hand.given[0], None
            return claim
        if hand.offered is None or hand.offered[1] is not mail:
            raise RuntimeError(f"Line {line} tells of a mail that it does not have.")
        claim, hand.offered = hand.offered[0], None
        return claim

    def take_offered(self, line: int) -> Claim | None:
        """The line is to forget it."""
        hand = self._hands[line]
        taken, hand.offered = hand.offered, None
        return taken[0] if taken else None

    def is_given(self, line: int) -> bool:
        return self._hands[line].given is not None

    def any_given(self) -> bool:
        return any(hand.given for hand in self._hands)

    def any_busy(self) -> bool:
        return any(hand.given or hand.offered for hand in self._hands)

    def numbers(self) -> range:
        return range(len(self._hands))

    def all_given(self) -> Iterator[Claim]:
        return (hand.given[0] for hand in self._hands if hand.given)

    def all_offered(self) -> Iterator[Claim]:
        return (hand.offered[0] for hand in self._hands if hand.offered)

    def failed(self, line: int, now: float) -> None:
        """A server that hangs up is asked again at once; one that goes on so, more seldom."""
        hand = self._hands[line]
        hand.failures += 1
        pause = 0.0 if hand.failures == 1 else 2.0 ** (hand.failures - 2)
        hand.not_before = now + min(pause, LONGEST_PAUSE_SECONDS)

    def worked(self, line: int) -> None:
        self._hands[line].failures = 0
