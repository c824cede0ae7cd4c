import pytest

from masthead.press.door.classes import NOBODY, Classes, Membership, make
from masthead.press.door.plain import Recogniser, Wanted
from tests.press.door.shelving import SECRET

BROWSER = (
    b"\r\nHost: courier.example:8000\r\nConnection: keep-alive\r\n"
    b'sec-ch-ua: "Chromium";v="142"\r\nUpgrade-Insecure-Requests: 1\r\n'
    b"User-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\nAccept: text/html,*/*;q=0.8\r\n"
    b"Accept-Encoding: gzip\r\nAccept-Language: en\r\n\r\n"
)
PUBLIC = Wanted(b"courier.example", ("gzip", "identity"), NOBODY, None)


def read(block: bytes) -> Wanted | None:
    return Recogniser(Classes(SECRET)).read(block)


def test_a_browsers_header_is_plain() -> None:
    assert read(BROWSER) == PUBLIC


def test_changing_lines_are_read_each_time() -> None:
    recogniser = Recogniser(Classes(SECRET))
    member = make("members", 5, SECRET).encode()

    found = [
        recogniser.read(b"\r\n" + line + b"Accept-Encoding: gzip\r\nHost: courier.example\r\n\r\n")
        for line in (
            b"Referer: https://one.example/\r\n",
            b"Cookie: masthead_class=" + member + b"\r\n",
            b'If-None-Match: W/"x"\r\n',
            b"",
        )
    ]

    assert found == [
        PUBLIC,
        Wanted(b"courier.example", ("gzip", "identity"), Membership("members", 5.0), None),
        Wanted(b"courier.example", ("gzip", "identity"), NOBODY, {b'"x"'}),
        PUBLIC,
    ]


def test_names_count_in_either_case() -> None:
    member = make("members", 5, SECRET).encode()
    block = b"\r\ncookie: masthead_class=%b\r\nHOST: c.example\r\nif-none-match: *\r\n\r\n" % member

    assert read(block) == Wanted(b"c.example", ("identity",), Membership("members", 5.0), {b"*"})


@pytest.mark.parametrize(
    "line",
    [
        b"Host: other.example",
        b"host: courier.example",
        b"Content-Length: 0",
        b"content-length: 5",
        b"Transfer-Encoding: chunked",
        b"Transfer-Encoding : chunked",
        b"TE: trailers",
        b"Trailer: x",
        b"Upgrade: websocket",
        b"Expect: 100-continue",
        b"Connection: close",
        b"Connection: keep-alive, upgrade",
        b"Keep-Alive: 5",
        b"Proxy-Connection: keep-alive",
        b"If-Match: *",
        b"If-Modified-Since: x",
        b"HTTP2-Settings",
        b"X: a\x00b",
        b"X: a\nb",
        b"X: a\rb",
        b"X: caf\xc3\xa9",
        b"X: a\x7f",
        b"X: a\tb",
        b"X y: a",
        b"X",
        b": x",
        b" folded",
        b"\tfolded",
        b"X\x00: a",
        b"Cookie: a\nContent-Length: 5",
        b"Cookie: a\rContent-Length: 5",
        b"Referer: \x00",
        b"Referer: a\nHost: b",
        b'If-None-Match: "a"\r\nIf-None-Match: "b"',
        b"Cookie: a=b\r\nCookie: c=d",
        b"Cookie: a=b\r\ncookie: c=d",
        b"Accept-Encoding: br",
        b"accept-encoding: br",
    ],
)
def test_what_is_not_plain_is_left_to_the_server(line: bytes) -> None:
    assert read(BROWSER[:-2] + line + b"\r\n\r\n") is None
    assert read(b"\r\n" + line + BROWSER) is None


@pytest.mark.parametrize(
    "block",
    [
        b"",
        b"\r\n",
        b"\r\n\r\n",
        BROWSER[:-1],
        BROWSER[:-2],
        BROWSER + b"x",
        BROWSER + b"\r\n",
        BROWSER + b"GET / HTTP/1.1\r\n\r\n",
        BROWSER.replace(b"\r\n", b"\n"),
        BROWSER[2:],
        b" " + BROWSER,
        b"\r\nAccept: x\r\n\r\n",
        b"\r\nHost: Courier.example\r\n\r\n",
        b"\r\nHost: courier.example/x\r\n\r\n",
        b"\r\nHost: a@courier.example\r\n\r\n",
        b"\r\nHost: courier.example:\r\n\r\n",
        b"\r\nHost:\r\n\r\n",
        b"\r\nHost:  courier.example\r\n\r\n",
    ],
)
def test_an_incomplete_block_is_left_to_the_server(block: bytes) -> None:
    assert read(block) is None


def test_a_flood_of_headers_is_forgotten() -> None:
    recogniser = Recogniser(Classes(SECRET))

    for number in range(10_000):
        recogniser.read(b"\r\nHost: a.example\r\nX: %d\r\n\r\n" % number)

    assert len(recogniser._steady) <= 4096


@pytest.mark.parametrize("name", [b"Referer", b"If-None-Match"])
@pytest.mark.parametrize(
    "value",
    [
        b'"b"',
        b"",
        b" ",
        b'"b"\r\nX: y',
        b'"b"\r\nHost: other.example',
        b'"b"\r\nContent-Length: 5',
        b'"b"\nX: y',
        b'"b"\r\n\r\nGET / HTTP/1.1\r\nHost: a',
        b"caf\xe9",
        b"\x00",
    ],
)
def test_a_changed_line_is_read_as_if_it_were_the_first(name: bytes, value: bytes) -> None:
    recogniser = Recogniser(Classes(SECRET))
    first = BROWSER[:-2] + name + b': "a"\r\nCookie: a=b\r\n\r\n'
    before = recogniser.read(first)
    assert before is not None

    for end in (first[first.index(b'"a"') + 3 :], b"\r\n\r\n", b""):
        block = first[: first.index(b'"a"')] + value + end
        assert recogniser.again(before, block) == read(block)


@pytest.mark.parametrize(
    "page", [b"/b", b"", b" ", b"/b\r\nX: y", b"/b\r\nIf-None-Match: b", b"\x00"]
)
@pytest.mark.parametrize("tag", [b'"b"', b"", b'"b"\r\nHost: other.example', b'"b"\n', b"caf\xe9"])
def test_two_changed_lines_are_read_as_if_they_were_the_first(page: bytes, tag: bytes) -> None:
    recogniser = Recogniser(Classes(SECRET))
    block = BROWSER[:-2] + b"Referer: %b\r\nCookie: a=b\r\nIf-None-Match: %b\r\n\r\n"
    before = recogniser.read(block % (b"/a", b'"a"'))
    assert before is not None

    assert recogniser.again(before, block % (page, tag)) == read(block % (page, tag))


def test_changed_lines_in_another_order_are_read_as_well() -> None:
    recogniser = Recogniser(Classes(SECRET))
    block = BROWSER[:-2] + b"If-None-Match: %b\r\nReferer: %b\r\n\r\n"
    before = recogniser.read(block % (b'"a"', b"/a"))
    assert before is not None

    assert recogniser.again(before, block % (b'"b"', b"/b")) == read(block % (b'"b"', b"/b"))
