"""What lines can do at best: prepared bytes over the same connections, and nothing written down."""

import time

from masthead.mail.transport import Fate, Mail, Transport
from masthead.mail.transport.crews import crew_of


def hand_over(transport: Transport, prepared: list[Mail], *, lines: int) -> float:
    """Mails a second. Raises RuntimeError when one is not accepted."""
    crew = crew_of(transport, lines=lines)
    waiting, accepted = iter(prepared), 0
    began = time.perf_counter()
    for line in range(crew.lines):
        crew.offer(line, next(waiting))
    while accepted < len(prepared):
        for event in crew.wait(5.0):
            if event.outcome is None:
                crew.give(event.line, then=next(waiting, None))
            elif event.outcome.fate is Fate.ACCEPTED:
                accepted += 1
            else:
                raise RuntimeError(f"Not accepted: {event.outcome}")
    took = time.perf_counter() - began
    crew.close()
    return len(prepared) / took
