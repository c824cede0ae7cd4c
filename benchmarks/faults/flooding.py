"""
A reader and a flood of posts, each a program of its own: in one with what is measured, or with each
other, they would measure their own haste.

`python -m benchmarks.faults.flooding read|post`; what to do comes in as JSON, what came of it goes
out as JSON.
"""

import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from benchmarks.press.load import FAVOURED, LAST, browser_request
from masthead.core.processes import give_way

MOST_UNDER_WAY = 400
PATIENCE_SECONDS = 30.0
ONE_IN_FORM = 5  # so many posts come from a plain form, the others from a script
SCRIPT, PAGE = "application/json", "text/html,application/xhtml+xml"


@dataclass
class Answers:
    """posts: client id and status, None where the line was cut. wordless: told nothing to read."""

    posts: list[tuple[str, int | None]] = field(default_factory=list)
    wordless: int = 0
    a_second: float = 0.0


def read_for(*, port: int, path: str, seconds: float, a_second: float, cores: set[int]) -> Any:
    """How many ms each read took."""
    plan = {"port": port, "path": path, "seconds": seconds, "a_second": a_second}
    program = _start("read", plan, cores=cores, niceness=FAVOURED)
    return json.loads(_end(program))


@contextmanager
def flood(plan: dict[str, Any], *, cores: set[int]) -> Iterator[Answers]:
    """
    Posts as `plan` says until the block ends; what is yielded is filled by then.

    plan: port, path, article, sessions, cookie, a_second, first (number of the first post).
    """
    answers = Answers()
    program = _start("post", plan, cores=cores, niceness=LAST)
    try:
        yield answers
    finally:
        told = json.loads(_end(program, tell="end\n"))
        answers.posts = [(each, status) for each, status in told["posts"]]
        answers.wordless, answers.a_second = told["wordless"], told["a_second"]


def _start(
    what: str, plan: dict[str, Any], *, cores: set[int], niceness: int
) -> subprocess.Popen[str]:
    def prepare() -> None:
        if cores:
            os.sched_setaffinity(0, cores)
        with suppress(OSError):  # only root may go before others
            give_way(niceness)

    program = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.faults.flooding", what],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=prepare,
    )
    assert program.stdin is not None
    program.stdin.write(json.dumps(plan) + "\n")
    program.stdin.flush()
    return program


def _end(program: subprocess.Popen[str], *, tell: str = "") -> str:
    told, _ = program.communicate(tell or None)
    if program.returncode:
        raise RuntimeError("What asks came to an end by itself.")
    return told


def _read(plan: dict[str, Any]) -> list[float]:
    request = browser_request(plan["path"], port=plan["port"])
    taken: list[float] = []
    due = time.perf_counter()
    until = due + plan["seconds"]
    while (began := time.perf_counter()) < until:
        taken.append(_one_read(plan["port"], request) - began)
        due += 1 / plan["a_second"]
        time.sleep(max(0.0, due - time.perf_counter()))
    return [each * 1000 for each in taken]


def _one_read(port: int, request: bytes) -> float:
    """When the page was there, over a connection of its own."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.sendall(request)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += _more(line)
        head, _, body = answer.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200 "):
            raise ValueError(head.decode("latin-1"))
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        while len(body) < length:
            body += _more(line)
        return time.perf_counter()


def _more(line: socket.socket) -> bytes:
    piece = line.recv(65_536)
    if not piece:
        raise ValueError("The page was cut.")
    return piece


class _Flood:
    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan = plan
        self.answers = Answers()
        self._chance = random.Random(plan["first"])
        self._room = asyncio.Semaphore(MOST_UNDER_WAY)

    async def run(self) -> Answers:
        loop = asyncio.get_running_loop()
        ended = loop.run_in_executor(None, sys.stdin.readline)
        began, number = loop.time(), self.plan["first"]
        under_way: set[asyncio.Task[None]] = set()
        while not ended.done():
            due = began + (number - self.plan["first"]) / self.plan["a_second"]
            await asyncio.sleep(max(0.0, due - loop.time()))
            await self._room.acquire()
            task = asyncio.ensure_future(self._post(number))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
            number += 1
        self.answers.a_second = (number - self.plan["first"]) / (loop.time() - began)
        await asyncio.gather(*under_way)
        return self.answers

    async def _post(self, number: int) -> None:
        client_id = f"f{number}"
        status = None
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                status, told = await self._ask(self._request(client_id, number))
            if status == 429 and not told:
                self.answers.wordless += 1
        except (OSError, EOFError, TimeoutError):
            pass
        finally:
            self._room.release()
        self.answers.posts.append((client_id, status))

    async def _ask(self, request: bytes) -> tuple[int, bool]:
        """The status, and whether the answer says when to come again, and something to read."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.plan["port"])
        try:
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0] or 0)
            body = await reader.readexactly(length)
            return int(head[9:12]), b"\nretry-after: " in head and len(body) > 20
        finally:
            writer.close()

    def _request(self, client_id: str, number: int) -> bytes:
        plan, chance = self.plan, self._chance
        text = f"Flood {number} over the harbour."
        form = {"article": plan["article"], "text": text, "client_id": client_id}
        body = urlencode(form).encode()
        source = ".".join(str(chance.randint(1, 250)) for _ in range(4))
        accept = SCRIPT if number % ONE_IN_FORM else PAGE
        lines = [
            f"POST {plan['path']} HTTP/1.1",
            f"Host: 127.0.0.1:{plan['port']}",
            f"Accept: {accept}",
            "Sec-Fetch-Site: same-origin",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
            f"X-Forwarded-For: {source}",
            f"Cookie: {plan['cookie']}={chance.choice(plan['sessions'])}",
        ]
        return "\r\n".join([*lines, "", ""]).encode() + body


def main() -> None:
    plan = json.loads(sys.stdin.readline())
    if sys.argv[1] == "read":
        print(json.dumps(_read(plan)))
        return
    answers = asyncio.run(_Flood(plan).run())
    print(
        json.dumps(
            {
                "posts": answers.posts,
                "wordless": answers.wordless,
                "a_second": answers.a_second,
            }
        )
    )


if __name__ == "__main__":
    main()
