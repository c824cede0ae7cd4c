"""Writing files that are whole or not there."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def write_whole(file: Path, content: bytes, *, mode: int = 0o640) -> None:
    """
    Write by temporary file, fsync and rename: after a crash the file is old or new, never half.

    Makes the folder. Raises OSError, and leaves no temporary file behind.
    """
    with _written_aside(file, content, mode) as written:
        written.replace(file)


def write_first(file: Path, content: bytes, *, mode: int = 0o640) -> bool:
    """
    As `write_whole`, but never over a file that is there; answers whether it was written.

    Of two processes at once one writes, and the other finds that file whole.
    """
    with _written_aside(file, content, mode) as written:
        try:
            os.link(written, file)
        except FileExistsError:
            return False
    return True


@contextmanager
def _written_aside(file: Path, content: bytes, mode: int) -> Iterator[Path]:
    """A synced temporary file in the same folder, whose name is gone afterwards."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(mode)
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
