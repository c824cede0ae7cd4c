"""Assets and the copies of pictures, straight from the disk."""

import asyncio
import re
from io import BufferedIOBase
from pathlib import Path, PurePosixPath
from typing import Any

from whitenoise.media_types import MediaTypes
from whitenoise.responders import MissingFileError, NotARegularFileError, StaticFile

from masthead.press.door.negotiate import ANY, preference, tags
from masthead.press.door.sending import Receive, Scope, Send, answer, sentence

ASSETS = "/assets/"
# Under /media/ only what anybody may have; the app knows who may have the rest.
COPIES, SHARED = "/media/pictures/", "/media/share/"
FOR_EVER = "public, max-age=31536000, immutable"
# A share picture may be drawn anew under its name, and goes with its article.
A_WHILE = "public, max-age=300"
# As WhiteNoise says for files in the app: ten years with a hash in the name, else a minute.
HASHED = "max-age=315360000, public, immutable"
A_MINUTE = "max-age=60, public"
_HASH = re.compile(r"\.[0-9a-f]{12}\.[^/]+\Z")
MOST_KNOWN = 2_000
CHUNK_BYTES = 131_072
# Reading less from the page cache is quicker than handing it to a thread.
QUICK_BYTES = 262_144
_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
_EVERY = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
]
_ASKED = {
    b"range": "HTTP_RANGE",
    b"if-modified-since": "HTTP_IF_MODIFIED_SINCE",
}


class Files:
    """
    assets, media: the folders. is_secure: the network is reached by https.

    show_missing: let the app look for what is not here (developers' assets).
    """

    def __init__(
        self, *, assets: Path, media: Path, is_secure: bool = False, show_missing: bool = False
    ) -> None:
        self._assets, self._media = assets, media
        self._is_secure, self._show_missing = is_secure, show_missing
        self._types = MediaTypes()
        self._known: dict[str, StaticFile] = {}

    def are_asked(self, scope: Scope) -> bool:
        return scope["path"].startswith((ASSETS, COPIES, SHARED))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Whether this was answered."""
        found = self.find(scope["path"])
        if found is None:
            if self._show_missing:
                return False
            await sentence(scope, send, 404, "There is no such file.")
            return True
        try:
            response = found.get_response(scope["method"], _asked(scope, found))
        except FileNotFoundError:  # deleted since it was looked up
            self._known.pop(scope["path"], None)
            await sentence(scope, send, 404, "There is no such file.")
            return True
        await _send(scope, send, response)
        return True

    def find(self, path: str) -> StaticFile | None:
        found = self._known.get(path)
        if found is None:
            found = self._look_up(path)
            # A file without hash in its name may be another one tomorrow.
            if found is not None and (path.startswith(COPIES) or _HASH.search(path)):
                if len(self._known) >= MOST_KNOWN:
                    self._known.clear()
                self._known[path] = found
        return found

    def _look_up(self, path: str) -> StaticFile | None:
        is_asset = path.startswith(ASSETS)
        file = _inside(self._assets if is_asset else self._media, path.split("/", 2)[2])
        if file is None:
            return None
        name = str(file)
        try:
            if is_asset:
                encodings = {"gzip": f"{name}.gz", "br": f"{name}.br"}
                return StaticFile(name, self._asset_headers(path), encodings)
            return StaticFile(name, self._picture_headers(path))
        except (MissingFileError, NotARegularFileError):
            return None
        except (OSError, ValueError):  # a name no file can have
            return None

    def _asset_headers(self, path: str) -> list[tuple[str, str]]:
        kind: str = self._types.get_type(path)
        if kind.startswith("text/"):
            kind += '; charset="utf-8"'
        return [
            ("Content-Type", kind),
            ("Cache-Control", HASHED if _HASH.search(path) else A_MINUTE),
            ("Access-Control-Allow-Origin", "*"),
            *self._always(),
        ]

    def _picture_headers(self, path: str) -> list[tuple[str, str]]:
        return [
            (
                "Content-Type",
                _TYPES.get(PurePosixPath(path).suffix.lower(), "application/octet-stream"),
            ),
            ("Cache-Control", A_WHILE if path.startswith(SHARED) else FOR_EVER),
            ("Content-Security-Policy", "default-src 'none'; sandbox"),
            ("Accept-Ranges", "bytes"),
            # Feed readers and sister outlets show our pictures from other hosts.
            ("Cross-Origin-Resource-Policy", "cross-origin"),
            *self._always(),
        ]

    def _always(self) -> list[tuple[str, str]]:
        if self._is_secure:
            return [*_EVERY, ("Strict-Transport-Security", "max-age=31536000")]
        return _EVERY


def _inside(root: Path, path: str) -> Path | None:
    """The file meant, when it is below `root` and no part of its path is hidden."""
    if not path or "\\" in path or "\0" in path or "//" in path or path.endswith("/"):
        return None
    if any(part.startswith((".", "/")) for part in PurePosixPath(path).parts):
        return None
    root = root.resolve()
    try:
        file = (root / path).resolve()
    except OSError:  # a loop of links, a name too long
        return None
    return file if file.is_relative_to(root) else None


def _asked(scope: Scope, found: StaticFile) -> dict[str, str]:
    """The request as StaticFile reads it."""
    lines = dict(scope["headers"])
    asked = {
        _ASKED[name]: value.decode("latin-1") for name, value in lines.items() if name in _ASKED
    }
    codings = preference(lines.get(b"accept-encoding", b"").strip())
    asked["HTTP_ACCEPT_ENCODING"] = ", ".join(codings)
    if b"if-none-match" in lines:
        had = tags(lines[b"if-none-match"])
        etag = found.etag
        is_had = etag is not None and (etag.encode("latin-1") in had or ANY in had)
        asked["HTTP_IF_NONE_MATCH"] = etag if is_had else ""
    return asked


async def _send(scope: Scope, send: Send, response: Any) -> None:
    lines = [
        (name.lower().encode("latin-1"), value.encode("latin-1"))
        for name, value in response.headers
    ]
    if response.file is None:
        has_length = any(name == b"content-length" for name, _ in lines)
        has_none = response.status == 304 or has_length
        await answer(scope, send, int(response.status), lines, length=not has_none)
        return
    with response.file as file:
        await send(
            {"type": "http.response.start", "status": int(response.status), "headers": lines}
        )
        length = int(dict(lines).get(b"content-length", b"0"))
        await _send_body(send, file, is_quick=length <= QUICK_BYTES)


async def _send_body(send: Send, file: BufferedIOBase, *, is_quick: bool) -> None:
    while True:
        if is_quick:
            piece = file.read(QUICK_BYTES)
        else:
            piece = await asyncio.to_thread(file.read, CHUNK_BYTES)
        await send({"type": "http.response.body", "body": piece, "more_body": bool(piece)})
        if not piece:
            return
