"""The newsroom's program listens for the front door alone."""

import os
import stat
from pathlib import Path

from masthead.cli.app import bind_for_door


def test_nobody_else_may_speak_to_the_socket(tmp_path: Path) -> None:
    with bind_for_door(tmp_path / "app.sock"):
        mode = (tmp_path / "app.sock").stat().st_mode

    assert stat.S_IMODE(mode) == 0o600


def test_files_made_later_are_as_open_as_before(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        with bind_for_door(tmp_path / "app.sock"):
            (tmp_path / "page").touch(0o640)
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "page").stat().st_mode) == 0o640


def test_what_a_killed_process_left_is_no_hindrance(tmp_path: Path) -> None:
    bind_for_door(tmp_path / "app.sock").close()

    with bind_for_door(tmp_path / "app.sock") as listener:
        assert listener.getsockname() == str(tmp_path / "app.sock")
