"""A demo network made once, copied for each run, and served by its real processes."""

import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import migrated
from masthead.cli.ready import is_ready

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
# What the made network depends on; templates and styles may change without making it anew.
MADE_OF = (
    "masthead/*/migrations/*.py",
    "masthead/demo/**/*.py",
    "masthead/demo/**/*.toml",
    "masthead/demo/**/*.md",
    "masthead/demo/pictures/*",
    "masthead/articles/snapshot/*.py",
    "masthead/pictures/workshop.py",
    "masthead/publishing/actions/*.py",
    "masthead/syndication/share/*.py",
    "tests/journeys/extras.py",
    "tests/journeys/cast.py",
)
SETTINGS = "masthead.conf.settings"
EXTRAS = """
import django
django.setup()
from django.utils import timezone
from tests.journeys.extras import add_extras
add_extras(now=timezone.now())
"""
# The part of `set-up` that depends on the network's address.
ADDRESSES = """
import django
django.setup()
from django.utils import timezone
from masthead.outlets.actions import write_sheets
write_sheets(at=timezone.now())
"""
START_SECONDS = 60


@dataclass(frozen=True)
class Network:
    """A running network: its address without a slash at the end, and its folder."""

    base: str
    data: Path

    @property
    def log(self) -> str:
        return "".join(file.read_text() for file in sorted(self.data.glob("*.log")))

    def run(self, *command: str) -> str:
        """One of the program's commands on this network's data; what it printed."""
        return run(*command, data=self.data, base=self.base)


def copy_demo(data: Path) -> None:
    """
    Copy the demo network to `data`; it is made once for each state of the program.

    Without its printed pages: they name the address that it was made for.
    """
    shutil.copytree(make_demo(), data, ignore=shutil.ignore_patterns("shelf"))


def make_demo() -> Path:
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another run may be making it
        return _made_demo()


def _made_demo() -> Path:
    folder = BUILD / f"demo-{_digest()}"
    if not folder.exists():
        for older in BUILD.glob("demo-*"):
            shutil.rmtree(older)
        half = BUILD / "demo-half"
        shutil.rmtree(half, ignore_errors=True)  # of a run that was stopped
        migrated.copy_file(half / "masthead.sqlite3")
        run("set-up", data=half)
        run("demo", data=half)
        run_code(EXTRAS, data=half)
        run("worker", "--once", data=half)
        half.rename(folder)
    return folder


def _digest() -> str:
    digest = hashlib.sha256()
    for pattern in MADE_OF:
        for file in sorted(ROOT.glob(pattern)):
            digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def serve(data: Path) -> Iterator[Network]:
    """The front door on a free port, the program behind it and a worker, ended by their ids."""
    base = f"http://127.0.0.1:{free_port()}"
    network = Network(base, data)
    if is_ready(data):
        run_code(ADDRESSES, data=data, base=base)
    else:  # made before a style or a script changed
        network.run("set-up")
    children: list[subprocess.Popen[bytes]] = []
    try:
        children.append(_start(network, "web", "--bind", base.removeprefix("http://")))
        children.append(_start(network, "app"))
        _wait_for(base, children[0])
        children.append(_start(network, "worker"))
        yield network
    finally:
        for child in children:
            child.send_signal(signal.SIGTERM)
        for child in children:
            _end(child)


def run(*command: str, data: Path, base: str = "http://127.0.0.1:8000") -> str:
    return _run(["-m", "masthead", *command], data, base)


def run_code(code: str, *, data: Path, base: str = "http://127.0.0.1:8000") -> str:
    return _run(["-c", code], data, base)


def _run(what: list[str], data: Path, base: str) -> str:
    done = subprocess.run(
        [sys.executable, *what],
        cwd=ROOT,
        env=environment(data, base),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(what)} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def environment(data: Path, base: str) -> dict[str, str]:
    """This process's, less what the unit tests have put there."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MASTHEAD_")}
    return kept | {
        "MASTHEAD_DATA": str(data),
        "MASTHEAD_NETWORK_URL": base,
        "MASTHEAD_SHELF_MIRROR": "true",  # for an nginx that stands before it
        "DJANGO_SETTINGS_MODULE": SETTINGS,
    }


def _start(network: Network, *command: str) -> "subprocess.Popen[bytes]":
    with (network.data / f"{command[0]}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "masthead", *command],
            cwd=ROOT,
            env=environment(network.data, network.base),
            stdout=log,
            stderr=log,
        )


def _wait_for(base: str, web: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if web.poll() is not None:
            raise RuntimeError(f"The front door ended with {web.returncode} before it answered.")
        try:
            with urllib.request.urlopen(f"{base}/-/live", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"The front door did not answer within {START_SECONDS} s.")


def _end(child: "subprocess.Popen[bytes]") -> None:
    try:
        child.wait(30)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    make_demo()
