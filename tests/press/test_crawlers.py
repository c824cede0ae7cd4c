"""Who may call itself a search engine's program; no network is asked."""

import json
from types import SimpleNamespace

import pytest

from masthead.core.outbound import Unreachable
from masthead.press import crawlers
from masthead.press.crawlers import is_genuine, tell_crawler

GOOGLE, GOOGLES_NAME = "66.249.66.1", "crawl-66-249-66-1.googlebot.com"


@pytest.fixture(autouse=True)
def names(monkeypatch):
    """What the network's name servers say."""
    known = {GOOGLE: GOOGLES_NAME}
    back = {GOOGLES_NAME: [GOOGLE]}
    monkeypatch.setattr(crawlers, "name_of", lambda address: known.get(address, ""))
    monkeypatch.setattr(crawlers, "addresses_of", lambda host: back.get(host, []))
    monkeypatch.setattr(crawlers, "_ranges", {})
    return SimpleNamespace(known=known, back=back)


def test_the_name_of_the_address_has_to_lead_back_to_it():
    assert is_genuine(name="googlebot", address=GOOGLE)


@pytest.mark.parametrize(
    ("address", "name", "back"),
    [
        ("203.0.113.9", "", []),
        ("203.0.113.9", "host.example", ["203.0.113.9"]),
        ("203.0.113.9", GOOGLES_NAME, [GOOGLE]),
        ("203.0.113.9", "crawl.evilgooglebot.com", ["203.0.113.9"]),
        ("203.0.113.9", "googlebot.com.evil.example", ["203.0.113.9"]),
        # Machines that anybody rents there, and what fetches for others.
        ("203.0.113.9", "9.113.0.203.bc.googleusercontent.com", ["203.0.113.9"]),
        ("203.0.113.9", "rate-limited-proxy-203-0-113-9.google.com", ["203.0.113.9"]),
        ("not an address", GOOGLES_NAME, [GOOGLE]),
    ],
)
def test_whoever_only_claims_to_be_one_is_none(names, address, name, back):
    names.known[address], names.back[name] = name, back

    assert not is_genuine(name="googlebot", address=address)


def test_a_program_that_nobody_knows_is_none():
    assert not is_genuine(name="megabot", address=GOOGLE)


def test_published_ranges_are_asked_for_once(monkeypatch):
    asked = []

    def fetch(url, **_):
        asked.append(url)
        prefixes = [{"ipv4Prefix": "20.42.10.176/28"}, {"ipv6Prefix": "2001:db8::/48"}]
        return SimpleNamespace(content=json.dumps({"prefixes": prefixes}).encode())

    monkeypatch.setattr(crawlers, "fetch", fetch)
    addresses = ("20.42.10.180", "20.42.11.1", "2001:db8::7")

    found = [is_genuine(name="oai-searchbot", address=each) for each in addresses]

    assert (found, len(asked)) == ([True, False, True], 1)


@pytest.mark.parametrize("said", [b"no JSON", b"[]", b'{"prefixes": [{"ipv4Prefix": "x"}]}', None])
def test_a_list_that_cannot_be_had_lets_nobody_in(monkeypatch, said):
    def fetch(url, **_):
        if said is None:
            raise Unreachable("Nobody answers.")
        return SimpleNamespace(content=said)

    monkeypatch.setattr(crawlers, "fetch", fetch)

    assert tell_crawler(name="oai-searchbot", address="20.42.10.180") == {"said": "unknown"}
