"""A program of others at the front door: one that asks the API whatever it can."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.network import Network

pytestmark = pytest.mark.journey
SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
# What is no place in a list, and what nobody described, changes nothing here: it is not refused.
LENIENT = "negative_data_rejection"
SHORT = 6  # questions of each kind to each address


def test_the_api_keeps_to_its_description_whatever_is_asked(demo: Network, tmp_path: Path) -> None:
    done = subprocess.run(
        [
            str(SCHEMATHESIS),
            "run",
            f"{demo.base}/courier/api/v1/openapi.json",
            "--checks=all",
            f"--exclude-checks={LENIENT}",
            "--phases=examples,coverage,fuzzing",
            f"--max-examples={SHORT}",
            "--seed=1",
            "--no-color",
            "--warnings=off",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
