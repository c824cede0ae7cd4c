"""Containers as files: whole or not there, whenever the machine stops."""

import os
import secrets
from hashlib import blake2b
from pathlib import Path

TEMPORARY = ".new-"
FOLDER_MODE = 0o750


def page_name(host: str, target: str, variant: str) -> str:
    """
    A new file's name below pages/: by place, and one of its own for each print.

    The ledger's row says which one counts, so nothing is ever written over.
    """
    place = "\0".join((host, target, variant)).encode("utf-8", "surrogatepass")
    digest = blake2b(place, digest_size=16).hexdigest()
    return f"{digest[:2]}/{digest}-{secrets.token_hex(6)}.page"


def write_whole(file: Path, data: bytes, *, mode: int = 0o640, lasting: bool = True) -> None:
    """
    By a temporary file beside it and a rename, both on the disk when this returns.

    lasting: False leaves it to the system when that is; until then a power cut may take it.
    """
    temporary = write_beside(file, data, mode=mode, lasting=lasting)
    try:
        put_in_place(temporary, file, lasting=lasting)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_beside(file: Path, data: bytes, *, mode: int = 0o640, lasting: bool = True) -> Path:
    """The temporary file, on the disk if `lasting`. Its folder is made when it is missing."""
    temporary = file.with_name(f"{TEMPORARY}{secrets.token_hex(6)}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        handle = os.open(temporary, flags, mode)
    except FileNotFoundError:
        file.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        sync_folder(file.parent.parent)
        handle = os.open(temporary, flags, mode)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            if lasting:
                out.flush()
                os.fsync(out.fileno())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def put_in_place(temporary: Path, file: Path, *, lasting: bool = True) -> None:
    temporary.replace(file)
    if lasting:
        sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def load(path: str) -> bytes | None:
    """The bytes of a file, None when it is not there. Plain calls: a reader is waiting."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        left = os.fstat(handle).st_size
        data = os.read(handle, left)
        while len(data) < left and (more := os.read(handle, left - len(data))):
            data += more
        return data
    finally:
        os.close(handle)
