"""Servers in threads, and clients that send exactly the bytes they are told."""

import asyncio
import re
import socketserver
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from masthead.press.door.app import DoorApp
from masthead.press.door.crawlers import Checking
from masthead.press.door.door import Door
from masthead.press.door.events import Events, Intake
from masthead.press.door.files import Files
from masthead.press.door.follow import Follow
from masthead.press.door.gates import Gate, Gates
from masthead.press.door.printing import Printing
from masthead.press.door.proxy import Proxy
from masthead.press.door.renewing import Renewing
from masthead.press.door.room import Room
from masthead.press.door.server import bind, make_config
from masthead.press.door.upstream import Pool
from masthead.press.shelf import Shelf
from tests.press.door.shelving import SECRET

_DATE = re.compile(rb"date: [^\r]*\r\n")


def an_app(
    shelf: Shelf,
    folder: Path,
    *,
    behind_proxy: bool = False,
    memory_bytes: int = 10_000_000,
    intakes: Callable[[Door], Sequence[Intake]] = lambda door: (),
    gates: Sequence[Gate] = (),
) -> DoorApp:
    pool, room = Pool(folder / "app.sock"), Room(Pool(folder / "print.sock"))
    door = Door(shelf=shelf, secret=SECRET, memory_bytes=memory_bytes, behind_proxy=behind_proxy)
    return DoorApp(
        door=door,
        files=Files(assets=folder / "assets", media=folder / "media"),
        printing=Printing(room),
        renewing=Renewing(room, door.classes),
        checking=Checking(room, door.crawlers),
        proxy=Proxy(pool, behind_proxy=behind_proxy),
        follow=Follow(),
        home="https://northlight.example/",
        events=Events(intakes(door)),
        gates=Gates(gates),
    )


@contextmanager
def serving(
    app: DoorApp, *, is_plain: bool = False, keep_alive: int | None = None
) -> Iterator[int]:
    """The port. is_plain: with uvicorn's own protocol instead of the quick way."""
    config = make_config(app)
    config.loop = "asyncio"
    if keep_alive is not None:
        config.timeout_keep_alive = keep_alive
    if is_plain:
        config.http = HttpToolsProtocol
    listener = bind("127.0.0.1", 0, shared=False)
    port = listener.getsockname()[1]
    with _running(uvicorn.Server(config), sockets=[listener]):
        yield port


@contextmanager
def backstage(folder: Path, app: Any) -> Iterator[None]:
    """An app on the unix socket that the door asks."""
    config = uvicorn.Config(
        app, uds=str(folder / "app.sock"), loop="asyncio", lifespan="off", log_level="critical"
    )
    with _running(uvicorn.Server(config)):
        yield


@contextmanager
def press_room(folder: Path, answer: Callable[[bytes], bytes]) -> Iterator[None]:
    """A press room that says what `answer` makes of each line."""

    class Line(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            while line := self.rfile.readline():
                self.wfile.write(answer(line))

    class Listening(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
        daemon_threads = True
        block_on_close = False

    with Listening(str(folder / "print.sock"), Line) as listening:
        thread = threading.Thread(target=listening.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield
        finally:
            listening.shutdown()
            thread.join(10)


@contextmanager
def _running(server: uvicorn.Server, **given: Any) -> Iterator[None]:
    thread = threading.Thread(target=server.run, kwargs=given)
    thread.start()
    try:
        until = time.monotonic() + 10
        while not server.started and time.monotonic() < until:
            time.sleep(0.005)
        yield
    finally:
        server.should_exit = True
        thread.join(10)


async def talk(port: int, *pieces: bytes, pause: float = 0.03, quiet: float = 0.3) -> bytes:
    """Send the pieces, each read by itself; what came back until the end or a silence."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for number, piece in enumerate(pieces):
            if number:
                await asyncio.sleep(pause)
            writer.write(piece)
            await writer.drain()
        return await _until_quiet(reader, quiet)
    except OSError:
        return b""
    finally:
        writer.close()


async def _until_quiet(reader: asyncio.StreamReader, seconds: float) -> bytes:
    answer = b""
    while True:
        try:
            piece = await asyncio.wait_for(reader.read(65_536), seconds)
        except (TimeoutError, ConnectionError):
            return answer
        if not piece:
            return answer + b"<end>"
        answer += piece


def ask(port: int, *pieces: bytes) -> bytes:
    return asyncio.run(talk(port, *pieces))


def undated(answer: bytes) -> bytes:
    return _DATE.sub(b"date\r\n", answer)


def get(target: str, *lines: str, host: str = "127.0.0.1", method: str = "GET") -> bytes:
    head = [f"{method} {target} HTTP/1.1", f"Host: {host}", *lines]
    return ("\r\n".join(head) + "\r\n\r\n").encode("latin-1")


async def echo(scope: Any, receive: Any, send: Any) -> None:
    """Says what arrived: method, target, headers and body."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    query = scope["query_string"]
    said = b"%b %b%b\n" % (
        scope["method"].encode(),
        scope["raw_path"],
        b"?" + query if query else b"",
    )
    said += b"".join(b"%b: %b\n" % each for each in sorted(scope["headers"])) + b"\n" + body
    lines = [
        (b"content-type", b"text/plain"),
        (b"content-length", str(len(said)).encode()),
        (b"connection", b"keep-alive, x-secret"),
        (b"x-secret", b"1"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": lines})
    await send({"type": "http.response.body", "body": said})
