"""What all stand-ins share: a threaded server, a memory, a log, and the ways to misbehave."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Asked:
    """One request, read. `data` is its JSON or its form."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    data: Any = field(default_factory=dict)

    @property
    def bearer(self) -> str:
        return self.headers.get("authorization", "").removeprefix("Bearer ")


@dataclass(frozen=True)
class Said:
    """An answer."""

    status: int = 200
    data: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None


class Refusal(Exception):
    """A request that this network refuses."""

    def __init__(self, status: int, data: Any = None, **headers: str) -> None:
        super().__init__(status)
        self.said = Said(
            status, data, {name.replace("_", "-"): value for name, value in headers.items()}
        )


class StandInNetwork:
    """
    Subclasses answer in `play(asked) -> Said`. `things` is what stands there now, by id; `made` is
    every id that was ever made, in order, so that a doubled post is seen though it was deleted.

    trouble: what the next requests meet, one each: a `Said` in place of the work, "lost" (the work
    is done, then the line is cut), "broken" (done, then half an answer), "500 after" (done, then
    500), or a number: seconds before anything happens. Only requests whose path has `troubled` in
    it meet trouble.
    """

    def __init__(self) -> None:
        self.things: dict[str, dict[str, Any]] = {}
        self.made: list[str] = []
        self.asked: list[Asked] = []
        self.trouble: list[Any] = []
        self.troubled = "/"
        self.lock = threading.RLock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self.port = int(self.server.server_address[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def play(self, asked: Asked) -> Said:
        raise NotImplementedError

    def make(self, thing: dict[str, Any], *, id: str = "") -> str:
        name = id or str(1000 + len(self.made))
        self.things[name] = thing
        self.made.append(name)
        return name

    def answer(self, asked: Asked) -> tuple[Said, str]:
        """The answer, and how it is sent."""
        trouble: Any = None
        with self.lock:
            self.asked.append(asked)
            if self.trouble and self.troubled in asked.path:
                trouble = self.trouble.pop(0)
        if isinstance(trouble, int | float):
            time.sleep(trouble)
        if isinstance(trouble, Said):
            return trouble, ""
        with self.lock:
            try:
                said = self.play(asked)
            except Refusal as refusal:
                said = refusal.said
        if trouble == "500 after":
            return Said(500), ""
        return said, trouble if isinstance(trouble, str) else ""


def _handler(network: StandInNetwork) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with suppress(OSError):  # whoever asked has hung up
                said, how = network.answer(self._read())
                self._send(said, how)

        do_POST = do_PUT = do_DELETE = do_HEAD = do_GET  # noqa: N815

        def _read(self) -> Asked:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            parts = urlsplit(self.path)
            mime = self.headers.get("Content-Type", "")
            return Asked(
                self.command,
                parts.path,
                {name: values[0] for name, values in parse_qs(parts.query).items()},
                {name.lower(): value for name, value in self.headers.items()},
                body,
                _data(body, mime),
            )

        def _send(self, said: Said, how: str) -> None:
            if how == "lost" or (how == "broken" and not said.raw and said.data is None):
                self.close_connection = True
                self.connection.close()
                return
            body = said.raw
            if body is None:
                body = b"" if said.data is None else json.dumps(said.data).encode()
            self.send_response(said.status)
            headers = {"Content-Type": "application/json", "Content-Length": str(len(body))}
            for name, value in (headers | said.headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if how == "broken" else body)
            if how == "broken":
                self.close_connection = True

        def log_message(self, *_: Any) -> None:
            pass

    return Handler


def _data(body: bytes, mime: str) -> Any:
    if mime.startswith("application/json") and body:
        return json.loads(body)
    if mime.startswith("application/x-www-form-urlencoded"):
        return {name: values[0] for name, values in parse_qs(body.decode()).items()}
    return {}


@contextmanager
def running(network: StandInNetwork) -> Iterator[StandInNetwork]:
    thread = threading.Thread(target=network.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield network
    finally:
        network.server.shutdown()
        network.server.server_close()
