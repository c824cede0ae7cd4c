"""
Becomes another program, on cores of its own: `python -m benchmarks.press.pinned 0,1 NICENESS …`.

A process that has threads must not do this between fork and exec: the child may wait for ever for
a lock that one of the threads held.
"""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress

from masthead.core.processes import give_way


def pinned(command: list[str], *, cores: Iterable[int], niceness: int = 0) -> list[str]:
    """The command that becomes this one; its process number stays."""
    where = ",".join(map(str, sorted(cores)))
    return [sys.executable, "-m", "benchmarks.press.pinned", where, str(niceness), *command]


def _become(where: str, niceness: str, *command: str) -> None:
    os.sched_setaffinity(0, map(int, where.split(",")))
    # Only root may go before others; for anybody else the load is what runs short, and the
    # figures come out lower than they are.
    with suppress(OSError):
        give_way(int(niceness))
    os.execvp(command[0], command)


if __name__ == "__main__":
    _become(*sys.argv[1:])
