"""Which assets and pictures a page needs, and what those need in turn."""

import re
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

# Absolute addresses count by their path: what an outlet shows lies below it.
_USED = re.compile(rb"/(?:assets|media/pictures|media/share)/[^\s\"'<>()\\?#,;&]+")
_BY_ASSET = re.compile(rb"[\"'(]((?:\.{1,2}/|/assets/)[^\s\"'()?#]+)")
_TEXT = {".css", ".js", ".mjs", ".webmanifest"}


def files_used(body: bytes) -> set[str]:
    """Paths such as /assets/x.css and /media/pictures/y.avif, decoded."""
    return {unquote(each.decode("utf-8", "replace")) for each in _USED.findall(body)}


def assets_used(path: str, file: Path) -> set[str]:
    """Those that a style sheet or script names, relative to itself."""
    if file.suffix not in _TEXT:
        return set()
    found = {each.decode("utf-8", "replace") for each in _BY_ASSET.findall(file.read_bytes())}
    return {_joined(path, unquote(each)) for each in found}


def _joined(path: str, relative: str) -> str:
    if relative.startswith("/"):
        return relative
    parts = list(PurePosixPath(path).parent.parts)
    for part in PurePosixPath(relative).parts:
        if part == "..":
            parts = parts[:-1] or parts
        else:
            parts.append(part)
    return str(PurePosixPath(*parts))


def source(path: str, *, assets: Path, media: Path) -> Path | None:
    """The file on disk, None when it is none of ours or not there."""
    first, _, rest = path.lstrip("/").partition("/")
    root = {"assets": assets, "media": media}.get(first)
    parts = PurePosixPath(rest).parts
    if root is None or any(part.startswith((".", "/")) or "\0" in part for part in parts):
        return None
    if len(path.encode("utf-8", "replace")) > 2_000:
        return None
    file = root / rest
    return file if file.is_file() else None
