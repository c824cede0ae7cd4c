"""Posts that the program sees only when it has room for them."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from masthead.press.door.events import Post, Reply
from masthead.press.door.gates import LONGEST_BODY, MOST_OF_ONE
from tests.press.door.serving import an_app, ask, backstage, echo, get, serving, talk, undated
from tests.press.door.shelving import ARTICLE, a_shelf


@dataclass
class OneGate:
    """Takes /courier/write; lets in what says so, at most `at_once` at the same time."""

    at_once: int = 2
    inside: list[int] = field(default_factory=lambda: [0])

    def takes(self, path: str) -> bool:
        return path == "/courier/write"

    def turned_away(self, post: Post) -> Reply | None:
        later = (b"retry-after", b"9")
        return Reply(429, (later,), b"Later, " + post.body) if b"no" in post.body else None

    def let_in(self, post: Post) -> Reply | None:
        self.inside[0] += 1
        reply = self.turned_away(post)
        if reply is not None:
            self.inside[0] -= 1
        return reply

    def left(self) -> None:
        self.inside[0] -= 1

    def away(self, post: Post) -> Reply:
        return Reply(503, (), b"Away, " + post.body)


def a_post(body: bytes, *lines: str) -> bytes:
    return get("/courier/write", f"Content-Length: {len(body)}", *lines, method="POST") + body


@contextmanager
def a_network(
    folder: Path, gate: OneGate, answers: Any = echo, *, is_plain: bool = False
) -> Iterator[int]:
    app = an_app(a_shelf(folder / "shelf"), folder, gates=[gate])
    with backstage(folder, answers), serving(app, is_plain=is_plain) as port:
        yield port


def test_what_is_let_in_reaches_the_program_whole_and_is_answered_by_it(tmp_path: Path) -> None:
    gate = OneGate()
    chunked = get("/courier/write", "Transfer-Encoding: chunked", method="POST")

    with a_network(tmp_path, gate) as port:
        whole = ask(port, a_post(b"text=yes"))
        pieces = ask(port, a_post(b"text=yes")[:-3], b"yes")
        in_chunks = ask(port, chunked + b"5\r\ntext=\r\n3\r\nyes\r\n0\r\n\r\n")

    for answer in (whole, pieces, in_chunks):
        assert answer.startswith(b"HTTP/1.1 200 OK")
        assert answer.endswith(b"\n\ntext=yes")
    assert gate.inside == [0]


def test_quick_or_not_who_is_turned_away_is_told_the_same_and_reads_on(tmp_path: Path) -> None:
    posts = [
        [a_post(b"no")],
        [a_post(b"no")[:-2], b"no"],
        [a_post(b"no", "Cookie: sessionid=a", "X-Forwarded-For: 192.0.2.1")],
        [get(ARTICLE, method="HEAD"), a_post(b"no"), get(ARTICLE, method="HEAD")],
    ]

    async def ask_all(port: int) -> list[bytes]:
        return await asyncio.gather(*(talk(port, *pieces) for pieces in posts))

    answers = []
    for is_plain in (False, True):
        with a_network(tmp_path / str(is_plain), OneGate(), is_plain=is_plain) as port:
            answers.append([undated(each) for each in asyncio.run(ask_all(port))])

    quick, plain = answers
    assert quick == plain
    assert quick[0] == (
        b"HTTP/1.1 429 Too Many Requests\r\ndate\r\ncache-control: no-store\r\n"
        b"retry-after: 9\r\ncontent-length: 9\r\n\r\nLater, no"
    )
    assert [each.count(b"HTTP/1.1 ") for each in quick] == [1, 1, 1, 3]


def test_while_the_program_is_away_the_gate_answers_for_it(tmp_path: Path) -> None:
    app = an_app(a_shelf(tmp_path / "shelf"), tmp_path, gates=[OneGate()])

    with serving(app) as port:
        answer = ask(port, a_post(b"text=yes"))

    assert answer.startswith(b"HTTP/1.1 503 Service Unavailable")
    assert answer.endswith(b"Away, text=yes")


@pytest.mark.parametrize("at_once", [1, 3])
def test_no_more_than_so_many_are_with_the_program_at_once(tmp_path: Path, at_once: int) -> None:
    inside, most = 0, 0

    async def slow(scope: Any, receive: Any, send: Any) -> None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0.02)
        inside -= 1
        await echo(scope, receive, send)

    async def ask_six(port: int) -> list[bytes]:
        return await asyncio.gather(*(talk(port, a_post(b"text=yes")) for _ in range(6)))

    with a_network(tmp_path, OneGate(at_once), slow) as port:
        answers = asyncio.run(ask_six(port))

    assert [each[:15] for each in answers] == [b"HTTP/1.1 200 OK"] * 6
    assert most == at_once


def test_whoever_sends_many_bodies_slowly_keeps_waiting_alone(tmp_path: Path) -> None:
    begun = a_post(b"text=yes")[:-3]

    with a_network(tmp_path, OneGate()) as port, ExitStack() as held:
        for _ in range(MOST_OF_ONE):
            connection = held.enter_context(socket.create_connection(("127.0.0.1", port)))
            connection.sendall(begun)
        ask(port, get(ARTICLE, method="HEAD"))  # by now the door has begun to read them
        full = ask(port, a_post(b"text=yes")[:-3], b"yes")
        held.close()
        ask(port, get(ARTICLE, method="HEAD"))  # and has seen that they went
        after = ask(port, a_post(b"text=yes")[:-3], b"yes")

    assert full.startswith(b"HTTP/1.1 503 Service Unavailable")
    assert full.endswith(b"Away, ")
    assert after.startswith(b"HTTP/1.1 200 OK")


def test_a_post_that_is_too_long_is_told_so(tmp_path: Path) -> None:
    gate = OneGate()

    with a_network(tmp_path, gate) as port:
        answer = ask(port, a_post(b"a" * (LONGEST_BODY + 1)))

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert gate.inside == [0]
