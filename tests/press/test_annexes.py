"""Pages that are not in the ledger: printed when somebody asks, and never a new one for nothing."""

import json

import pytest

from masthead.press.annexes import Annex, answered_by_app, asked_for, register_annex
from masthead.press.door.deciding import At, Missing, ToApp, decide
from masthead.press.shelf import Hosts, HostTable
from masthead.press.shelf.addresses import read_hosts
from tests.syndication.newsroom import BASE

HOST = "courier.example"
TABLE = HostTable(
    complete=True,
    to_app=("/api/v1/ninjs/", "/-/"),
    outlets=("/",),
    asked=("/api/v1/", "/-/ads/"),
)
HOSTS = Hosts({HOST: HOST}, {HOST: TABLE}, complete=True)
PLACE = "1763294400.000000-12"


class NoAddresses:
    def address(self, host, path):
        return None

    def moved_above(self, host, path):
        return None


@pytest.mark.parametrize(
    ("path", "query", "expected"),
    [
        ("/api/v1/articles", b"", At(HOST, "/api/v1/articles", True)),
        (
            "/api/v1/articles",
            f"utm=x&before={PLACE}".encode(),
            At(HOST, f"/api/v1/articles?before={PLACE}", True),
        ),
        ("/api/v1/ninjs/articles", b"", ToApp()),
        ("/api/v1/" + "x" * 500, b"", ToApp()),
        ("/-/ads/list.json", b"", At(HOST, "/-/ads/list.json", True)),
        ("/-/live", b"", ToApp()),
        ("/api/v2/articles", b"", Missing(HOST, "!404/")),
    ],
)
def test_what_an_annex_holds_is_a_page_to_ask_for(path, query, expected):
    assert decide(NoAddresses(), HOSTS, HOST, path, query) == expected


def test_a_ledger_of_an_older_release_knows_no_annexes():
    table = {"complete": True, "to_app": [], "outlets": ["/"]}
    stored = {"canonical": {}, "complete": True, "tables": {"a": table}}

    assert read_hosts(json.dumps(stored)).tables["a"] == HostTable(complete=True, outlets=("/",))


def test_an_annex_lies_below_each_outlet(sheet):
    assert f"{sheet.prefix}/api/v1/" in asked_for(sheet)
    assert f"{sheet.prefix}/api/v1/ninjs/" in answered_by_app(sheet)
    assert sheet.absolute() == f"{BASE}/"


def test_no_two_annexes_have_one_prefix():
    with pytest.raises(ValueError, match="api/v1/"):
        register_annex(Annex(prefix="api/v1/"))
