"""What caches keep, as plain bytes."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import brotli

from masthead.press.shelf import Shelf
from masthead.press.shelf.compressing import identity

try:
    from compression import zstd
except ImportError:
    from backports import zstd

Place = tuple[str, str, str]


def unpacked(body: bytes, coding: str) -> bytes:
    if not body:  # of a 304, or a redirect
        return body
    match coding:
        case "gzip":
            return gzip.decompress(body)
        case "br":
            return bytes(brotli.decompress(body))
        case "zstd":
            return bytes(zstd.decompress(body))
    return body


def shelved(shelf: Shelf) -> Iterator[tuple[Place, bytes]]:
    """Each page's headers and body."""
    places = shelf.showing(["*"], most=1_000_000)
    for place in places:
        page = shelf.read(*place)
        if page is not None:
            yield place, repr(page.headers).encode() + identity(page.bodies)


def cached_by_nginx(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Each file: nginx's own header, the answer's header, and its body unpacked."""
    for file in sorted(folder.rglob("*")):
        if not file.is_file():
            continue
        data = file.read_bytes()
        start = data.find(b"HTTP/1.1 ")
        head, _, body = data[start:].partition(b"\r\n\r\n")
        lines = [line.partition(b": ") for line in head.lower().split(b"\r\n")]
        coding = next((value for name, _, value in lines if name == b"content-encoding"), b"")
        yield file.name, data[:start] + head + unpacked(body, coding.decode())
