"""Several processes that do the same, kept alive."""

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from types import FrameType

STOP_SECONDS = 25.0
LONGEST_PAUSE = 30.0
QUICK_FALL_SECONDS = 60.0
_ENDING = (signal.SIGTERM, signal.SIGINT)


def watch_processes(count: int, work: Callable[[], None]) -> None:
    """
    Fork `count` processes that do `work`, and fork again for one that ends, until SIGTERM.

    Forked, not spawned: what they share in memory is there once. Nothing that a fork would break,
    a thread or an open ledger, may exist yet.
    """
    Watched(count, work).run()


class Watched:
    def __init__(self, count: int, work: Callable[[], None]) -> None:
        self._count = count
        self._work = work
        self._started: dict[int, float] = {}
        self._falls = 0
        self._is_ending = False

    def run(self) -> None:
        before = {number: signal.signal(number, self._end) for number in _ENDING}
        try:
            while not self._is_ending:
                while len(self._started) < self._count and not self._is_ending:
                    self._start()
                self._gather()
                time.sleep(0.1)
        finally:
            self._stop()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _end(self, number: int, frame: FrameType | None) -> None:
        self._is_ending = True

    def _start(self) -> None:
        child = os.fork()
        if child:
            self._started[child] = time.monotonic()
            return
        code = 1
        try:
            for number in _ENDING:
                signal.signal(number, signal.SIG_DFL)
            self._work()
            code = 0
        except Exception:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)

    def _gather(self) -> None:
        """Forget processes that ended; after a quick fall wait, longer after each."""
        for child in list(self._started):
            if os.waitpid(child, os.WNOHANG)[0] == 0:
                continue
            is_quick = time.monotonic() - self._started.pop(child) < QUICK_FALL_SECONDS
            self._falls = self._falls + 1 if is_quick else 1
            if not self._is_ending:
                self._rest(min(LONGEST_PAUSE, 2 ** (self._falls - 1) * 0.25))

    def _rest(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._is_ending:
            time.sleep(0.05)

    def _stop(self) -> None:
        for child in self._started:
            os.kill(child, signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        while self._started and time.monotonic() < until:
            for child in list(self._started):
                if os.waitpid(child, os.WNOHANG)[0]:
                    del self._started[child]
            time.sleep(0.05)
        for child in self._started:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
