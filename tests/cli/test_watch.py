"""The processes that `masthead up` starts."""

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from masthead.cli.watch import AFTER_READERS, AFTER_THE_DESK, Child


@pytest.mark.parametrize("niceness", [0, AFTER_READERS, AFTER_THE_DESK])
def test_a_process_gives_way_to_those_before_it(
    tmp_path: Path, monkeypatch: Any, niceness: int
) -> None:
    sleeper = tmp_path / "sleeper"
    sleeper.write_text("#!/bin/sh\nexec sleep 30\n")
    sleeper.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(sleeper))
    child = Child("worker", [], niceness)

    child.start()

    assert child.process is not None
    assert os.getpriority(os.PRIO_PROCESS, child.process.pid) == os.nice(0) + niceness
    group = Path(f"/proc/{child.process.pid}/autogroup")
    if group.exists():
        assert group.read_text().endswith(f"nice {niceness}\n")
    child.stop()
    child.wait()
