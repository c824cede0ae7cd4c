"""Three processes kept alive: the front door, the program behind it, the worker."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import click

START_SECONDS = 30
STOP_SECONDS = 25
LONGEST_PAUSE = 30
# Niceness: where all share one core, readers go before the desk, and the desk before jobs.
AFTER_READERS, AFTER_THE_DESK = 8, 12


def _end_with_parent() -> None:
    """Linux: when `up` is killed hard, its children are told to end too, and the port is free."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def _give_way(niceness: int) -> None:
    """Also where Linux shares time out among sessions, not processes (sched(7), autogroup)."""
    if niceness:
        os.nice(niceness)
        with suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(niceness))


@dataclass
class Child:
    """One process, and how often it fell over lately. niceness: as in nice(1)."""

    name: str
    arguments: list[str]
    niceness: int = 0
    process: subprocess.Popen[bytes] | None = None
    falls: int = 0
    started: float = 0.0
    again_at: float = 0.0

    def start(self) -> None:
        # Its own session, so that Ctrl-C reaches it through us, once, in order.
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "masthead", *self.arguments],
            start_new_session=True,
            preexec_fn=self._prepare,
        )
        self.started = time.monotonic()

    def _prepare(self) -> None:
        _end_with_parent()
        _give_way(self.niceness)

    def look(self) -> None:
        """Start it again when it has ended; after a fall soon, after many later."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            self.falls = 1 if now - self.started > 60 else self.falls + 1
            pause = min(LONGEST_PAUSE, 2 ** (self.falls - 1) * 0.25)
            click.echo(f"The {self.name} ended; starting it again in {pause:g} s.", err=True)
            self.process, self.again_at = None, now + pause
        if self.process is None and now >= self.again_at:
            self.start()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()


@dataclass
class Watch:
    """
    Starts app, web and worker and keeps them running until SIGINT or SIGTERM.

    A process that falls is started again: at once, then after longer pauses, at most 30 s.
    """

    bind: str
    children: list[Child] = field(default_factory=list)
    ending: threading.Event = field(default_factory=threading.Event)

    def start_web(self) -> None:
        """Returns when the first answer has come. Raises ClickException when none comes."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._end)
        self._refuse_taken_port()
        self._add("app", ["app"], niceness=AFTER_READERS)
        web = self._add("web", ["web", "--bind", self.bind])
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and not self.ending.is_set():
            if web.process is not None and web.process.poll() is not None:
                raise click.ClickException(f"The web server could not start on {self.bind}.")
            if self._answers():
                return
            time.sleep(0.05)
        if not self.ending.is_set():
            self._stop_all()
            raise click.ClickException(f"The web server did not answer on {self.bind}.")

    def start_worker(self) -> None:
        self._add("worker", ["worker"], niceness=AFTER_THE_DESK)

    def until_stopped(self) -> None:
        while not self.ending.wait(0.25):
            for child in self.children:
                child.look()
        self._stop_all()

    def _refuse_taken_port(self) -> None:
        """An answer on the port has to be our own child's."""
        if self._answers():
            raise click.ClickException(f"Something else answers on {self.bind} already.")

    def _add(self, name: str, arguments: list[str], *, niceness: int = 0) -> Child:
        child = Child(name, arguments, niceness)
        child.start()
        self.children.append(child)
        return child

    def _answers(self) -> bool:
        host, _, port = self.bind.rpartition(":")
        host = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(host, host)  # noqa: S104
        try:
            with urllib.request.urlopen(f"http://{host}:{port}/-/live", timeout=2) as answer:
                return bool(answer.status == 200)
        except urllib.error.HTTPError as error:
            return error.code != 503  # the door is there, the program behind it not yet
        except OSError:
            return False

    def _end(self, number: int, frame: FrameType | None) -> None:
        self.ending.set()

    def _stop_all(self) -> None:
        for child in self.children:
            child.stop()
        for child in self.children:
            child.wait()
