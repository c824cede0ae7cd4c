"""Bodies are compressed once, the same way each time."""

import gzip
import os
import sys

import brotli
import pytest

from masthead.press.shelf.compressing import compress, gzipped, identity
from tests.press.shelf.pages import TEXT

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

BODY = TEXT.encode()


def test_each_encoding_holds_the_body():
    bodies = compress(BODY)

    assert list(bodies) == ["gzip", "br", "zstd"]
    assert gzip.decompress(bodies["gzip"]) == BODY
    assert brotli.decompress(bodies["br"]) == BODY
    assert zstd.decompress(bodies["zstd"]) == BODY


def test_the_same_body_gives_the_same_bytes(clock):
    first = compress(BODY)
    clock.shift(3600)

    assert compress(BODY) == first


@pytest.mark.parametrize("body", [b"", b"short", os.urandom(5000)], ids=["none", "short", "noise"])
def test_what_does_not_shrink_is_kept_as_it_is(body):
    assert compress(body) == {"identity": body}


@pytest.mark.parametrize("body", [b"short", BODY])
def test_the_body_and_its_gzip_are_always_to_be_had(body):
    bodies = compress(body)

    assert identity(bodies) == body
    assert gzip.decompress(gzipped(bodies)) == body
