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


def compress(body: bytes) -> dict[str, bytes]:
    """
    The body by encoding: "gzip", "br" and "zstd", or "identity" alone when it does not shrink.

    The same body gives the same bytes, whenever it is asked.
    """
    if len(body) < LEAST_BYTES:
        return {"identity": body}
    packed = gzip.compress(body, GZIP_LEVEL, mtime=0)
    if len(packed) >= len(body):
        return {"identity": body}
    return {
        "gzip": packed,
        "br": brotli.compress(
            body, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY, lgwin=BROTLI_WINDOW
        ),
        "zstd": zstd.compress(body, level=ZSTD_LEVEL),
    }


def identity(bodies: Mapping[str, bytes]) -> bytes:
    """The body itself."""
    plain = bodies.get("identity")
    return gzip.decompress(bodies["gzip"]) if plain is None else plain


def gzipped(bodies: Mapping[str, bytes]) -> bytes:
    """The body for whoever keeps only gzip."""
    packed = bodies.get("gzip")
    return gzip.compress(bodies["identity"], GZIP_LEVEL, mtime=0) if packed is None else packed
