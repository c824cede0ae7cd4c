"""Several processes out of one, kept alive."""

import ctypes
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

STOP_SECONDS = 25.0
LONGEST_PAUSE = 30.0
QUICK_FALL_SECONDS = 60.0
_ENDING = (signal.SIGTERM, signal.SIGINT)
_SET_PARENT_DEATH_SIGNAL, _SET_NAME = 1, 15  # prctl(2)


@dataclass(frozen=True)
class Work:
    """name: as `ps -o comm` shows it, 15 letters at most. niceness: as in nice(1)."""

    name: str
    run: Callable[[], None]
    niceness: int = 0


@dataclass
class _Kept:
    """One work: its process while it runs, and when to start the next."""

    work: Work
    process: int = 0
    started: float = 0.0
    falls: int = 0
    again_at: float = 0.0


def keep_running(works: Sequence[Work]) -> None:
    """
    Fork a process for each work, and again for one that ends, until SIGTERM or SIGINT.

    Forked, not spawned: what they share in memory is there once. Nothing that a fork would break,
    a thread or an open database, may exist yet.
    """
    _Keeping(works).run()


def end_with_parent() -> None:
    """Linux: when the parent is killed hard, this process is told to end too."""
    ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


def give_way(niceness: int) -> None:
    """
    Let others go first.

    Also where Linux shares time out among sessions, not processes (sched(7), autogroup).
    """
    if niceness:
        os.nice(niceness)
        with suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(niceness))


class _Keeping:
    def __init__(self, works: Sequence[Work]) -> None:
        self._kept = [_Kept(work) for work in works]
        self._is_ending = False

    def run(self) -> None:
        before = {number: signal.signal(number, self._end) for number in _ENDING}
        try:
            while not self._is_ending:
                for each in self._kept:
                    self._look(each)
                time.sleep(0.1)
        finally:
            self._stop()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _end(self, number: int, frame: FrameType | None) -> None:
        self._is_ending = True

    def _look(self, kept: _Kept) -> None:
        """Start it, again when it has ended; after a quick fall wait, longer after each."""
        now = time.monotonic()
        if kept.process and os.waitpid(kept.process, os.WNOHANG)[0]:
            kept.process = 0
            kept.falls = kept.falls + 1 if now - kept.started < QUICK_FALL_SECONDS else 1
            kept.again_at = now + min(LONGEST_PAUSE, 2 ** (kept.falls - 1) * 0.25)
        if not kept.process and now >= kept.again_at and not self._is_ending:
            kept.started = now
            kept.process = _fork(kept.work)

    def _stop(self) -> None:
        running = [each.process for each in self._kept if each.process]
        for each in running:
            os.kill(each, signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        while running and time.monotonic() < until:
            running = [each for each in running if not os.waitpid(each, os.WNOHANG)[0]]
            time.sleep(0.05)
        for each in running:
            os.kill(each, signal.SIGKILL)
            os.waitpid(each, 0)


def _fork(work: Work) -> int:
    """The new process's number; does not return in that one."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        for number in _ENDING:
            signal.signal(number, signal.SIG_DFL)
        os.setsid()
        end_with_parent()
        ctypes.CDLL(None).prctl(_SET_NAME, work.name.encode())
        give_way(work.niceness)
        work.run()
        code = 0
    except Exception:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)
