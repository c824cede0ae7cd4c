"""An outlet with a list of flights on the shelf, and what readers' devices post to its door."""

import hashlib
import json
import random
import socket
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from masthead.press.shelf import Address, Hosts, HostTable, Page, Shelf, compress

HOST, ROOT = "127.0.0.1", "/harbour/"
OFFER, EVENT = f"{ROOT}-/ads/offer", f"{ROOT}-/ads/event"
WORDS = ("harbour", "pilots", "winter", "ferry", "council", "lights", "narrows", "timetable")
CHROME = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/142.0.0.0 Safari/537.36"
)


def lay_out(
    shelf: Shelf, *, outlet: int, creatives: Mapping[int, Sequence[str]], articles: int
) -> list[str]:
    """Hosts, a list and articles of the usual size, as printed. The articles' paths."""
    paths = [f"{ROOT}port/part-{number}/" for number in range(articles)]
    shelf.set_addresses(HOST, [Address(HOST, path, "page") for path in paths])
    table = HostTable(complete=False, to_app=(), outlets=(ROOT,))
    shelf.set_hosts(Hosts({HOST: HOST}, {HOST: table}, complete=True))
    made = [{"i": number, "at": list(places)} for number, places in creatives.items()]
    listed = {"v": 1, "o": outlet, "n": "1", "f": [{"i": 1, "p": 1, "a": made}]}
    shelf.put(_page(f"{ROOT}-/ads/list.json", json.dumps(listed).encode(), "application/json"))
    for number, path in enumerate(paths, 1):
        chosen = random.Random(number).choices(WORDS, k=6_000)
        text = f"<!doctype html><p>{' '.join(chosen)}</p>".encode()
        shelf.put(_page(path, text, "text/html; charset=utf-8", keys=(f"h{number}",)))
    return paths


def _page(target: str, body: bytes, kind: str, *, keys: tuple[str, ...] = ("ads",)) -> Page:
    return Page(
        host=HOST,
        target=target,
        variant="public",
        status=200,
        headers=(("Content-Type", kind), ("Cache-Control", "public, max-age=60")),
        bodies=compress(body),
        etag=hashlib.sha256(body).hexdigest()[:32],
        keys=keys,
        seen=0,
        printed_at=1_700_000_000.0,
        fresh_until=None,
    )


def households() -> Iterator[str]:
    """Addresses, each another one."""
    for number in count(1):
        yield f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def post(path: str, body: bytes, *, port: int, household: str, agent: str = CHROME) -> bytes:
    """As a browser sends it through a proxy in front."""
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: {HOST}:{port}",
        "Connection: keep-alive",
        f"Content-Length: {len(body)}",
        f"X-Forwarded-For: {household}",
        'sec-ch-ua-platform: "Linux"',
        f"User-Agent: {agent}",
        'sec-ch-ua: "Chromium";v="142", "Not_A Brand";v="99"',
        "Content-Type: text/plain;charset=UTF-8",
        "sec-ch-ua-mobile: ?0",
        "Accept: */*",
        f"Origin: http://{HOST}:{port}",
        "Sec-Fetch-Site: same-origin",
        "Sec-Fetch-Mode: no-cors",
        "Sec-Fetch-Dest: empty",
        f"Referer: http://{HOST}:{port}{ROOT}port/part-1/",
        "Accept-Encoding: gzip",
        "Accept-Language: en-GB,en;q=0.9",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


def offer(chosen: Sequence[tuple[str, int]]) -> bytes:
    return json.dumps({"n": "1", "offers": [list(each) for each in chosen]}).encode()


class Device:
    """A kept connection of somebody; the next one is another household."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._households = households()
        self._household = next(self._households)
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=10)

    def move_on(self) -> None:
        self._household = next(self._households)

    def post(self, path: str, body: bytes, *, agent: str = CHROME) -> bytes:
        """The answer's body. Raises OSError or ValueError when the door is gone."""
        request = post(path, body, port=self._port, household=self._household, agent=agent)
        self._socket.sendall(request)
        answer = b""
        while b"\r\n\r\n" not in answer:
            piece = self._socket.recv(65_536)
            if not piece:
                raise ConnectionResetError("The door has gone.")
            answer += piece
        head, _, rest = answer.partition(b"\r\n\r\n")
        if head[9:12] not in (b"200", b"204"):
            raise ValueError(head)
        return rest  # a door writes head and body at once

    def tokens(self, path: str, body: bytes) -> list[str]:
        return list(json.loads(self.post(path, body))["tokens"])
