"""The whole network as `masthead up` runs it, each of its processes on a core of its own choice."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connections

from benchmarks.press.programs import NAMES, cpu_seconds, memory_mb, parts_of_network, pin
from benchmarks.press.stage import Stage
from benchmarks.servers import PATIENCE_SECONDS, NotStarted

QUIET = 0.25  # of a core: below it a network has nothing left to do


@dataclass(frozen=True)
class Network:
    """process: of `masthead up` itself. parts: its app, web and worker."""

    process: int
    parts: dict[str, int]

    def place(self, *, door: int, newsroom: int) -> None:
        """On which cores."""
        pin(self.process, {newsroom})
        pin(self.parts["web"], {door})

    def cpu(self, *names: str) -> float:
        return cpu_seconds(*(self.parts[name] for name in names))

    def memory(self) -> float:
        return memory_mb(self.process)

    def settle(self) -> None:
        """Until app and worker have done what a start brings."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            before = self.cpu("app", "worker")
            time.sleep(1)
            if parts_of_network(self.process) != self.parts:
                raise NotStarted("A process of the network ended.")
            if self.cpu("app", "worker") - before < QUIET:
                return
        raise NotStarted("The network never came to rest.")


@contextmanager
def network(stage: Stage) -> Iterator[Network]:
    connections.close_all()
    with stage.place.running("up") as up:
        stage.place.wait_for(stage.articles[0], up)
        until = time.monotonic() + PATIENCE_SECONDS
        while len(parts_of_network(up.pid)) < len(NAMES):
            if up.poll() is not None or time.monotonic() > until:
                raise NotStarted("The worker was not started.")
            time.sleep(0.1)
        running = Network(up.pid, parts_of_network(up.pid))
        running.settle()
        yield running
