"""Posts that the door takes itself."""

import asyncio
import json
import re
from pathlib import Path

import pytest

from masthead.ads.counting.settling import Settling
from masthead.ads.door import books_folder, waiting_folder
from masthead.ads.door.books import Books
from masthead.ads.door.intake import open_intake
from masthead.ads.door.tally import What, is_empty, waiting
from masthead.ads.door.tokens import Seal
from masthead.press.door.app import DoorApp
from masthead.press.door.events import LONGEST_BODY, Events, Ground, Pages
from tests.ads.door.posting import BAKERY, BOTH, a_list_page
from tests.press.door.serving import an_app, ask, backstage, echo, get, serving, talk, undated
from tests.press.door.shelving import ARTICLE, HERALD, NETWORK, SECRET, a_door, a_shelf

AGENT = "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


def a_post(target: str, body: bytes, *lines: str, host: str = NETWORK) -> bytes:
    head = get(
        target,
        AGENT,
        f"Origin: https://{host}",
        f"Content-Length: {len(body)}",
        *lines,
        host=host,
        method="POST",
    )
    return head + body


def an_app_that_counts(folder: Path) -> DoorApp:
    shelf = a_shelf(folder / "shelf")
    for host, root in ((NETWORK, "/courier/"), (HERALD, "/")):
        shelf.put(a_list_page(BOTH, host=host, root=root))
    return an_app(
        shelf,
        folder,
        intakes=lambda door: [open_intake(Ground(folder, (SECRET,), Pages(door)))],
    )


def sums(folder: Path) -> list[int]:
    found = [0] * len(What)
    turn = Settling(Books(books_folder(folder)), Seal((SECRET,)))
    for batch in waiting(waiting_folder(folder)):
        for row in turn.settle(batch).counts.values():
            found = [one + other for one, other in zip(found, row, strict=True)]
    return found


@pytest.mark.parametrize("is_plain", [False, True], ids=["quick", "by the server"])
def test_a_device_offers_and_tells_by_the_path_and_by_the_domain(
    tmp_path: Path, is_plain: bool
) -> None:
    offer = json.dumps({"n": "1", "offers": [["top", BAKERY]]}).encode()
    said = []

    with serving(an_app_that_counts(tmp_path), is_plain=is_plain) as port:
        for host, root in ((NETWORK, "/courier/"), (HERALD, "/")):
            answer = ask(port, a_post(f"{root}-/ads/offer", offer, host=host))
            head, _, body = undated(answer).partition(b"\r\n\r\n")
            event = f"v {json.loads(body)['tokens'][0]}".encode()
            told = ask(port, a_post(f"{root}-/ads/event", event, host=host))
            said += [head, undated(told)]
        ask(port, a_post(f"{root}-/ads/event", event, host=host))

    offered = (
        b"HTTP/1.1 200 OK\r\ndate\r\ncache-control: no-store\r\n"
        b"content-type: application/json\r\ncontent-length: 62"
    )
    told = b"HTTP/1.1 204 No Content\r\ndate\r\ncache-control: no-store\r\n\r\n"
    assert said == [offered, told, offered, told]
    assert sums(tmp_path) == [2, 2, 2, 0, 1]


NOWHERE = [(NETWORK, "/nowhere/"), (NETWORK, "/"), ("elsewhere.example", "/"), ("", "")]
GOOD = a_post("/courier/-/ads/event", b"v 1")


CHUNKED = GOOD.replace(b"Content-Length: 3", b"Transfer-Encoding: chunked")
ARTICLE_ASKED = get(ARTICLE, method="HEAD")
ODD = [
    ([GOOD], [204]),
    ([GOOD[:-2], GOOD[-2:]], [204]),
    ([GOOD + GOOD], [204, 204]),
    ([GOOD + ARTICLE_ASKED], [204, 200]),
    ([ARTICLE_ASKED, GOOD, ARTICLE_ASKED], [200, 204, 200]),
    ([GOOD.replace(b": 3", b": 03")], [204]),
    ([GOOD.replace(b": 3", b": +3")], [400]),
    ([GOOD.replace(b": 3", b": 3\r\nContent-Length: 4")], [400]),
    ([GOOD.replace(b"Content-Length", b"Transfer-Encoding: chunked\r\nContent-Length")], [400]),
    ([CHUNKED.replace(b"v 1", b"3\r\nv 1\r\n0\r\n\r\n")], [204]),
    ([GOOD.replace(b"Host: 127.0.0.1", b"Host: 127.0.0.1\r\nHost: 127.0.0.1")], [400]),
    ([GOOD.replace(b"Host: 127.0.0.1\r\n", b"")], [400]),
    ([GOOD.replace(b"-/ads", b"%2D/ads")], [204]),
    ([GOOD.replace(b"event HTTP", b"event?a=1 HTTP")], [204]),
    ([a_post("/courier/-/ads/event", b"v" * (LONGEST_BODY + 1))], [413]),
    ([a_post("/nowhere/-/ads/event", b"v 1")], [204]),
]


def test_quick_or_not_a_post_is_read_the_same(tmp_path: Path) -> None:
    async def ask_all(port: int) -> list[bytes]:
        return await asyncio.gather(*(talk(port, *pieces) for pieces, _ in ODD))

    answers = []
    for is_plain in (False, True):
        with serving(an_app_that_counts(tmp_path / str(is_plain)), is_plain=is_plain) as port:
            answers.append([undated(each) for each in asyncio.run(ask_all(port))])

    quick, plain = answers
    said = [[int(each) for each in re.findall(rb"HTTP/1\.1 (\d+)", answer)] for answer in quick]
    assert quick == plain
    assert said == [statuses for _, statuses in ODD]


def test_what_no_intake_takes_is_the_apps(tmp_path: Path) -> None:
    app = an_app_that_counts(tmp_path)
    with backstage(tmp_path, echo), serving(app) as port:
        posted = ask(port, a_post("/courier/-/ads/offers", b"{}"))
        looked = ask(port, get("/-/ads/event"))

    assert b"POST /courier/-/ads/offers" in posted
    assert b"GET /-/ads/event" in looked
    assert is_empty(waiting_folder(tmp_path))


def test_a_list_that_is_missing_or_stale_is_printed_meanwhile(tmp_path: Path) -> None:
    door = a_door(tmp_path)
    find, key = Pages(door), (NETWORK, "/courier/-/ads/list.json", "public")
    unknown = [find(host, root, "-/ads/list.json") for host, root in NOWHERE]
    assert (unknown, door.wanted_anew) == ([None] * len(NOWHERE), set())

    missing, wanted = find(NETWORK, "/courier/", "-/ads/list.json"), door.wanted_anew.copy()
    door.wanted_anew.clear()
    door.shelf.put(a_list_page(BOTH, host=NETWORK, root="/courier/"))
    found = find("localhost", "/courier/", "-/ads/list.json")
    assert (missing, wanted, door.wanted_anew) == (None, {key}, set())

    assert found is not None
    found.stale_since = 1.0
    find(NETWORK, "/courier/", "-/ads/list.json")
    assert door.wanted_anew == {key}


@pytest.mark.parametrize("error", [OSError("No space left on device"), ValueError("a mistake")])
def test_counts_are_kept_each_second_and_again_when_that_failed(
    error: Exception, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Counting:
        def __init__(self) -> None:
            self.counted = self.kept = self.tries = 0

        def takes(self, path: str) -> bool:
            return False

        def answer(self, post):
            raise NotImplementedError

        def collect(self) -> int | None:
            counted, self.counted = self.counted, 0
            return counted or None

        def keep(self, collected: int) -> None:
            self.tries += 1
            if self.tries == 1:
                raise error
            self.kept += collected

        def take_back(self, collected: int) -> None:
            self.counted += collected

    intake = Counting()
    events = Events([intake])
    monkeypatch.setattr("masthead.press.door.events.KEPT_EVERY_SECONDS", 0.001)

    async def live() -> None:
        running = asyncio.ensure_future(events.run())
        intake.counted = 3
        while intake.kept < 3:
            await asyncio.sleep(0.001)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        intake.counted = 4
        await events.stop()

    asyncio.run(live())

    assert (intake.kept, intake.tries) == (7, 3)
    assert "could not be kept" in caplog.text
