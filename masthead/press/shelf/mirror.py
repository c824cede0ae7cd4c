"""Public pages as plain files below mirror/public/HOST/, for an nginx in front."""

import logging
import os
import re
from contextlib import suppress
from pathlib import Path

from masthead.press.shelf.changes import PUBLIC
from masthead.press.shelf.compressing import gzipped
from masthead.press.shelf.container import Page
from masthead.press.shelf.files import TEMPORARY, write_beside
from masthead.press.shelf.ledger import Connection, Ledger

HOST = re.compile(r"(?!\.)[a-z0-9.:\[\]-]{1,253}\Z")
# A file's name has 255 bytes at most; “.gz” goes behind it.
MOST_BYTES_OF_A_PART = 240
MOST_BYTES_OF_A_PATH = 2_000
INDEX = "index.html"
HTML = "text/html; charset=utf-8"
# What a file's name says about its type, to nginx and to whoever looks at an export.
TYPES = {
    "feed.xml": "application/rss+xml; charset=utf-8",
    "atom.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
    "robots.txt": "text/plain; charset=utf-8",
    "security.txt": "text/plain; charset=utf-8",
    "ads.txt": "text/plain; charset=utf-8",
    "app-ads.txt": "text/plain; charset=utf-8",
    "sellers.json": "application/json; charset=utf-8",
}
SITEMAP = re.compile(r"sitemap(-[a-z0-9-]+)?\.xml\Z")
SITEMAP_TYPE = "application/xml; charset=utf-8"

logger = logging.getLogger(__name__)


def type_of(name: str) -> str | None:
    """The type that a file of this name is sent with; None for names that say nothing."""
    if name in ("", INDEX):
        return HTML
    return SITEMAP_TYPE if SITEMAP.match(name) else TYPES.get(name)


def _bare(kind: str) -> str:
    """A type without its parameters."""
    return kind.partition(";")[0].strip().lower()


def file_path(target: str) -> str | None:
    """Where a path lies below its host's folder; None when it is not safe as a file's name."""
    if not target.startswith("/") or "?" in target or not target.isprintable():
        return None
    if len(target.encode("utf-8", "replace")) > MOST_BYTES_OF_A_PATH:
        return None
    *folders, name = target[1:].split("/")
    if name == INDEX or not all(_is_safe(part) for part in folders):
        return None
    if name and not _is_safe(name):
        return None
    return "/".join((*folders, name or INDEX))


def _is_safe(part: str) -> bool:
    """Also not a name that another file of the mirror could have."""
    if not part or "\\" in part or len(part.encode("utf-8", "replace")) > MOST_BYTES_OF_A_PART:
        return False
    return not part.endswith(".gz") and (not part.startswith(".") or part == ".well-known")


class Mirror:
    def __init__(self, folder: Path, *, is_on: bool) -> None:
        self.folder = folder
        self.is_on = is_on

    def file(self, host: str, target: str) -> Path | None:
        path = file_path(target)
        if path is None or not HOST.match(host):
            return None
        return self.folder / PUBLIC / host / f"{path}.gz"

    def takes(self, page: Page) -> bool:
        """Only what a file with nginx's headers says as well as the page does."""
        if not self.is_on or (page.variant, page.status) != (PUBLIC, 200):
            return False
        headers = {name.lower(): value for name, value in page.headers}
        shared = headers.get("cache-control", "").startswith("public")
        kind = type_of(page.target.rpartition("/")[2])
        return (
            shared
            and kind is not None
            and _bare(kind) == _bare(headers.get("content-type", ""))
            and self.file(page.host, page.target) is not None
        )

    def remove(self, host: str, target: str, variant: str) -> None:
        """Call before the commit that takes the page off: a killed program leaves none behind."""
        file = self.file(host, target) if variant == PUBLIC else None
        if file is not None:
            with suppress(FileNotFoundError, NotADirectoryError):
                file.unlink()

    def write(self, ledger: Ledger, page: Page, *, name: str) -> bool:
        """
        The page whose row names the container `name`; not when another print is there already.

        A mirror that cannot be written is a warning: the program has the page.
        """
        file = self.file(page.host, page.target)
        if file is None:
            return False
        try:
            temporary = write_beside(file, gzipped(page.bodies), mode=0o644)
            try:
                with ledger.writing() as connection:
                    if is_current := _note_mirrored(connection, page, name):
                        temporary.replace(file)
            finally:
                temporary.unlink(missing_ok=True)
        except OSError as error:
            logger.warning("%s is not in the mirror: %s", page.target, error)
            return False
        return is_current

    def leftovers(self, *, before: float) -> list[Path]:
        """Temporary files older than that, from a program that was killed."""
        return [
            Path(folder, name)
            for folder, _, names in os.walk(self.folder)
            for name in names
            if name.startswith(TEMPORARY) and Path(folder, name).stat().st_mtime < before
        ]


def _note_mirrored(connection: Connection, page: Page, name: str) -> bool:
    """Committed after the rename; killed in between, `mirrored` is 0 and it is written again."""
    row = connection.execute(
        "UPDATE page SET mirrored = 1 WHERE host = ? AND target = ? AND variant = ? AND file = ?"
        " RETURNING id",
        (page.host, page.target, page.variant, name),
    ).fetchone()
    return row is not None
