"""Whatever arrives, the quick way and the unmodified server answer the same bytes."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from masthead.press.door.classes import make
from tests.press.door.serving import an_app, backstage, echo, get, serving, talk, undated
from tests.press.door.shelving import ARTICLE, SECRET, a_page, a_shelf

Case = list[bytes]

PLAIN = get(ARTICLE)
GZIP = get(ARTICLE, "Accept-Encoding: gzip")
POST = get("/courier/search/", "Content-Length: 3", method="POST") + b"abc"
LAST = get(ARTICLE, "Connection: close")
MEMBER = make("members", 4_000_000_000, SECRET)
ETAG = a_page().etag

# One entry: the pieces of one connection, each sent by itself.
WHOLE = [
    [PLAIN],
    [GZIP],
    [get(ARTICLE, "Accept-Encoding: br, gzip", method="HEAD")],
    [get(ARTICLE, f'If-None-Match: "{ETAG}"')],
    [get(ARTICLE, f'If-None-Match: W/"{ETAG}-gz", "x"', "Accept-Encoding: gzip")],
    [get(ARTICLE, "If-None-Match: *")],
    [get(ARTICLE, 'If-None-Match: "other"')],
    [get(ARTICLE, f"Cookie: masthead_class={MEMBER}")],
    [get(ARTICLE, "Cookie: masthead_class=members.9999999999.x")],
    [get(ARTICLE + "?utm_source=x")],
    [get("/courier/nothing/")],
    [get("/courier/nothing/", method="HEAD")],
    [get("/courier/nothing/?a=b")],
    [get("/courier/port/bridge")],
    [get("/courier/harbour/x/?q=1")],
    [get("/courier/search/?q=1")],
    [get("/", host="nobody.example")],
    [get(ARTICLE, host="127.0.0.1:8000")],
    [get(ARTICLE, host="LOCALHOST")],
    [get(ARTICLE, "Range: bytes=0-1")],
    [PLAIN, PLAIN, GZIP],
    [PLAIN, POST, PLAIN],
    [POST, PLAIN, POST],
    [PLAIN, LAST],
    [PLAIN + PLAIN],
    [PLAIN + POST + PLAIN],
    [POST + PLAIN, PLAIN],
    [LAST + PLAIN],
    [PLAIN + PLAIN[:20], PLAIN[20:], PLAIN],
    [POST[:-1], b"c" + PLAIN, PLAIN],
    [POST[:-1], b"c", PLAIN],
    [b"\r\n" + PLAIN, PLAIN],
    [b"\r\n", PLAIN],
    [b"\r", PLAIN],
    [b"\n", PLAIN],
    [PLAIN, b"\r\n", PLAIN],
    [b"x", PLAIN],
    [PLAIN, b"x", PLAIN],
]
ODD_LINES = [
    b"Content-Length: 0",
    b"Content-Length: 5",
    b"Content-Length: 5\r\nContent-Length: 5",
    b"Content-Length: 5\r\nContent-Length: 6",
    b"Content-Length: 5, 5",
    b"Content-Length: +5",
    b"Content-Length: -1",
    b"Content-Length: 0x5",
    b"Content-Length: 5 ",
    b"Content-Length: 99999999999999999999",
    b"Content-Length : 5",
    b"Content-Length\t: 5",
    b" Content-Length: 5",
    b"Content_Length: 5",
    b"Transfer-Encoding: chunked",
    b"Transfer-Encoding: chunked\r\nContent-Length: 5",
    b"Content-Length: 5\r\nTransfer-Encoding: chunked",
    b"Transfer-Encoding: identity",
    b"Transfer-Encoding: chunked, identity",
    b"Transfer-Encoding: xchunked",
    b"Transfer-Encoding:\tchunked",
    b"Transfer-Encoding:\x0bchunked",
    b"Transfer-Encoding : chunked",
    b"transfer-encoding: Chunked",
    b"X: y\r\n Transfer-Encoding: chunked",
    b"X: y\n Transfer-Encoding: chunked",
    b"X: y\nTransfer-Encoding: chunked",
    b"X: y\rTransfer-Encoding: chunked",
    b"X: y\r\n\tfolded",
    b"Host: other.example",
    b"host: 127.0.0.1",
    b"Host: ",
    b"Expect: 100-continue",
    b"Expect: something",
    b"Upgrade: websocket\r\nConnection: Upgrade",
    b"Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQ",
    b"Connection: close",
    b"Connection: keep-alive",
    b"Connection: Keep-Alive",
    b"Connection: cookie, host",
    b"Connection: close, keep-alive",
    b"Proxy-Connection: close",
    b"TE: trailers",
    b"Trailer: X",
    b"X: a\x00b",
    b"X: \x7f",
    b"X: caf\xe9",
    b"X: a\tb",
    b"X\x00: a",
    b"X\xe9: a",
    b"X y: a",
    b"X",
    b":",
    b": a",
    b"",
    b"X:",
    b"X: ",
    b"X:  a  ",
    b"X: " + b"a" * 9_000,
    b"X: " + b"a" * 70_000,
    b"If-Match: *",
    b"If-Modified-Since: Thu, 01 Jan 2026 00:00:00 GMT",
    b"X-Masthead-Door: x",
    b"X-Forwarded-Host: other.example",
]
ODD_FIRST_LINES = [
    b"get " + ARTICLE.encode() + b" HTTP/1.1",
    b"Get " + ARTICLE.encode() + b" HTTP/1.1",
    b"GET  " + ARTICLE.encode() + b" HTTP/1.1",
    b"GET " + ARTICLE.encode() + b"  HTTP/1.1",
    b"GET\t" + ARTICLE.encode() + b" HTTP/1.1",
    b"GET " + ARTICLE.encode() + b" HTTP/1.0",
    b"GET " + ARTICLE.encode() + b" HTTP/1.2",
    b"GET " + ARTICLE.encode() + b" HTTP/2.0",
    b"GET " + ARTICLE.encode() + b" http/1.1",
    b"GET " + ARTICLE.encode() + b" HTTP/1.1 ",
    b"GET " + ARTICLE.encode() + b" HTTP/1.1 HTTP/1.1",
    b"GET " + ARTICLE.encode(),
    b"GET " + ARTICLE.encode() + b"#part HTTP/1.1",
    b"GET " + ARTICLE.encode() + b"?a#b HTTP/1.1",
    b"GET " + ARTICLE.encode() + b"? HTTP/1.1",
    b"GET " + ARTICLE.encode() + b"\x00 HTTP/1.1",
    b"GET " + ARTICLE.encode() + b"%00 HTTP/1.1",
    b"GET " + ARTICLE.encode() + b"\xc3\xa9 HTTP/1.1",
    b"GET " + ARTICLE.encode() + b"%C3%A9 HTTP/1.1",
    b"GET " + ARTICLE.encode() + b"%ff HTTP/1.1",
    b"GET " + ARTICLE.encode() + b"\t HTTP/1.1",
    b"GET " + ARTICLE.replace("bridge", "%62ridge").encode() + b" HTTP/1.1",
    b"GET " + ARTICLE.replace("/port", "%2fport").encode() + b" HTTP/1.1",
    b"GET /" + ARTICLE.encode() + b" HTTP/1.1",
    b"GET /courier/../courier/port/bridge/ HTTP/1.1",
    b"GET http://127.0.0.1" + ARTICLE.encode() + b" HTTP/1.1",
    b"GET http://other.example" + ARTICLE.encode() + b" HTTP/1.1",
    b"GET * HTTP/1.1",
    b"GET courier HTTP/1.1",
    b"OPTIONS * HTTP/1.1",
    b"CONNECT 127.0.0.1:80 HTTP/1.1",
    b"DELETE " + ARTICLE.encode() + b" HTTP/1.1",
    b"GETX " + ARTICLE.encode() + b" HTTP/1.1",
    b"HEADX " + ARTICLE.encode() + b" HTTP/1.1",
    b"PRI * HTTP/2.0",
    b"GET /-/print HTTP/1.1",
    b"GET /%2d/print HTTP/1.1",
    b"GET /assets/../secret HTTP/1.1",
    b"GET " + b"/a" * 6_000 + b" HTTP/1.1",
    b"",
]


def _cases() -> list[Case]:
    cases = [*WHOLE]
    for line in ODD_LINES:
        odd = PLAIN[:-2] + line + b"\r\n\r\n"
        # With a body that would be a request of its own, were its length not believed.
        cases += [[odd], [odd + PLAIN], [PLAIN, odd, PLAIN], [odd, b"0\r\n\r\n" + PLAIN]]
        cases.append([b"GET %b HTTP/1.1\r\n%b\r\nHost: 127.0.0.1\r\n\r\n" % (b"/courier/", line)])
        # Where the quick way expects the one line that changes on a connection.
        told = [b"Referer: a", b"Referer: b\r\n" + line, b"Referer: " + line]
        cases.append([PLAIN, *(PLAIN[:-2] + each + b"\r\n\r\n" for each in told)])
    for first in ODD_FIRST_LINES:
        odd = first + b"\r\nHost: 127.0.0.1\r\n\r\n"
        cases += [[odd], [PLAIN, odd, PLAIN], [odd + PLAIN]]
    cases += [[GZIP.replace(b"\r\n", b"\n")], [GZIP.replace(b"\r\n", b"\r")], [GZIP[:-2] + b"\n"]]
    cases += [[PLAIN.replace(b"Host: 127.0.0.1\r\n", b"")]]
    return cases


def _split() -> list[Case]:
    two = GZIP + PLAIN
    return [[two[:at], two[at:]] for at in range(1, len(two))]


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    folder: Path = tmp_path_factory.mktemp("door")
    shelf = a_shelf(folder / "shelf")
    shelf.put(a_page("/courier/", text="Front"))
    shelf.put(a_page(variant="members", text="For members."))
    with (
        backstage(folder, echo),
        serving(an_app(shelf, folder)) as quick,
        serving(an_app(shelf, folder), is_plain=True) as plain,
    ):
        # In memory, where the quick way looks.
        for cookie in ("a=b", f"masthead_class={MEMBER}"):
            asyncio.run(talk(quick, get(ARTICLE, f"Cookie: {cookie}"), quiet=0.1))
        asyncio.run(talk(quick, get("/courier/nothing/"), quiet=0.1))
        yield quick, plain


async def _different(ports: tuple[int, int], cases: list[Case], *, at_once: int) -> list[Case]:
    """The cases that the two servers answer differently."""
    few = asyncio.Semaphore(at_once)

    async def one(port: int, pieces: Case) -> bytes:
        async with few:
            return undated(await talk(port, *pieces, pause=0.6 / at_once))

    answers = await asyncio.gather(*(one(port, case) for case in cases for port in ports))
    pairs = zip(cases, answers[::2], answers[1::2], strict=True)
    return [case for case, quick, plain in pairs if quick != plain]


@pytest.mark.parametrize("make_cases", [_cases, _split])
def test_every_byte_is_answered_as_by_the_unmodified_server(
    ports: tuple[int, int], make_cases: Callable[[], list[Case]]
) -> None:
    suspects = asyncio.run(_different(ports, make_cases(), at_once=30))

    # On a busy machine two pieces may arrive as one; a real difference stays when asked slowly.
    assert asyncio.run(_different(ports, suspects, at_once=2)) == []
