"""Real senders, forked from this process, to be killed at any time or at a named point."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connections, transaction

from benchmarks.letters.lists import withdraw_article_of
from masthead.mail.transport import smtp_crew, talk
from masthead.newsletters.models import Edition
from masthead.newsletters.sending import claims, dispatch, leases, marks, sender

# Instead of 30 s, so that a run does not consist of waiting. A sender looks after its lease twice a
# second, and later on a machine that has much else to do.
LEASE = timedelta(seconds=2)
IMPATIENT = [timedelta(seconds=seconds) for seconds in (1, 2, 3, 5, 8)]


@dataclass
class Child:
    pid: int
    told: int  # a line when it begins to send, by this handle

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        self.wait()

    def end(self) -> int:
        os.kill(self.pid, signal.SIGTERM)
        return self.wait()

    def died(self, *, within: float) -> bool:
        """By its own hand; else it is ended."""
        until = time.monotonic() + within
        while time.monotonic() < until:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                os.close(self.told)
                return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
            time.sleep(0.01)
        self.kill()
        return False

    def wait(self) -> int:
        _, status = os.waitpid(self.pid, 0)
        os.close(self.told)
        return status


@contextmanager
def ended(child: Child) -> Iterator[Child]:
    try:
        yield child
    finally:
        child.end()


@contextmanager
def two_senders(*, impatient: bool = False) -> Iterator[list[Child]]:
    """Whoever is in the list at the end is killed."""
    children = [start_sender(impatient=impatient), start_sender(impatient=impatient)]
    try:
        yield children
    finally:
        for child in children:
            child.kill()


@contextmanager
def handing_over_to(port: int, *, scheme: str = "smtp", host: str = "127.0.0.1") -> Iterator[None]:
    before = settings.MAIL_URL
    settings.MAIL_URL = f"{scheme}://{host}:{port}?hello=bench"
    try:
        yield
    finally:
        settings.MAIL_URL = before


def start_sender(*, dies_at: str = "", after: int = 1, impatient: bool = False) -> Child:
    """
    Sends what is due until it is killed, or ended by SIGTERM.

    dies_at: one of POINTS, the `after`-th time it comes there. impatient: what is put off is tried
    again after seconds, not minutes and hours.
    """
    connections.close_all()
    reading, writing = os.pipe()
    # Held back until the child has a handler of its own: this process's would unwind it.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    pid = os.fork()
    if pid:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        os.close(writing)
        os.set_blocking(reading, False)
        return Child(pid, reading)
    status = 1
    try:
        if impatient:
            marks.WAITS, marks.WHOLE_WAITS = IMPATIENT, IMPATIENT[:1]
        _send_until_told(writing, dies_at, after)
        status = 0
    finally:
        os._exit(status)


def _send_until_told(told: int, dies_at: str, after: int) -> None:
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    leases.LEASE = sender.LEASE = LEASE
    dispatch.LOOK_EVERY_SECONDS, dispatch.NICENESS = 0.05, 0
    run = sender.Sender.run

    def told_run(self: sender.Sender) -> None:
        os.write(told, b"sending\n")
        run(self)

    sender.Sender.run = told_run  # type: ignore[method-assign]
    if dies_at:
        POINTS[dies_at](_Fuse(after))
    dispatch.dispatch_until(stop)


@dataclass
class _Fuse:
    left: int
    is_armed: bool = field(default=True)

    def __call__(self) -> None:
        self.left -= 1
        if self.left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
            time.sleep(10)


Fuse = Callable[[], None]


def _before(owner: Any, name: str) -> Callable[[Fuse], None]:
    def arm(fuse: Fuse) -> None:
        original = getattr(owner, name)

        def watched(*args: Any, **options: Any) -> Any:
            fuse()
            return original(*args, **options)

        setattr(owner, name, watched)

    return arm


def _after(owner: Any, name: str) -> Callable[[Fuse], None]:
    def arm(fuse: Fuse) -> None:
        original = getattr(owner, name)

        def watched(*args: Any, **options: Any) -> Any:
            answer = original(*args, **options)
            fuse()
            return answer

        setattr(owner, name, watched)

    return arm


def _at_commit_of(owner: Any, name: str) -> Callable[[Fuse], None]:
    """All statements of its transaction made, and the commit not."""

    def arm(fuse: Fuse) -> None:
        original = getattr(owner, name)

        def watched(*args: Any, **options: Any) -> Any:
            with transaction.atomic():
                answer = original(*args, **options)
                fuse()
            return answer

        setattr(owner, name, watched)

    return arm


def _answered(step: talk.Step) -> Callable[[Fuse], None]:
    """The server's answer to that command has come in, and nothing has been made of it."""

    def arm(fuse: Fuse) -> None:
        original = talk.Talk._answered

        def watched(self: talk.Talk, code: int, words: str) -> None:
            if self._awaited and self._awaited[0][0] is step:
                fuse()
            original(self, code, words)

        talk.Talk._answered = watched  # type: ignore[method-assign]

    return arm


def _printed_anew(arm: Callable[[Fuse], None]) -> Callable[[Fuse], None]:
    """At the second print: when it is frozen an article of it is withdrawn."""

    def arm_later(fuse: Fuse) -> None:
        def withdraw_and_arm() -> None:
            withdraw_article_of(Edition.objects.order_by("-pk")[0])
            arm(fuse)

        _after(dispatch, "freeze")(withdraw_and_arm)

    return arm_later


POINTS: dict[str, Callable[[Fuse], None]] = {
    "print: before its commit": _at_commit_of(dispatch, "copies_of"),
    "print: after it": _after(dispatch, "copies_of"),
    "printed anew: before it": _printed_anew(_before(dispatch, "copies_of")),
    "printed anew: before its commit": _printed_anew(_at_commit_of(dispatch, "copies_of")),
    "printed anew: after it": _printed_anew(_after(dispatch, "copies_of")),
    "freeze: before it": _before(dispatch, "freeze"),
    "freeze: before its commit": _at_commit_of(dispatch, "freeze"),
    "freeze: after it": _after(dispatch, "freeze"),
    "claim: before its commit": _at_commit_of(claims.Claims, "claim"),
    "claim: after it": _after(claims.Claims, "claim"),
    "MAIL answered": _answered(talk.Step.MAIL),
    "RCPT answered": _answered(talk.Step.RCPT),
    "DATA answered": _answered(talk.Step.DATA),
    "given: before the mark": _before(marks.Book, "write"),
    "given: after the mark": _after(marks.Book, "write"),
    "before the final 250": _after(smtp_crew.SmtpCrew, "give"),
    "after the final 250": _answered(talk.Step.DOT),
    "finish: before it": _before(dispatch, "_end"),
    "finish: before its commit": _at_commit_of(dispatch, "_end"),
    "finish: after it": _after(dispatch, "_end"),
}
