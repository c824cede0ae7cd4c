"""A small web server on loopback that plays the other machine."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Play = Callable[[BaseHTTPRequestHandler], None]


class StandIn:
    """`asked` is every request in order: method, path, headers, body."""

    def __init__(self, play: Play, *, tls: ssl.SSLContext | None = None) -> None:
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self, play))
        self.server.daemon_threads = True
        self.port = int(self.server.server_address[1])
        if tls is not None:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)

    def url(self, path: str = "/", *, scheme: str = "http", host: str = "127.0.0.1") -> str:
        return f"{scheme}://{host}:{self.port}{path}"


def _handler(stand_in: StandIn, play: Play) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(length)
            stand_in.asked.append((self.command, self.path, dict(self.headers), body))
            with suppress(OSError):  # whoever asked has hung up
                play(self)

        do_POST = do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    return Handler


@contextmanager
def a_stand_in(play: Play, *, tls: ssl.SSLContext | None = None) -> Iterator[StandIn]:
    stand_in = StandIn(play, tls=tls)
    stand_in.server.handle_error = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=stand_in.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield stand_in
    finally:
        stand_in.server.shutdown()
        stand_in.server.server_close()


def answer(content: bytes = b"hello", *, status: int = 200, **headers: str) -> Play:
    """Always the same answer; `Content_Type` becomes Content-Type."""

    def play(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in ({"Content-Length": str(len(content))} | named).items():
            handler.send_header(name, value)
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(content)

    return play


def redirect(*places: str) -> Play:
    """Leads from the first address to the first place, from there to the second, and so on."""
    left = list(places)

    def play(handler: BaseHTTPRequestHandler) -> None:
        if left:
            answer(b"", status=302, Location=left.pop(0))(handler)
        else:
            answer(b"arrived")(handler)

    return play
