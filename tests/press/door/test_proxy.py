"""Through the real server to an app on a real socket."""

import asyncio
import threading
from pathlib import Path
from typing import Any

from tests.press.door.serving import an_app, ask, backstage, echo, get, serving
from tests.press.door.shelving import a_shelf

SEARCH = "/courier/search/"


def through(folder: Path, app: Any, *pieces: bytes) -> bytes:
    shelf = a_shelf(folder / "shelf")
    with backstage(folder, app), serving(an_app(shelf, folder)) as port:
        return ask(port, *pieces)


async def raw(folder: Path, *answers: bytes) -> tuple[asyncio.Server, list[bytes]]:
    """An app that says the n-th of these to its n-th connection, then hangs up."""
    heard: list[bytes] = []

    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(answers[min(len(heard), len(answers)) - 1])
        await writer.drain()
        writer.close()

    return await asyncio.start_unix_server(say, str(folder / "app.sock")), heard


class Raw:
    """`raw` in a thread."""

    def __init__(self, folder: Path, *answers: bytes) -> None:
        self._folder, self._answers = folder, answers
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def __enter__(self) -> list[bytes]:
        self._thread.start()
        opening = raw(self._folder, *self._answers)
        self._server, heard = asyncio.run_coroutine_threadsafe(opening, self._loop).result(5)
        return heard

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()


def test_a_request_reaches_the_app_as_it_was_sent(tmp_path: Path) -> None:
    answer = through(tmp_path, echo, get(f"{SEARCH}?q=a%20b", "Cookie: a=b", "X_Bad: 1"))

    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"x-secret" not in head
    assert body.split(b"\n") == [
        b"GET /courier/search/?q=a%20b",
        b"cookie: a=b",
        b"host: 127.0.0.1",
        b"x-forwarded-for: 127.0.0.1",
        b"x-forwarded-host: 127.0.0.1",
        b"x-forwarded-proto: http",
        b"",
        b"",
    ]


def test_a_body_is_passed_on_piece_by_piece(tmp_path: Path) -> None:
    head = get(SEARCH, "Content-Length: 6", method="POST")

    answer = through(tmp_path, echo, head + b"ab", b"cd", b"ef")

    assert answer.endswith(b"x-forwarded-proto: http\n\nabcdef")


def test_a_chunked_body_stays_one(tmp_path: Path) -> None:
    head = get(SEARCH, "Transfer-Encoding: chunked", method="POST")

    answer = through(tmp_path, echo, head + b"2\r\nab\r\n", b"3\r\ncde\r\n0\r\n\r\n")

    assert b"content-length" not in answer.partition(b"\r\n\r\n")[2]
    assert answer.endswith(b"\n\nabcde")


def test_without_the_app_a_reader_is_told_to_try_again(tmp_path: Path) -> None:
    with serving(an_app(a_shelf(tmp_path / "shelf"), tmp_path)) as port:
        read = ask(port, get(SEARCH))
        sent = ask(port, get(SEARCH, "Content-Length: 1", method="POST") + b"x")

    assert read.startswith(b"HTTP/1.1 503 Service Unavailable\r\n")
    assert b"retry-after: 5\r\n" in read
    assert b"content-type: text/html" in read
    assert sent.startswith(b"HTTP/1.1 503 ")
    assert sent.partition(b"\r\n\r\n")[2].startswith(b"This cannot be done just now;")


def test_an_answer_that_is_cut_is_not_passed_on_as_whole(tmp_path: Path) -> None:
    cut = b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"
    with Raw(tmp_path, cut), serving(an_app(a_shelf(tmp_path / "shelf"), tmp_path)) as port:
        answer = ask(port, get(SEARCH))

    assert answer.endswith(b"content-length: 10\r\n\r\nabc<end>")


def test_a_write_that_was_not_answered_is_not_repeated(tmp_path: Path) -> None:
    with (
        Raw(tmp_path, b"") as heard,
        serving(an_app(a_shelf(tmp_path / "shelf"), tmp_path)) as port,
    ):
        answer = ask(port, get(SEARCH, "Content-Length: 1", method="POST") + b"x")

    assert answer.startswith(b"HTTP/1.1 503 ")
    assert len(heard) == 1


def test_an_interim_answer_is_not_taken_for_the_answer(tmp_path: Path) -> None:
    said = b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"
    with Raw(tmp_path, said), serving(an_app(a_shelf(tmp_path / "shelf"), tmp_path)) as port:
        answer = ask(port, get(SEARCH))

    assert answer.startswith(b"HTTP/1.1 204 No Content\r\n")
    assert b"link" not in answer


def test_nonsense_from_the_app_is_no_answer(tmp_path: Path) -> None:
    with (
        Raw(tmp_path, b"nonsense\r\n\r\n"),
        serving(an_app(a_shelf(tmp_path / "shelf"), tmp_path)) as port,
    ):
        answer = ask(port, get(SEARCH))

    assert answer.startswith(b"HTTP/1.1 503 ")


def test_when_the_client_leaves_the_app_hears_it(tmp_path: Path) -> None:
    left = threading.Event()

    async def wait(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        if (await receive())["type"] == "http.disconnect":
            left.set()

    shelf = a_shelf(tmp_path / "shelf")
    with backstage(tmp_path, wait), serving(an_app(shelf, tmp_path)) as port:
        ask(port, get(SEARCH))

        assert left.wait(5)
