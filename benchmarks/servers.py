"""The program itself, started on a data folder of its own and asked over HTTP."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

CHECKOUT = Path(__file__).parent.parent
PATIENCE_SECONDS = 120
STOP_SECONDS = 90  # longer than `masthead up` gives its own two processes


class NotStarted(Exception):
    """The program ended or did not answer in time."""


@dataclass(frozen=True)
class Answer:
    """What came over the wire: the body as sent, and all bytes with the head."""

    status: int
    headers: dict[str, str]
    body: bytes
    size: int


@dataclass
class Place:
    """Where one program runs: its variables and its address."""

    variables: dict[str, str]
    port: int = field(default_factory=lambda: free_port())

    def call(self, *arguments: str) -> None:
        """One command to its end. Raises CalledProcessError."""
        subprocess.run(_command(*arguments), env=self._environment(), cwd=CHECKOUT, check=True)

    @contextmanager
    def running(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """`masthead up` or `web`, stopped with SIGTERM afterwards."""
        program = subprocess.Popen(
            _command(*arguments, "--bind", f"127.0.0.1:{self.port}"),
            env=self._environment(),
            cwd=CHECKOUT,
            stdout=subprocess.DEVNULL,
        )
        try:
            yield program
        finally:
            program.send_signal(signal.SIGTERM)
            try:
                program.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()

    def wait_for(self, path: str, program: subprocess.Popen[bytes]) -> Answer:
        """The first answer with status 200. Raises NotStarted."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until and program.poll() is None:
            try:
                answer = self.get(path)
            except OSError:
                answer = None
            if answer is not None and answer.status == 200:
                return answer
            time.sleep(0.01)
        raise NotStarted(f"{path} was not served.")

    def get(self, path: str, *, accept: str = "gzip, br, zstd") -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers={"Accept-Encoding": accept})
            answer = connection.getresponse()
            body = answer.read()
            head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders()) + 19
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, headers, body, len(body) + head)
        finally:
            connection.close()

    def _environment(self) -> dict[str, str]:
        return {**self.variables, "MASTHEAD_NETWORK_URL": f"http://127.0.0.1:{self.port}"}


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def add_demo(place: Place) -> None:
    """What `masthead up` does on an empty folder, up to the copies of its pictures."""
    place.call("set-up")
    place.call("demo")


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "masthead", *arguments]


def python_seconds(code: str, variables: dict[str, str]) -> float:
    """How long a Python process takes to do nothing but this, by the wall clock."""
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **variables}, cwd=CHECKOUT, check=True
    )
    return time.perf_counter() - began
