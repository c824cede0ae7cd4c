"""Writing files that are whole or not there."""

import os
import tempfile
from pathlib import Path


def write_whole(file: Path, content: bytes, *, mode: int = 0o640) -> None:
    """
    Write by temporary file, fsync and rename: after a crash the file is old or new, never half.

    Makes the folder. Raises OSError, and leaves no temporary file behind.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(mode)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
