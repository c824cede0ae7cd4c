"""A page goes into its file and comes out as it was, or not at all."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.press.shelf import Page, Tampered, pack, unpack
from tests.press.shelf.pages import SECRET, a_page

words = st.text(max_size=20)
times = st.floats(min_value=0, max_value=1e11)
pages = st.builds(
    Page,
    host=words,
    target=st.text(st.characters(), max_size=40),
    variant=words,
    status=st.sampled_from([200, 301, 404, 410]),
    headers=st.lists(st.tuples(words, words), max_size=4).map(tuple),
    bodies=st.one_of(
        st.fixed_dictionaries({"identity": st.binary(max_size=300)}),
        st.fixed_dictionaries({name: st.binary(max_size=300) for name in ("gzip", "br", "zstd")}),
    ),
    etag=words,
    keys=st.lists(words, max_size=4).map(tuple),
    seen=st.integers(min_value=0, max_value=2**62),
    printed_at=times,
    fresh_until=st.none() | times,
)


@given(pages)
def test_what_was_packed_is_unpacked(page):
    assert unpack(pack(page, secret=SECRET), secret=SECRET) == page


@given(pages, st.data())
def test_a_changed_byte_is_noticed(page, data):
    packed = bytearray(pack(page, secret=SECRET))
    packed[data.draw(st.integers(0, len(packed) - 1))] ^= data.draw(st.integers(1, 255))

    with pytest.raises(Tampered):
        unpack(bytes(packed), secret=SECRET)


@given(pages, st.data())
def test_a_file_that_was_cut_is_noticed(page, data):
    packed = pack(page, secret=SECRET)

    with pytest.raises(Tampered):
        unpack(packed[: data.draw(st.integers(0, len(packed) - 1))], secret=SECRET)


@given(st.binary(max_size=200))
def test_anything_else_is_no_page(data):
    with pytest.raises(Tampered):
        unpack(data, secret=SECRET)


def test_something_behind_the_seal_is_noticed():
    with pytest.raises(Tampered):
        unpack(pack(a_page(), secret=SECRET) + b"x", secret=SECRET)


def test_the_seal_of_another_network_does_not_fit():
    with pytest.raises(Tampered):
        unpack(pack(a_page(), secret=b"another"), secret=SECRET)


def test_a_sealed_file_of_another_release_is_no_page():
    import hmac

    data = b"masthead-page 9\n{}\n"

    with pytest.raises(Tampered, match="another release"):
        unpack(data + hmac.digest(SECRET, data, "sha256"), secret=SECRET)


def test_the_second_line_can_be_read_by_a_person():
    lines = pack(a_page(), secret=SECRET).split(b"\n")

    assert lines[0] == b"masthead-page 1"
    assert json.loads(lines[1])["target"] == "/port/bridge/"
