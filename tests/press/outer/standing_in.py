"""A cache that speaks the protocol, and the real ones with the configurations of docs/operate."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from benchmarks.in_front import NotInstalled, a_varnish, an_nginx


@dataclass
class StandIn:
    """What it was told, in order; `status` is what it answers, None: it hangs up."""

    url: str
    status: int | None = 200
    told: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def a_cache() -> Iterator[StandIn]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            headers = {name.lower(): value for name, value in self.headers.items()}
            here.told.append((self.command, self.path, headers, body))
            if here.status is None:
                self.close_connection = True
                return
            self.send_response(here.status)
            self.send_header("Location", "http://127.0.0.1:9/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_PURGE = do_POST = answer  # noqa: N815

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here = StandIn(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Origin:
    """Printed pages as the door sends them: text and keys by path; how often each was asked."""

    port: int
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


@contextmanager
def an_origin() -> Iterator[Origin]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            here.asked.append(self.path)
            text, keys = here.pages.get(self.path.partition("?")[0], ("nothing", ""))
            body = f"{text} for {self.headers.get('Cookie', 'nobody')}".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Vary", "Accept-Encoding")
            if keys:
                self.send_header("Surrogate-Key", keys)
                self.send_header("xkey", keys)
            self.send_header("Cache-Control", "public, max-age=10, s-maxage=60")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here = Origin(server.server_port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def varnish(folder: Path, *, behind: int) -> Iterator[int]:
    """Its port. Skips the test where there is none."""
    with _or_skip(a_varnish(folder, behind=behind)) as port:
        yield port


@contextmanager
def nginx(folder: Path, *, behind: int) -> Iterator[int]:
    """Its port; what it keeps is in folder / "cache". Skips the test where there is none."""
    with _or_skip(an_nginx(folder, behind=behind)) as port:
        yield port


@contextmanager
def _or_skip(running: AbstractContextManager[int]) -> Iterator[int]:
    with ExitStack() as stack:
        try:
            port = stack.enter_context(running)
        except NotInstalled as missing:
            pytest.skip(str(missing))
        yield port


def get(
    port: int, path: str, *, host: str = "courier.example", **headers: str
) -> tuple[str, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers={"Host": host, **named})
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return answer.read().decode("latin-1"), found
    finally:
        connection.close()
