"""Whether a data folder was made ready by exactly this release, told without loading Django."""

import hashlib
from pathlib import Path

import masthead

PACKAGE = Path(masthead.__file__).parent


def release_digest() -> str:
    """Changes whenever a migration, an asset or a dependency does."""
    digest = hashlib.sha256(masthead.__version__.encode())
    for pattern in ("*/migrations/*.py", "*/static/**/*", "conf/settings.py"):
        for file in sorted(PACKAGE.glob(pattern)):
            if file.is_file():
                stat = file.stat()
                digest.update(f"{file.name} {stat.st_size} {stat.st_mtime_ns}".encode())
    for metadata in sorted(PACKAGE.parent.glob("requirements.lock")):
        digest.update(metadata.read_bytes())
    return digest.hexdigest()


def is_ready(data: Path) -> bool:
    try:
        return (data / "ready").read_text() == release_digest()
    except FileNotFoundError:
        return False


def mark_ready(data: Path) -> None:
    (data / "ready").write_text(release_digest())


def has_begun(data: Path) -> bool:
    """Whether the folder was given its demo or its owner; the database is asked when not."""
    return (data / "begun").exists()


def mark_begun(data: Path) -> None:
    (data / "begun").touch()
