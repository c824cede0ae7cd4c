"""The policy server in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def running_policy(**moods: Any) -> Iterator[int]:
    """The port it listens at; see `policy.Moods`."""
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.letters.policy", json.dumps(moods)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("The policy server cannot be spoken to.")
        try:
            yield int(process.stdout.readline())
        finally:
            process.stdin.close()
