"""Search engines at the door: the public's page until it is known who they are."""

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from masthead.press.door.crawlers import MOST_KNOWN, Crawlers
from masthead.press.shelf import HostTable
from tests.press.door.serving import an_app, ask, get, press_room, serving
from tests.press.door.shelving import ARTICLE, NETWORK, a_page, a_shelf

GOOGLE = "User-Agent: Mozilla/5.0 (compatible; Googlebot/2.1)"
TABLES = {NETWORK: HostTable(crawlers=(("/courier/", ("googlebot",)),))}
CLIENT = ("203.0.113.9", 5)


def letting_in(folder: Path, *names: str):
    shelf = a_shelf(folder)
    shelf.put(a_page(variant="members", text="All of it.", cache="private, no-store"))
    hosts = shelf.hosts()
    table = replace(hosts.tables[NETWORK], crawlers=(("/courier/", names),) if names else ())
    shelf.set_hosts(replace(hosts, tables={**hosts.tables, NETWORK: table}))
    return an_app(shelf, folder)


@pytest.mark.parametrize(("said", "reads_all"), [("yes", True), ("no", False), ("x", False)])
def test_who_is_known_to_be_one_reads_all_and_nobody_keeps_it(
    tmp_path: Path, said: str, reads_all: bool
) -> None:
    asked: list[dict[str, str]] = []

    def answer(line: bytes) -> bytes:
        asked.append(json.loads(line))
        return json.dumps({"said": said}).encode() + b"\n"

    app = letting_in(tmp_path, "googlebot")
    with press_room(tmp_path, answer), serving(app) as port:
        first = ask(port, get(ARTICLE, GOOGLE))
        until = time.monotonic() + 10
        while not asked and time.monotonic() < until:
            time.sleep(0.01)
        while app.door.crawlers.waiting and time.monotonic() < until:
            time.sleep(0.01)
        later = ask(port, get(ARTICLE, GOOGLE))

    assert b"All of it." not in first
    assert (b"All of it." in later) is reads_all
    assert (b"cache-control: private, no-store" in later) is reads_all
    assert asked == [{"question": "crawler", "name": "googlebot", "address": "127.0.0.1"}]


@pytest.mark.parametrize("names", [(), ("bingbot",)])
def test_where_no_outlet_lets_it_in_nobody_is_asked(tmp_path: Path, names: tuple[str, ...]) -> None:
    app = letting_in(tmp_path, *names)
    with serving(app) as port:
        answers = [ask(port, get(ARTICLE, GOOGLE)) for _ in range(2)]

    assert not any(b"All of it." in each for each in answers)
    assert app.door.crawlers.waiting == {}


def test_somebody_who_claims_it_from_ever_new_addresses_grows_nothing() -> None:
    crawlers = Crawlers()
    crawlers.learn(TABLES)

    for number in range(MOST_KNOWN + 10):
        crawlers.hear(("googlebot", str(number)), "no")

    assert len(crawlers._known) <= MOST_KNOWN


@pytest.mark.parametrize(
    ("path", "agent"),
    [("/tideline/", b"Googlebot"), ("/courier/x/", b"Mozilla"), ("/", b"bingbot")],
)
def test_only_the_named_and_only_where_they_are_let_in(path: str, agent: bytes) -> None:
    crawlers = Crawlers()
    crawlers.learn(TABLES)

    assert not crawlers.may_read(NETWORK, path, [(b"user-agent", agent)], CLIENT)
    assert crawlers.waiting == {}


def test_behind_a_proxy_the_last_address_it_names_is_asked_about() -> None:
    crawlers = Crawlers(behind_proxy=True)
    crawlers.learn(TABLES)
    lines = [(b"user-agent", b"Googlebot"), (b"x-forwarded-for", b"198.51.100.7, 66.249.66.1")]

    crawlers.may_read(NETWORK, "/courier/x/", lines, CLIENT)

    assert list(crawlers.waiting) == [("googlebot", "66.249.66.1")]
