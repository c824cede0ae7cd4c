"""Works that are kept running."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PROGRAM = """
import os, sys, time
from pathlib import Path
from masthead.core.processes import Work, keep_running

def work(name):
    def run():
        told = Path(sys.argv[1]) / name
        told.write_text(f"{os.getpid()} {os.nice(0)}")
        while True:
            time.sleep(1)
    return run

keep_running([Work("works app", work("app")), Work("works jobs", work("jobs"), niceness=7)])
"""


@contextmanager
def running(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    program = subprocess.Popen([sys.executable, "-c", PROGRAM, str(folder)])
    try:
        yield program
    finally:
        program.kill()
        program.wait()


def told(folder: Path, name: str, *, other_than: int = 0) -> tuple[int, int]:
    """Process and niceness, once the work has said so."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        words = (folder / name).read_text().split() if (folder / name).exists() else []
        if len(words) == 2 and int(words[0]) != other_than:
            return int(words[0]), int(words[1])
        time.sleep(0.02)
    raise AssertionError(f"{name} never ran.")


def is_gone(process: int) -> bool:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


def test_works_have_names_and_give_way(tmp_path: Path) -> None:
    with running(tmp_path):
        app, jobs = told(tmp_path, "app"), told(tmp_path, "jobs")

        assert Path(f"/proc/{app[0]}/comm").read_text() == "works app\n"
        assert jobs[1] - app[1] == 7
        group = Path(f"/proc/{jobs[0]}/autogroup")
        if group.exists():
            assert group.read_text().endswith("nice 7\n")


def test_a_work_that_falls_is_started_again(tmp_path: Path) -> None:
    with running(tmp_path):
        first, _ = told(tmp_path, "app")
        jobs, _ = told(tmp_path, "jobs")

        os.kill(first, signal.SIGKILL)

        assert told(tmp_path, "app", other_than=first)[0] != first
        assert told(tmp_path, "jobs")[0] == jobs


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_works_end_with_whoever_keeps_them(tmp_path: Path, how: signal.Signals) -> None:
    with running(tmp_path) as program:
        works = [told(tmp_path, name)[0] for name in ("app", "jobs")]

        program.send_signal(how)
        program.wait(20)

        assert all(is_gone(each) for each in works)
