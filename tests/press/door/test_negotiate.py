import pytest

from masthead.press.door.lately import Lately
from masthead.press.door.negotiate import ANY, preference, tags


@pytest.mark.parametrize(
    ("accepted", "wanted"),
    [
        (b"gzip, deflate, br, zstd", ("br", "zstd", "gzip", "identity")),
        (b"gzip", ("gzip", "identity")),
        (b"GZIP;Q=0.5, br;q=0.4", ("gzip", "br", "identity")),
        (b"", ("identity",)),
        (b"*", ("br", "zstd", "gzip", "identity")),
        (b"*;q=0", ()),
        (b"*;q=0, gzip", ("gzip",)),
        (b"identity;q=0, gzip;q=0.1", ("gzip",)),
        (b"br;q=0, *;q=0.2", ("zstd", "gzip", "identity")),
        (b"identity, gzip;q=0.5", ("identity", "gzip")),
        (b"x-gzip", ("gzip", "identity")),
        (b"gzip;q=2, br;q=x, zstd;level=3", ("identity",)),
        (b"gzip;q=0.000", ("identity",)),
    ],
)
def test_the_heaviest_coding_comes_first(accepted: bytes, wanted: tuple[str, ...]) -> None:
    assert preference(accepted) == wanted


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (b'"a"', {b'"a"'}),
        (b'W/"a", "b"', {b'"a"', b'"b"'}),
        (b'"a,b" ,"c"', {b'"a,b"', b'"c"'}),
        (b" * ", {ANY}),
        (b"a", set()),
        (b'"a" "b"', set()),
        (b'"a", *', set()),
        (b"", set()),
    ],
)
def test_tags_are_read_as_a_list(value: bytes, found: set[bytes]) -> None:
    assert tags(value) == found


def test_a_flood_of_questions_is_forgotten() -> None:
    lately = Lately(len, most=10)

    for number in range(100):
        lately("x" * number)

    assert len(lately.known) <= 10
