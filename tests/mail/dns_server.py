"""A DNS server on loopback that knows what a test tells it."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dns import flags, message, rcode, rdatatype, rrset

Zone = dict[tuple[str, str], list[str]]


def answered(zone: Zone, asked: bytes, silent: set[str]) -> bytes | None:
    query = message.from_wire(asked)
    question = query.question[0]
    name = question.name.to_text().rstrip(".").lower()
    if name in silent:
        return None
    answer = message.make_response(query)
    answer.flags |= flags.RA
    kind = rdatatype.to_text(question.rdtype)
    rows = zone.get((name, kind))
    if rows:
        answer.answer.append(rrset.from_text(question.name, 60, "IN", kind, *rows))
    elif not any(known == name for known, _kind in zone):
        answer.set_rcode(rcode.NXDOMAIN)
    return answer.to_wire()


@contextmanager
def serving(zone: Zone, silent: set[str] | None = None) -> Iterator[str]:
    """The address to ask. silent: names about which it never answers."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            data, sock = self.request
            answer = answered(zone, data, silent or set())
            if answer is not None:
                sock.sendto(answer, self.client_address)

    server: Any
    with socketserver.ThreadingUDPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
