"""
A page as it lies on the shelf: one file with its headers, its bodies and a seal.

First line: what this is. Second: everything but the bodies, as JSON. Then the bodies, one after
another, and HMAC-SHA256 over all of it.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MAGIC = b"masthead-page 1\n"
SEAL_BYTES = 32
_FIELDS = (
    "host",
    "target",
    "variant",
    "status",
    "headers",
    "etag",
    "keys",
    "seen",
    "printed_at",
    "fresh_until",
    "for_all",
)


class Tampered(Exception):
    """A container was changed or cut since it was sealed."""


@dataclass(frozen=True, slots=True)
class Page:
    """
    One printed page of one variant.

    target: the decoded path, with "?name=value" of allowed parameters; "!404" and an outlet's
        prefix for the page about what is not there.
    headers: without Content-Length, Content-Encoding, ETag, Date and Vary.
    bodies: by encoding ("gzip", "br", "zstd"), or "identity" alone for what does not shrink. Only
        "gzip" for a page just printed while a reader waits.
    etag: hex, of the identity body.
    keys: what the page shows; a purge names some of them. Without spaces.
    seen: the highest purge number that the print could see.
    printed_at, fresh_until: seconds since 1970.
    for_all: the public's print is right for every class of readers.
    """

    host: str
    target: str
    variant: str
    status: int
    headers: tuple[tuple[str, str], ...]
    bodies: Mapping[str, bytes]
    etag: str
    keys: tuple[str, ...]
    seen: int
    printed_at: float
    fresh_until: float | None
    for_all: bool = False


def pack(page: Page, *, secret: bytes) -> bytes:
    about: dict[str, Any] = {name: getattr(page, name) for name in _FIELDS}
    about["lengths"] = {name: len(body) for name, body in page.bodies.items()}
    # ASCII and without spaces: shorter to read back, and a line break can only be the end.
    line = json.dumps(about, separators=(",", ":")).encode("ascii")
    data = b"".join((MAGIC, line, b"\n", *page.bodies.values()))
    return data + hmac.digest(secret, data, "sha256")


def unpack(data: bytes, *, secret: bytes) -> Page:
    """The page that was packed. Raises Tampered for anything else, also a file that was cut."""
    content = memoryview(data)[:-SEAL_BYTES]
    seal = data[-SEAL_BYTES:]
    if not hmac.compare_digest(hmac.digest(secret, content, "sha256"), seal):
        raise Tampered("The seal does not fit.")
    if not data.startswith(MAGIC):
        raise Tampered("This is not a page, or one of another release.")
    end = data.index(b"\n", len(MAGIC))
    about = json.loads(data[len(MAGIC) : end])
    bodies, at = {}, end + 1
    for name, length in about.pop("lengths").items():
        bodies[name] = data[at : at + length]
        at += length
    about["headers"] = tuple((name, value) for name, value in about["headers"])
    about["keys"] = tuple(about["keys"])
    return Page(bodies=bodies, **about)


def first_body(data: bytes) -> int:
    """Where the bodies begin in a container."""
    return data.index(b"\n", len(MAGIC)) + 1
