"""One edition, frozen and sent by a sender in a process of its own, timed and weighed."""

import json
import os
import resource
import threading
import time
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.utils import timezone

from benchmarks.letters.bare import hand_over
from benchmarks.letters.lists import printed_already
from masthead.mail.transport import Mail
from masthead.mail.transport.choosing import transport
from masthead.newsletters.models import Edition
from masthead.newsletters.sending import dispatch
from masthead.newsletters.sending.freezing import freeze
from masthead.newsletters.sending.sender import LINES


@dataclass(frozen=True)
class Measured:
    """most_bytes: the process's resident memory at its highest."""

    freeze_seconds: float
    a_second: float
    bare_before: float
    bare_after: float
    most_bytes: int

    @property
    def ratio(self) -> float:
        return self.a_second / ((self.bare_before + self.bare_after) / 2)


def measure(edition: Edition, prepared: bytes, *, mails: int, bare_mails: int) -> Measured:
    """Bare bytes before and after, so that a slower or faster minute of the machine shows."""
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            os.write(writing, json.dumps(_measured(edition, prepared, mails, bare_mails)).encode())
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading) as told:
        text = told.read()
    os.waitpid(child, 0)
    return Measured(**json.loads(text))


def _measured(edition: Edition, prepared: bytes, mails: int, bare_mails: int) -> dict[str, Any]:
    before = _bare(prepared, bare_mails)
    began = time.perf_counter()
    freeze(edition, printed_already(edition, at=timezone.now()), at=timezone.now())
    frozen = time.perf_counter()
    while Edition.objects.get(pk=edition.pk).finished_at is None:
        dispatch.dispatch(edition.pk, stop=threading.Event())
    took = time.perf_counter() - frozen
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {
        "freeze_seconds": frozen - began,
        "a_second": mails / took,
        "bare_before": before,
        "bare_after": _bare(prepared, bare_mails),
        "most_bytes": memory,
    }


def _bare(prepared: bytes, count: int) -> float:
    mails = [
        Mail("news@courier.example", f"reader{n}@readers.example", prepared, str(n))
        for n in range(count)
    ]
    return hand_over(transport(), mails, lines=LINES)
