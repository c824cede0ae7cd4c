"""`masthead related rebuild` as an operator calls it: how long it takes and what it holds."""

import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass

from django.db import connection, connections

from benchmarks.press.programs import memory_mb
from benchmarks.servers import CHECKOUT

LOOKED_EVERY_SECONDS = 0.25


@dataclass(frozen=True)
class Anew:
    """
    seconds: by the clock on the wall. processor_seconds: of all its processes; on PostgreSQL
    without the server's. megabytes: the most they held, what they share counted once.
    """

    seconds: float
    processor_seconds: float
    megabytes: float


def make_anew(*, processes: int) -> Anew:
    """In processes of their own, so that nothing else that this one holds is counted."""
    connections.close_all()
    command = [
        sys.executable,
        "-m",
        "masthead",
        "related",
        "rebuild",
        "--processes",
        f"{processes}",
    ]
    began, before = time.perf_counter(), _processor_seconds()
    held = 0.0
    with subprocess.Popen(command, env=dict(os.environ), cwd=CHECKOUT) as program:
        while program.poll() is None:
            held = max(held, memory_mb(program.pid))
            time.sleep(LOOKED_EVERY_SECONDS)
    if program.returncode:
        raise subprocess.CalledProcessError(program.returncode, command)
    return Anew(time.perf_counter() - began, _processor_seconds() - before, held)


def processor_is_all_ours() -> bool:
    """Whether the database works in these processes."""
    return connection.vendor == "sqlite"


def _processor_seconds() -> float:
    """Of the programs that this process started and that have ended, with theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
