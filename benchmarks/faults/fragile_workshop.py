"""
The picture workshop, killed at a step: run in place of `masthead.pictures.workshop`.

The step's number is read from a file beside the original, because the workshop gets no variables
of ours. Before each sync the file may also be cut in half, as a full disk or a power cut leaves it.
"""

import json
import os
import signal
import sys
from pathlib import Path

import benchmarks  # noqa: F401
from benchmarks.faults.kill_points import watch_files
from masthead.pictures import workshop


def orders_beside(original: Path) -> Path:
    return original.with_name(original.name + ".orders")


def main(arguments: list[str]) -> int:
    """`{"fatal": n, "cut": bool}`; without orders it works as always."""
    orders = orders_beside(Path(arguments[1]))
    if orders.exists():
        told = json.loads(orders.read_text())
        _die_at(told["fatal"], cut=told["cut"], count=orders.with_suffix(".count"))
    return workshop.main(arguments)


def _die_at(fatal: int, *, cut: bool, count: Path) -> None:
    reached: list[str] = []

    def reach(name: str) -> None:
        reached.append(name)
        count.write_text(str(len(reached)))
        if len(reached) == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    watch_files(reach)
    if cut:
        sync = os.fsync

        def cut_and_sync(handle: int) -> None:
            if len(reached) + 1 == fatal:
                os.ftruncate(handle, os.fstat(handle).st_size // 2)
            sync(handle)

        os.fsync = cut_and_sync


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
