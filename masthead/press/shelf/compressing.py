"""The encodings of a body, made once when a page is printed."""

import gzip
import sys
from collections.abc import Mapping

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# Below it a compressed body and its header are hardly shorter than the body.
LEAST_BYTES = 200
GZIP_LEVEL = 5  # 6 takes an eighth longer for 0.6 %
BROTLI_QUALITY = 5  # 9 takes four times as long for 2 %
BROTLI_WINDOW = 16  # 64 KB: a quarter quicker than the 4 MB by default, and no larger
ZSTD_LEVEL = 6  # 9 takes a third longer for 1.3 %


ALL = ("gzip", "br", "zstd")


def compress(body: bytes, *, in_haste: bool = False) -> dict[str, bytes]:
    """
    The body by encoding: "gzip", "br" and "zstd", or "identity" alone when it does not shrink.

    in_haste: gzip alone, which everybody understands; a reader waits. The same body gives the same
    bytes, whenever it is asked.
    """
    if len(body) < LEAST_BYTES:
        return {"identity": body}
    packed = gzip.compress(body, GZIP_LEVEL, mtime=0)
    if len(packed) >= len(body):
        return {"identity": body}
    if in_haste:
        return {"gzip": packed}
    return {
        "gzip": packed,
        "br": brotli.compress(
            body, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY, lgwin=BROTLI_WINDOW
        ),
        "zstd": zstd.compress(body, level=ZSTD_LEVEL),
    }


def is_complete(bodies: Mapping[str, bytes]) -> bool:
    """Whether a body is there in every encoding that is of use."""
    return "identity" in bodies or all(each in bodies for each in ALL)


def identity(bodies: Mapping[str, bytes]) -> bytes:
    """The body itself."""
    plain = bodies.get("identity")
    return gzip.decompress(bodies["gzip"]) if plain is None else plain


def gzipped(bodies: Mapping[str, bytes]) -> bytes:
    """The body for whoever keeps only gzip."""
    packed = bodies.get("gzip")
    return gzip.compress(bodies["identity"], GZIP_LEVEL, mtime=0) if packed is None else packed
