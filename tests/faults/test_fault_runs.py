"""
The short form of every fault run, in a process and a database of their own.

One process runs them all, because making its database takes longer than the kills.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.faults.__main__ import RUNS

pytestmark = pytest.mark.faults
CHECKOUT = Path(__file__).parent.parent.parent
PATIENCE_SECONDS = 900


@pytest.fixture(scope="module")
def reports() -> dict[str, dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "benchmarks.faults", *RUNS, "--short", "--json"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    lines = done.stdout.splitlines()[-len(RUNS) :]
    assert len(lines) == len(RUNS), done.stderr[-2000:]
    try:
        found = [json.loads(line) for line in lines]
    except json.JSONDecodeError:
        pytest.fail(done.stderr[-2000:])
    return {report["name"].removeprefix("faults "): report for report in found}


@pytest.mark.parametrize("name", RUNS)
def test_nothing_is_lost_doubled_or_half_after_kills(name, reports):
    report = reports[name]

    broken = [target for target in report["targets"] if not target["holds"]]

    assert (broken, report["figures"].get("wrong", [])) == ([], [])
