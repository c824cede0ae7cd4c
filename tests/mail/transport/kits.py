"""Each transport with a server to hand mail to, which fails as it is told."""

import asyncio
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from benchmarks.letters.sink import Conversation, Faults, Sink
from masthead.mail.transport import Fate, Transport
from masthead.mail.transport.choosing import transport_of
from masthead.mail.transport.folder import Folder


@dataclass
class Kit:
    """
    says: what the server is to do from now on: "yes", "no", "later", "nothing" (it takes the
    message and hangs up), "wrong key". took: recipients, in order. in_doubt: what silence means.
    """

    transport: Transport
    says: Any
    took: Any
    can: set[str] = field(default_factory=lambda: {"no", "later", "nothing", "wrong key"})
    in_doubt: Fate = Fate.IN_DOUBT
    elsewhere: Transport | None = None  # the same where nobody listens


@contextmanager
def running(make: Any, *, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """An asyncio server in a thread of its own; answers its port."""
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(make, "127.0.0.1", 0, ssl=tls))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()


@contextmanager
def smtp(folder: Path, **faults: Any) -> Iterator[Kit]:
    sink = Sink(folder / "log", Faults(**faults))
    plain = Faults(**faults)
    saying = {
        "yes": {},
        "no": {"at_rcpt": "550 5.1.1 Nobody of that name"},
        "later": {"at_rcpt": "450 4.2.0 Greylisted"},
        "nothing": {"cut": 1.0},
        "wrong key": {"at_mail": "530 5.7.0 Authentication required"},
    }

    def says(what: str) -> None:
        sink.faults = Faults(**{**vars(plain), **saying[what]})

    def took() -> list[str]:
        return [line.split("\t")[1] for line in (folder / "log").read_text().splitlines()]

    with running(lambda: Conversation(sink)) as port:
        kit = Kit(transport_of(f"smtp://127.0.0.1:{port}?hello=test"), says, took)
        kit.elsewhere = transport_of("smtp://127.0.0.1:1?hello=test")
        yield kit


@contextmanager
def folder(folder: Path) -> Iterator[Kit]:
    def took() -> list[str]:
        names = sorted((folder / "mail").iterdir(), key=lambda file: file.stat().st_mtime_ns)
        return [message_from_bytes(file.read_bytes())["To"] for file in names]

    (folder / "file").write_text("in the way")
    yield Kit(
        Folder(folder / "mail"), lambda what: None, took, set(), elsewhere=Folder(folder / "file")
    )


class Asked(BaseHTTPRequestHandler):
    """A mail service's address: what was asked, and an answer as the service writes it."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        server: Any = self.server
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        says, service = server.says, server.service
        if says == "nothing":
            self.close_connection = True
            return
        key = self.headers.get("Idempotency-Key")
        status, answer = service.answer(says, body, self.headers)
        if status == 200:
            server.took.append((service.recipient(body, self.headers), key, body))
        content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("X-Message-Id", "m-1")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None: ...


@dataclass
class Service:
    """How a service says yes, and who it was asked to write to."""

    url: str
    yes: Any
    no: tuple[int, Any]
    find: Any

    def answer(self, says: str, body: bytes, headers: Any) -> tuple[int, Any]:
        if says == "no":
            return self.no
        if says == "later":
            return 429, {"message": "too many"}
        if says == "wrong key":
            return 401, {"message": "no such key", "ErrorCode": 10}
        return 200, self.yes(self.recipient(body, headers))

    def recipient(self, body: bytes, headers: Any) -> str:
        return str(self.find(body))


def _of_mailgun(body: bytes) -> str:
    if b"form-data" in body:
        return body.split(b'name="to"\r\n\r\n')[1].split(b"\r\n")[0].decode()
    return parse_qs(body.decode())["to"][0]


SERVICES = {
    "postmark": Service(
        "postmark://token",
        lambda to: {"ErrorCode": 0, "Message": "OK", "MessageID": "m-1", "To": to},
        (422, {"ErrorCode": 406, "Message": "Inactive recipient"}),
        lambda body: json.loads(body)["To"],
    ),
    "resend": Service(
        "resend://key",
        lambda to: {"id": "m-1"},
        (422, {"name": "validation_error", "message": "Nobody of that name"}),
        lambda body: json.loads(body)["to"][0],
    ),
    "mailgun": Service(
        "mailgun://key@mg.courier.example",
        lambda to: {"id": "<m-1>", "message": "Queued. Thank you."},
        (400, {"message": "to parameter is not a valid address"}),
        _of_mailgun,
    ),
    "brevo": Service(
        "brevo://key",
        lambda to: {"messageId": "<m-1>"},
        (400, {"code": "invalid_parameter", "message": "Nobody of that name"}),
        lambda body: json.loads(body)["to"][0]["email"],
    ),
}


@contextmanager
def service(name: str, _folder: Path) -> Iterator[Kit]:
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
    server.daemon_threads = True
    server.service, server.says, server.took = SERVICES[name], "yes", []
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()

    def says(what: str) -> None:
        server.says = what

    url = SERVICES[name].url
    try:
        kit = Kit(
            transport_of(f"{url}?api_url=http://127.0.0.1:{server.server_port}/"),
            says,
            lambda: [to for to, _, _ in server.took],
            elsewhere=transport_of(f"{url}?api_url=http://127.0.0.1:1/"),
        )
        if name == "resend":
            kit.in_doubt = Fate.DEFERRED
        kit.asked = server.took  # type: ignore[attr-defined]
        yield kit
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


KITS: dict[str, Any] = {
    "smtp": smtp,
    "smtp-without-pipelining": lambda folder: smtp(folder, without=["PIPELINING"]),
    "smtp-of-the-old-kind": lambda folder: smtp(
        folder, without=["PIPELINING", "8BITMIME", "SMTPUTF8", "SIZE"]
    ),
    "folder": folder,
    **{name: (lambda folder, name=name: service(name, folder)) for name in SERVICES},
}
