"""
The short form of every fault run, in processes and databases of their own.

Runs that go well together share a process, because making its database takes longer than the
kills; two processes can go on beside each other.
"""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from benchmarks.faults.__main__ import RUNS

pytestmark = pytest.mark.faults
CHECKOUT = Path(__file__).parent.parent.parent
PATIENCE_SECONDS = 900
SERVED = ("outage", "crawl", "fuzz")  # by the program's own processes
KILLED = tuple(name for name in RUNS if name not in SERVED)


@cache
def _reports(names: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "benchmarks.faults", *names, "--short", "--json"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    lines = done.stdout.splitlines()[-len(names) :]
    assert len(lines) == len(names), done.stderr[-2000:]
    try:
        found = [json.loads(line) for line in lines]
    except json.JSONDecodeError:
        pytest.fail(done.stderr[-2000:])
    return {report["name"].removeprefix("faults "): report for report in found}


def _no_target_is_missed(report: dict[str, Any]) -> None:
    broken = [target for target in report["targets"] if not target["holds"]]
    assert (broken, report["figures"].get("wrong", [])) == ([], [])


@pytest.mark.xdist_group("kills")
@pytest.mark.parametrize("name", KILLED)
def test_nothing_is_lost_doubled_or_half_after_kills(name):
    _no_target_is_missed(_reports(KILLED)[name])


@pytest.mark.xdist_group("served")
@pytest.mark.parametrize("name", SERVED)
def test_what_is_served_stays_as_it_was_and_shows_nothing_private(name):
    _no_target_is_missed(_reports(SERVED)[name])
