"""Two processes kept alive: the front door, and the newsroom's app and worker."""

import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from types import FrameType

import click

from masthead.core.processes import end_with_parent

START_SECONDS = 90  # a busy machine; one that cannot start has ended long before
SLOW_SECONDS = 10
STOP_SECONDS = 30  # longer than the newsroom gives its own two
LONGEST_PAUSE = 30


@dataclass
class Child:
    """One process, and how often it fell over lately."""

    name: str
    arguments: list[str]
    process: subprocess.Popen[bytes] | None = None
    falls: int = 0
    started: float = 0.0
    again_at: float = 0.0

    def start(self) -> None:
        # Its own session, so that Ctrl-C reaches it through us, once, in order.
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "masthead", *self.arguments],
            start_new_session=True,
            preexec_fn=end_with_parent,
        )
        self.started = time.monotonic()

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
    Starts web and newsroom and keeps them running until SIGINT or SIGTERM.

    A process that falls is started again: at once, then after longer pauses, at most 30 s.
    """

    bind: str
    children: list[Child] = field(default_factory=list)
    ending: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Returns when the first answer has come. Raises ClickException when none comes."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._end)
        self._refuse_taken_port()
        self._add("newsroom", ["newsroom"])
        web = self._add("web", ["web", "--bind", self.bind])
        began, has_said = time.monotonic(), False
        while (waited := time.monotonic() - began) < START_SECONDS and not self.ending.is_set():
            if waited > SLOW_SECONDS and not has_said:
                click.echo("Starting; this machine is busy …", err=True)
                has_said = True
            if web.process is not None and web.process.poll() is not None:
                raise click.ClickException(f"The web server could not start on {self.bind}.")
            if self._answers():
                return
            time.sleep(0.05)
        if not self.ending.is_set():
            self._stop_all()
            raise click.ClickException(f"The web server did not answer on {self.bind}.")

    def until_stopped(self) -> None:
        while not self.ending.wait(0.25):
            for child in self.children:
                child.look()
        self._stop_all()

    def _refuse_taken_port(self) -> None:
        """An answer on the port has to be our own child's."""
        if self._answers():
            raise click.ClickException(f"Something else answers on {self.bind} already.")

    def _add(self, name: str, arguments: list[str]) -> Child:
        child = Child(name, arguments)
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
