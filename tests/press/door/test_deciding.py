from pathlib import Path

import pytest

from masthead.press.door.deciding import (
    At,
    Decision,
    Elsewhere,
    Missing,
    NoHost,
    ToApp,
    host_of,
    request_line,
)
from masthead.press.shelf import Hosts, HostTable
from tests.press.door.shelving import ARTICLE, HERALD, NETWORK, a_door


@pytest.fixture(params=["asking the ledger", "with the directory"])
def decided(request: pytest.FixtureRequest, tmp_path: Path):
    door = a_door(tmp_path)
    if request.param == "with the directory":
        door.directory.build([NETWORK, HERALD])

    def decide(path: str | None, query: bytes = b"", host: str = NETWORK) -> Decision:
        return door.decide(host, path, query)

    return decide


@pytest.mark.parametrize(
    ("path", "query", "expected"),
    [
        (ARTICLE, b"", At(NETWORK, ARTICLE, False)),
        (ARTICLE, b"utm_source=x&before=1", At(NETWORK, ARTICLE, False)),
        ("/courier/", b"x=1", At(NETWORK, "/courier/", True)),
        ("/courier/", b"tag=a%20b&before=1", At(NETWORK, "/courier/?before=1&tag=a%20b", True)),
        ("/courier/", b"before=1&before=2", At(NETWORK, "/courier/?before=1", True)),
        ("/courier/", b"before=", At(NETWORK, "/courier/", True)),
        ("/courier/", b"before=" + b"9" * 300, At(NETWORK, "/courier/", True)),
        ("/courier/search/", b"q=1", ToApp()),
        ("/courier/bridge/", b"a=1", Elsewhere(f"{ARTICLE}?a=1")),
        ("/courier/harbour/", b"", Elsewhere("/courier/port/")),
        ("/courier/harbour/ü/", b"", Elsewhere("/courier/port/%C3%BC/")),
        ("/courier/port/bridge", b"a=%0d", Elsewhere(f"{ARTICLE}?a=%0d")),
        ("/courier/port/nothing/", b"", Missing(NETWORK, "!404/courier/")),
        ("/courier/port/bridge/x", b"", Missing(NETWORK, "!404/courier/")),
        ("//courier/port/bridge/", b"", ToApp()),
        ("/desk/pages/", b"", ToApp()),
        ("/-/live", b"", ToApp()),
        ("/", b"", ToApp()),
        (None, b"", ToApp()),
    ],
)
def test_an_address_leads_to_one_thing(decided, path, query, expected) -> None:
    assert decided(path, query) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/nothing/", Missing(NETWORK, "!404/")),
        ("/favicon.ico", Missing(NETWORK, "!404/")),
        ("//courier/port/bridge/", Missing(NETWORK, "!404/")),
        (None, Missing(NETWORK, "!404/")),
        ("/courier/nothing/", Missing(NETWORK, "!404/courier/")),
        ("/courier", Elsewhere("/courier/")),
        ("/desk/", ToApp()),
        ("/desk", ToApp()),  # it leads to /desk/
        ("/desks", Missing(NETWORK, "!404/")),
        ("/-/ready", ToApp()),
    ],
)
def test_outside_of_every_outlet_there_is_nothing(
    tmp_path: Path, path: str | None, expected: Decision
) -> None:
    door = a_door(tmp_path)
    table = HostTable(True, ("/desk/", "/account/"), ("/", "/courier/"))
    door.shelf.set_hosts(Hosts({NETWORK: NETWORK}, {NETWORK: table}, True))
    door.learn_hosts()

    assert door.decide(NETWORK, path, b"") == expected


def test_an_unknown_host_is_none_of_ours(decided) -> None:
    assert decided("/", host="nobody.example") == NoHost()


def test_on_a_host_whose_addresses_are_not_complete_the_app_is_asked(decided) -> None:
    assert decided("/nothing/", host=HERALD) == ToApp()
    assert decided("/", host=HERALD) == At(HERALD, "/", False)


@pytest.mark.parametrize(
    ("header", "host"),
    [
        ("Courier.Example:8000", "courier.example"),
        ("courier.example.", "courier.example"),
        ("[::1]:80", "[::1]"),
        ("a b", ""),
        ("a/b", ""),
        ("", ""),
        ("courier.example:x", ""),
    ],
)
def test_a_host_is_read_without_its_port(header: str, host: str) -> None:
    assert host_of(header) == host


def test_a_target_has_one_request_line() -> None:
    assert request_line("/courier/ü b/?before=a%20b") == b"GET /courier/%C3%BC%20b/?before=a%20b"
