"""Load by wrk: which requests, how many at once, and what came of it."""

import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from benchmarks.press.needs import LOAD_CORE, find
from benchmarks.press.pinned import pinned
from benchmarks.press.programs import cpu_seconds
from benchmarks.servers import CHECKOUT

SCRIPT = Path(__file__).with_name("requests.lua")
NUMBER = "@@@@@@@@"  # what `requests.lua` puts another number for
LONGEST = "600s"
READY = "ready\n"  # what the script says once it has read its requests
PATIENCE_SECONDS = 30
# Niceness of a load that must not be what runs short, and of one that takes what is left over.
FAVOURED, LAST = -10, 19


@dataclass(frozen=True)
class Load:
    """
    broken: connections that failed. refused: answers with a status from 400 on.

    cpu_us: of the server's processor time for one answer, which a busy machine stretches little.
    """

    rate: float
    p50: float
    p99: float
    refused: int
    broken: int
    requests: int
    cpu_us: float = 0.0
    p95: float = 0.0


@dataclass(frozen=True)
class Asking:
    """
    A way to ask: raw requests in a file, and how many connections ask at once.

    server: the process whose time is counted, with its children; 0: nobody's. pause_ms: how long
    a connection waits between two, on average; 0: it asks as much as goes.
    """

    file: Path
    port: int
    server: int = 0
    connections: int = 128
    numbered: bool = False
    core: int = LOAD_CORE
    niceness: int = 0
    pause_ms: int = 0

    def at(self, port: int, server: int = 0) -> "Asking":
        return replace(self, port=port, server=server)

    def by(self, connections: int) -> "Asking":
        return replace(self, connections=connections)

    def ask(self, seconds: float) -> Load:
        with self.under_way() as end:
            time.sleep(seconds)
        return end()

    @contextmanager
    def under_way(self) -> Iterator[Callable[[], Load]]:
        """Asks for as long as the block runs; what is yielded tells afterwards how it went."""
        wrk = subprocess.Popen(
            pinned(self._command(), cores={self.core}, niceness=self.niceness),
            cwd=CHECKOUT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # niceness counts within a session, where Linux groups by them
        )
        assert wrk.stderr is not None
        if wrk.stderr.readline() != READY:
            raise ValueError(f"wrk does not start: {wrk.communicate()[1]}")
        told: list[Load] = []
        before = self._cpu()
        try:
            yield lambda: told[0]
        except BaseException:
            wrk.kill()
            wrk.wait()
            raise
        load = _read(_end(wrk))
        used = self._cpu() - before
        told.append(replace(load, cpu_us=used * 1e6 / max(1, load.requests)))

    def _cpu(self) -> float:
        return cpu_seconds(self.server) if self.server else 0.0

    def _command(self) -> list[str]:
        wrk = find("wrk")
        assert wrk is not None
        way = ["numbered"] if self.numbered else []
        way = ["paced", str(self.pause_ms)] if self.pause_ms else way
        many = ["-t1", f"-c{self.connections}", f"-d{LONGEST}"]
        address = f"http://127.0.0.1:{self.port}/"
        return [wrk, *many, f"-s{SCRIPT}", address, "--", str(self.file), *way]


def _end(wrk: subprocess.Popen[str]) -> str:
    """What it tells. Asked again and again: asked before it sleeps, it sleeps to the end."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        wrk.send_signal(signal.SIGINT)
        try:
            return wrk.communicate(timeout=0.5)[0]
        except subprocess.TimeoutExpired:
            if time.monotonic() > until:
                wrk.kill()
                raise


def _read(told: str) -> Load:
    lines = [line for line in told.splitlines() if line.startswith("{")]
    if not lines:
        raise ValueError(f"wrk told nothing: {told}")
    found = json.loads(lines[-1])
    return Load(
        rate=found["requests"] / (found["microseconds"] / 1e6),
        p50=found["p50"] / 1000,
        p99=found["p99"] / 1000,
        refused=found["refused"],
        broken=found["broken"],
        requests=found["requests"],
        p95=found["p95"] / 1000,
    )


def write_requests(file: Path, requests: Iterable[bytes]) -> Path:
    with file.open("wb") as writing:
        for each in requests:
            writing.write(b"%d\n%b\n" % (len(each), each))
    return file


def browser_request(
    path: str, *, port: int, referer: str = "", cookie: str = "", none_match: str = ""
) -> bytes:
    """What a browser sends that follows a link, but with gzip alone."""
    own = {"Referer": referer, "Cookie": cookie, "If-None-Match": none_match}
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Connection: keep-alive",
        'sec-ch-ua: "Chromium";v="142", "Not_A Brand";v="99"',
        "sec-ch-ua-mobile: ?0",
        'sec-ch-ua-platform: "Linux"',
        "Upgrade-Insecure-Requests: 1",
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
        " Chrome/142.0.0.0 Safari/537.36",
        "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,"
        "image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7",
        "Sec-Fetch-Site: same-origin",
        "Sec-Fetch-Mode: navigate",
        "Sec-Fetch-User: ?1",
        "Sec-Fetch-Dest: document",
        *(f"{name}: {value}" for name, value in own.items() if value),
        "Accept-Encoding: gzip",
        "Accept-Language: en-GB,en;q=0.9",
    ]
    return "\r\n".join([*lines, "", ""]).encode()


class Rounds:
    """Loads that took turns."""

    def __init__(self, loads: Mapping[str, list[Load]]) -> None:
        self.loads = loads

    def rate(self, name: str) -> float:
        return median(each.rate for each in self.loads[name])

    def p99(self, name: str) -> float:
        return median(each.p99 for each in self.loads[name])

    def cpu_us(self, name: str) -> float:
        return median(each.cpu_us for each in self.loads[name])

    def ratio(self, name: str, peer: str) -> float:
        pairs = zip(self.loads[name], self.loads[peer], strict=True)
        # A peer that had not one answer ready in its turn counts as one a second.
        return median(ours.rate / max(theirs.rate, 1.0) for ours, theirs in pairs)

    def broken(self) -> int:
        return sum(each.broken for loads in self.loads.values() for each in loads)

    def refused(self, *names: str) -> int:
        return sum(each.refused for name in names for each in self.loads[name])


def take_turns(asking: Mapping[str, Asking], *, rounds: int, seconds: float) -> Rounds:
    """Each for a moment first, so that pages and connections are warm."""
    loads: dict[str, list[Load]] = {name: [] for name in asking}
    for each in asking.values():
        each.ask(0.3)
    for _ in range(rounds):
        for name, each in asking.items():
            loads[name].append(each.ask(seconds))
    return Rounds(loads)
