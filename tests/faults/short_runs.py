"""The short forms of fault runs, in a process and on a database of their own."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).parent.parent.parent
PATIENCE_SECONDS = 900


def reports_of(*names: str) -> dict[str, dict[str, Any]]:
    """By name. One process runs them all: making its database takes longer than the kills."""
    lines, errors = _said_of(*names)
    try:
        found = [json.loads(line) for line in lines]
    except json.JSONDecodeError:
        pytest.fail(errors)
    assert len(found) == len(names), errors
    return {report["name"].removeprefix("faults "): report for report in found}


@cache
def _said_of(*names: str) -> tuple[list[str], str]:
    """Its last lines, and its errors; run once for the tests of all names, also when it fails."""
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.faults"]
    try:
        done = subprocess.run(
            [*command, *names, "--short", "--json"],
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        return [], str(late)
    return done.stdout.splitlines()[-len(names) :], done.stderr[-2000:]


def missed(report: dict[str, Any]) -> tuple[list[Any], list[str]]:
    """Targets that do not hold, and what was found wrong."""
    broken = [target for target in report["targets"] if not target["holds"]]
    return broken, report["figures"].get("wrong", [])
