"""Real worker processes, forked from this one, to be killed and started again."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.db import connections

LEASE_SECONDS = 1.0  # instead of 60, so that a run does not consist of waiting


@dataclass
class Worker:
    """One worker's life, by the wall clock: `back` when it first beat, `gone` when it ended."""

    pid: int
    back: float = 0.0
    gone: float = 0.0
    was_killed: bool = False

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self.gone, self.was_killed = time.time(), True

    def end(self) -> int:
        """Ask it to finish; answers its exit status."""
        os.kill(self.pid, signal.SIGTERM)
        _, status = os.waitpid(self.pid, 0)
        self.gone = time.time()
        return os.waitstatus_to_exitcode(status)


@contextmanager
def workers_ended(workers: list[Worker]) -> Iterator[None]:
    """None outlives the run, however it ends."""
    try:
        yield
    finally:
        for worker in workers:
            if not worker.gone:
                worker.kill()


def start_worker(*, threads: int = 1) -> Worker:
    """Call without open transactions and without threads."""
    connections.close_all()
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        _run_and_leave(threads, writing)
    os.close(writing)
    worker = Worker(pid)
    with os.fdopen(reading) as told:
        worker.back = float(told.readline() or 0)
    return worker


def _run_and_leave(threads: int, told: int) -> None:
    status = 1
    try:
        from masthead.jobs import worker
        from masthead.jobs.decorator import registered
        from masthead.publishing.jobs import publish_due

        worker.discover_jobs()
        for job in registered.values():
            job.terms = replace(job.terms, lease_seconds=LEASE_SECONDS)
        worker.LOOK_FOR_LOST_EVERY /= 10
        beats: list[None] = []

        def beat() -> None:
            if not beats:
                beats.append(None)
                os.write(told, f"{time.time()}\n".encode())
            publish_due()

        worker.run_worker(concurrency=threads, on_beat=beat)
        status = 0
    finally:
        os._exit(status)


def note(line: str) -> None:
    """One whole line at the end of the notes, from any process."""
    handle = os.open(notes_file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, f"{line}\n".encode())
    finally:
        os.close(handle)


def notes() -> list[str]:
    return notes_file().read_text().splitlines() if notes_file().exists() else []


def notes_file() -> Path:
    return Path(settings.DATA) / "notes.txt"
