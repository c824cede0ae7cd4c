"""The scratch network served by its real processes, and clients that keep cookies."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

CHECKOUT = Path(__file__).parents[2]
START_SECONDS = 60
LAST_EXCEPTIONS, LONGEST_EXCEPTION = 3, 6000
COOKIE = re.compile(r"([^=;\s]+)=([^;]*)")


@contextmanager
def running(
    *command: str, environment: Mapping[str, str] | None = None, **variables: str
) -> Iterator[subprocess.Popen[bytes]]:
    """
    One of the program's processes on this run's data; its log is beside the data.

    variables: settings, by their names.
    """
    given = {f"MASTHEAD_{name.upper()}": value for name, value in variables.items()}
    given |= environment or {}
    with (settings.DATA / f"{command[0]}.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "masthead", *command],
            cwd=CHECKOUT,
            env={**os.environ, **given},
            stdout=log,
            stderr=log,
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def command(*words: str, environment: Mapping[str, str] | None = None) -> None:
    """Run one of the program's commands to its end. Raises CalledProcessError."""
    subprocess.run(
        [sys.executable, "-m", "masthead", *words],
        cwd=CHECKOUT,
        env={**os.environ, **(environment or {})},
        check=True,
        capture_output=True,
    )


def wait_until_it_answers(port: int) -> None:
    """Raises TimeoutError."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            if Visitor(port).get("/-/ready").status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise TimeoutError(f"Nothing answers on port {port}.")


def why_it_failed(process: str) -> list[str]:
    """The last exceptions in the log of one of this run's processes, each as it was printed."""
    log = (settings.DATA / f"{process}.log").read_text(errors="replace")
    return [each[:LONGEST_EXCEPTION] for each in log.split("Traceback ")[1:]][-LAST_EXCEPTIONS:]


@dataclass(frozen=True)
class Answer:
    """headers: as they came, repeated ones too, names in lower case."""

    path: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        return next((value for each, value in self.headers if each == name), "")

    def __str__(self) -> str:
        return f"{self.status} {self.path}"


@dataclass
class Visitor:
    """Somebody with a jar of cookies."""

    port: int
    name: str = "anonymous"
    cookies: dict[str, str] = field(default_factory=dict)
    keeps_cookies: bool = True

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers)

    def ask(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes | None = None
    ) -> Answer:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body=body, headers=sent)
            raw = connection.getresponse()
            found = tuple((name.lower(), value) for name, value in raw.getheaders())
            answer = Answer(path, raw.status, found, raw.read())
        finally:
            connection.close()
        if self.keeps_cookies:
            self._keep(answer)
        return answer

    def sign_in(self, secret: str) -> None:
        """By a one-time link, as a person does: look, then press the button."""
        path = f"/account/link/{secret}/"
        form = self.get(path).body.decode()
        found = re.search(r'name="?csrfmiddlewaretoken"?\s+value="?([A-Za-z0-9]+)', form)
        if found is None:
            raise ValueError(f"There is no form at the link of {self.name}.")
        body = f"csrfmiddlewaretoken={found[1]}".encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = self.ask("POST", path, kind, body)
        if answer.status != 302:
            raise ValueError(f"{self.name} could not sign in: {answer}.")

    def _keep(self, answer: Answer) -> None:
        for name, value in answer.headers:
            found = COOKIE.match(value) if name == "set-cookie" else None
            if found and found[2] in {"", '""'}:
                self.cookies.pop(found[1], None)
            elif found:
                self.cookies[found[1]] = found[2]
