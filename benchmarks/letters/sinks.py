"""A sink in a process of its own, and what it took."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class RunningSink:
    port: int
    log: Path

    def taken(self) -> list[tuple[str, str]]:
        """Recipient and Message-ID of each message, in the order they were accepted."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return [(cells[1], cells[2]) for cells in (line.split("\t") for line in lines)]

    def by_message_id(self) -> Counter[str]:
        return Counter(message_id for _, message_id in self.taken())


@contextmanager
def running_sink(log: Path, **faults: Any) -> Iterator[RunningSink]:
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.letters.sink", str(log), json.dumps(faults)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("The sink cannot be spoken to.")
        try:
            yield RunningSink(int(process.stdout.readline()), log)
        finally:
            process.stdin.close()
