"""Programs on cores of their own, and what they take of processor and memory."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.press.pinned import pinned
from benchmarks.press.reader import Reader
from benchmarks.servers import CHECKOUT, PATIENCE_SECONDS, STOP_SECONDS, NotStarted

TICKS = os.sysconf("SC_CLK_TCK")
NAMES = ("app", "web", "worker")


@contextmanager
def started(
    command: list[str], *, variables: Mapping[str, str] | None = None, cores: set[int]
) -> Iterator[int]:
    """The program's process number; ended afterwards."""
    program = subprocess.Popen(
        pinned(command, cores=cores),
        env=None if variables is None else dict(variables),
        cwd=CHECKOUT,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield program.pid
    finally:
        program.send_signal(signal.SIGTERM)
        try:
            program.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def wait_until_served(port: int, path: str) -> None:
    """Raises NotStarted."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            if Reader(port).get(path).status == 200:
                return
        except OSError:
            pass
        time.sleep(0.02)
    raise NotStarted(f"{path} was not served.")


def descendants(process: int) -> list[int]:
    """Of a process, itself first."""
    found = [process]
    for each in found:
        for task in Path(f"/proc/{each}/task").glob("*"):
            found += [int(child) for child in _told(task / "children").split()]
    return found


def _told(file: Path) -> str:
    """A process may end while it is looked at."""
    try:
        return file.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def parts_of_network(process: int) -> dict[str, int]:
    """`masthead up`'s own three: app, web and worker."""
    found = {}
    for each in descendants(process)[1:]:
        words = _told(Path(f"/proc/{each}/cmdline")).split("\0")
        name = _told(Path(f"/proc/{each}/comm")).strip().removeprefix("masthead ")
        if "masthead" in words and words[words.index("masthead") + 1] == "web":
            name = "web"
        if name in NAMES:
            found[name] = each
    return found


def pin(process: int, cores: set[int]) -> None:
    """With all its threads and children."""
    for each in descendants(process):
        for task in Path(f"/proc/{each}/task").iterdir():
            with suppress(ProcessLookupError):
                os.sched_setaffinity(int(task.name), cores)


def cpu_seconds(*processes: int) -> float:
    """What they and their children that still run have taken so far."""
    total = 0
    for process in processes:
        for each in descendants(process):
            fields = _told(Path(f"/proc/{each}/stat")).rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12]) if fields else 0
    return total / TICKS


def memory_mb(process: int) -> float:
    """Proportional: what several share is counted once between them."""
    kilobytes = 0
    for each in descendants(process):
        for line in _told(Path(f"/proc/{each}/smaps_rollup")).splitlines():
            if line.startswith("Pss:"):
                kilobytes += int(line.split()[1])
    return kilobytes * 1024 / 1e6
