"""Real worker processes on a database of their own, killed and frozen in the middle of a job."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connection

import masthead

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
PROGRAM = Path(__file__).with_name("worker_process.py")
PATIENCE_SECONDS = 60  # a second process loads the whole program, perhaps beside others
TAKEN = "was taken by another worker"  # logged when a report is refused
PARCELS = [f"deliver {parcel}" for parcel in range(20)]


@dataclass
class Office:
    """Workers that share one database and one file of notes."""

    database: dict[str, object]
    notes_file: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, command: str) -> subprocess.Popen[str]:
        environment = {
            "DATABASE": json.dumps(self.database),
            "NOTES": str(self.notes_file),
            "PYTHONPATH": str(Path(masthead.__file__).parent.parent),
        }
        program = subprocess.Popen(
            [sys.executable, "-W", "ignore", str(PROGRAM), command],
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(program)
        return program

    def ask(self, command: str) -> str:
        program = self.start(command)
        answer = program.communicate(timeout=PATIENCE_SECONDS)[0]
        assert program.returncode == 0
        return answer

    def jobs(self) -> list[list[object]]:
        """State and number of tries of each job, the one that holds a worker up first."""
        return json.loads(self.ask("tell"))

    def notes(self) -> list[str]:
        return self.notes_file.read_text().splitlines() if self.notes_file.exists() else []

    def close(self) -> None:
        for program in self.started:
            program.kill()
            program.communicate()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """On PostgreSQL the test database; on SQLite a file, since the tests' own is in memory."""
    names = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    database = {name: connection.settings_dict[name] for name in names}
    if connection.vendor == "sqlite":
        database["NAME"] = str(tmp_path / "office.sqlite3")
    made = Office(database, tmp_path / "notes.txt")
    made.ask("prepare")
    yield made
    made.close()


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_killed_workers_job_is_finished_by_another(office):
    first = office.start("work")
    wait_until(lambda: "hold" in office.notes())
    first.kill()
    first.wait()

    office.start("work")
    wait_until(lambda: office.notes().count("hold") == 2)

    assert sorted(office.notes()) == sorted([*PARCELS, "hold", "hold"])
    wait_until(lambda: office.jobs()[0] == ["done", 2])


def test_a_frozen_worker_that_wakes_up_changes_nothing(office):
    frozen = office.start("work")
    wait_until(lambda: "hold" in office.notes())
    frozen.send_signal(signal.SIGSTOP)
    office.start("work")
    wait_until(lambda: office.notes().count("hold") == 2)
    wait_until(lambda: office.jobs()[0] == ["done", 2])

    frozen.send_signal(signal.SIGCONT)
    wait_until(lambda: "held" in office.notes())
    frozen.terminate()

    assert frozen.communicate(timeout=PATIENCE_SECONDS)[0].count(TAKEN) == 1
    assert office.jobs()[0] == ["done", 2]


def test_two_workers_share_the_work_and_do_nothing_twice(office):
    office.start("work")
    office.start("work")

    wait_until(lambda: len(office.notes()) == len(PARCELS) + 1)

    parcels = Counter(line for line in office.notes() if line != "hold")
    assert set(parcels.values()) == {1}


def test_a_worker_asked_to_end_finishes_the_job_in_hand(office):
    first = office.start("work")
    wait_until(lambda: "hold" in office.notes())
    first.kill()
    worker = office.start("work")
    wait_until(lambda: "deliver 3" in office.notes())

    worker.terminate()

    assert worker.wait(timeout=PATIENCE_SECONDS) == 0
    parcels = Counter(state for state, _ in office.jobs()[1:])
    assert parcels["running"] == 0
    assert parcels["done"] == len([line for line in office.notes() if line.startswith("deliver")])
