"""Devices that tell an intake what they offered, without any server."""

import hashlib
import json
from pathlib import Path

from masthead.ads.counting.settling import Settling
from masthead.ads.door import books_folder, waiting_folder
from masthead.ads.door.books import Books
from masthead.ads.door.intake import AdsIntake
from masthead.ads.door.tally import Batch, Tally, What, waiting
from masthead.ads.door.tokens import Seal
from masthead.press.door.events import Ground, Post, Reply
from masthead.press.door.memory import Held
from masthead.press.shelf import Page

HOST = "courier.example"
NOW = 1_800_000_000.0
HOUR = int(NOW) // 3600
OUTLET, BAKERY, FERRY = 7, 812, 813
FIREFOX = b"Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
LINES = [
    (b"host", HOST.encode()),
    (b"user-agent", FIREFOX),
    (b"origin", b"https://courier.example"),
    (b"sec-fetch-site", b"same-origin"),
]
BOTH = {BAKERY: ["top", "in-text"], FERRY: ["side"]}


def a_list(creatives: dict[int, list[str]], *, outlet: int = OUTLET) -> bytes:
    made = [{"i": number, "at": places} for number, places in creatives.items()]
    return json.dumps({"v": 1, "o": outlet, "n": "1", "f": [{"i": 1, "a": made}]}).encode()


def a_list_page(
    creatives: dict[int, list[str]], *, host: str = HOST, root: str = "/", outlet: int = OUTLET
) -> Page:
    body = a_list(creatives, outlet=outlet)
    return Page(
        host=host,
        target=f"{root}-/ads/list.json",
        variant="public",
        status=200,
        headers=(("Content-Type", "application/json"), ("Cache-Control", "public, max-age=60")),
        bodies={"identity": body},
        etag=hashlib.sha256(body).hexdigest()[:32],
        keys=("ads",),
        seen=0,
        printed_at=NOW,
        fresh_until=None,
    )


class Courier:
    """One outlet with its list, and the intake of a door process of its own."""

    def __init__(self, folder: Path, *, secrets: tuple[bytes, ...] = (b"only-for-tests",)) -> None:
        self.folder = folder
        self.secrets = secrets
        self.now = NOW
        self.list: Held | None = None
        self.offer_only(BOTH)
        self.intake = AdsIntake(Ground(folder, secrets, self._page))

    def _page(self, host: str, root: str, rest: str) -> Held | None:
        is_ours = (host, root, rest) == (HOST, "/", "-/ads/list.json")
        return self.list if is_ours else None

    def offer_only(self, creatives: dict[int, list[str]], *, outlet: int = OUTLET) -> None:
        self.list = Held(a_list_page(creatives, outlet=outlet), stale_since=0.0)

    def post(
        self,
        path: str,
        body: bytes,
        *,
        reader: int = 1,
        lines: list[tuple[bytes, bytes]] | None = None,
    ) -> Reply:
        given = LINES if lines is None else lines
        return self.intake.answer(Post(HOST, path, tuple(given), body, reader, self.now))

    def offer(
        self,
        *offers: tuple[str, int],
        reader: int = 1,
        lines: list[tuple[bytes, bytes]] | None = None,
    ) -> list[str]:
        """The tokens."""
        body = json.dumps({"n": "1", "offers": offers}).encode()
        reply = self.post("/-/ads/offer", body, reader=reader, lines=lines)
        return [] if reply.status == 204 else list(json.loads(reply.body)["tokens"])

    def tell(
        self, *events: str, reader: int = 1, lines: list[tuple[bytes, bytes]] | None = None
    ) -> int:
        body = "\n".join(events).encode()
        return self.post("/-/ads/event", body, reader=reader, lines=lines).status

    def flush(self) -> None:
        collected = self.intake.collect()
        if collected is not None:
            self.intake.keep(collected)

    def waiting(self) -> list[Batch]:
        return list(waiting(waiting_folder(self.folder)))

    def settled(self) -> list[Tally]:
        """Of everything kept so far and now; nothing is marked, so it can be asked again."""
        self.flush()
        turn = Settling(Books(books_folder(self.folder)), Seal(self.secrets))
        return [turn.settle(batch) for batch in self.waiting()]

    def counted(self) -> dict[tuple[str, int], dict[str, int]]:
        """Everything kept so far and now, by place and creative."""
        found: dict[tuple[str, int], dict[str, int]] = {}
        for settled in self.settled():
            for (_outlet, place, creative, _hour), row in settled.counts.items():
                sums = found.setdefault((place, creative), {})
                for what in What:
                    if row[what]:
                        sums[what.name.lower()] = sums.get(what.name.lower(), 0) + row[what]
        return found
