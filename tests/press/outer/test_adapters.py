"""What each kind of cache is sent, and what counts as told."""

import json
import re

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from masthead.conf.config import BadSetting, read_settings
from masthead.press.outer.caches import (
    OuterCache,
    Purging,
    outer_caches,
    register_outer_cache,
    tell,
)
from masthead.press.outer.client import NotTold
from masthead.press.outer.http import tell_http
from masthead.press.outer.varnish import MOST_HEADER_BYTES, split
from tests.press.outer.standing_in import StandIn, a_cache

PURGING = Purging(
    812,
    ("a55", "f1"),
    addresses=(("courier.example", "/häfen/?before=1.5-2"), ("127.0.0.1", "/")),
    urls=("https://courier.example/h%C3%A4fen/",),
)


def test_varnish_is_sent_the_keys_in_one_header() -> None:
    with a_cache() as there:
        tell(_cache("varnish", there), PURGING)

    assert [(method, path, said["xkey-purge"]) for method, path, said, _ in there.told] == [
        ("PURGE", "/", "a55 f1")
    ]


@given(st.lists(st.from_regex(r"[a-z][0-9.]{0,30}", fullmatch=True), max_size=40))
def test_many_keys_are_split_between_them_into_short_lines(keys: list[str]) -> None:
    lines = list(split(keys, most=50))

    assert " ".join(lines).split() == keys
    assert all(0 < len(line) <= 50 for line in lines)


def test_thousands_of_keys_are_several_purges_of_varnish() -> None:
    keys = tuple(f"a{number}" for number in range(2_000))
    with a_cache() as there:
        tell(_cache("varnish", there), Purging(1, keys))

    sent = [said["xkey-purge"] for _, _, said, _ in there.told]
    assert " ".join(sent).split() == list(keys)
    assert max(map(len, sent)) <= MOST_HEADER_BYTES


def test_nginx_is_asked_for_each_address_in_each_encoding_as_links_write_it() -> None:
    with a_cache() as there:
        there.status = 412  # it has none of them
        tell(_cache("nginx", there), PURGING)

    codings = ("br", "gzip", "")
    assert [
        (method, said["host"], path, said["accept-encoding"])
        for method, path, said, _ in there.told
    ] == [
        ("PURGE", host, path, coding)
        for host, path in (
            ("courier.example", "/h%C3%A4fen/?before=1.5-2"),
            ("127.0.0.1", "/"),
        )
        for coding in codings
    ]


def test_any_other_cache_is_posted_json_with_its_token() -> None:
    with a_cache() as there:
        there.status = 202
        tell_http(OuterCache("http", f"{there.url}/purge", {"token": "wave"}), PURGING)

    [(method, path, said, body)] = there.told
    assert (method, path, said["authorization"]) == ("POST", "/purge", "Bearer wave")
    assert json.loads(body) == {
        "number": 812,
        "keys": ["a55", "f1"],
        "urls": ["https://courier.example/h%C3%A4fen/"],
        "everything": False,
    }


@pytest.mark.parametrize("kind", ["varnish", "nginx", "http"])
@pytest.mark.parametrize("status", [301, 403, 500, 503, None])
def test_a_cache_that_says_anything_else_was_not_told(kind: str, status: int | None) -> None:
    with a_cache() as there:
        there.status = status
        with pytest.raises(NotTold) as refused:
            tell(OuterCache(kind, there.url, {"token": "wave"}), PURGING)

    assert len(there.told) == 1  # neither tried again nor sent where it pointed
    assert "wave" not in str(refused.value)


@pytest.mark.parametrize("kind", ["varnish", "nginx", "http"])
def test_a_cache_that_is_not_there_was_not_told(kind: str) -> None:
    with pytest.raises(NotTold, match=re.escape("127.0.0.1:9 did not answer")):
        tell(OuterCache(kind, "http://127.0.0.1:9"), PURGING)


def test_settings_name_caches_and_keep_their_tokens_to_themselves(settings) -> None:
    settings.OUTER_CACHES = ["varnish http://[::1]:6081", "http https://cdn.example/p token=a=b"]

    found = outer_caches()

    assert [each.name for each in found] == [
        "varnish http://[::1]:6081",
        "http https://cdn.example/p",
    ]
    assert (found[1].options, "a=b" in repr(found)) == ({"token": "a=b"}, False)


def test_a_kind_that_nobody_registered_is_refused_with_those_there_are(settings) -> None:
    settings.OUTER_CACHES = ["squid http://127.0.0.1:3128"]

    with pytest.raises(ImproperlyConfigured, match="names “squid”; accepted: http, nginx, varnish"):
        outer_caches()


def test_a_kind_is_registered_once() -> None:
    with pytest.raises(ValueError):
        register_outer_cache("varnish", tell_http)


@pytest.mark.parametrize(
    "line",
    [
        "varnish",
        "varnish 127.0.0.1:6081",
        "varnish ftp://127.0.0.1",
        "varnish http://name:secret@127.0.0.1",
        "http http://127.0.0.1:port",
        "http http://127.0.0.1 token",
    ],
)
def test_a_setting_that_cannot_be_read_is_refused(line: str, tmp_path) -> None:
    with pytest.raises(BadSetting):
        read_settings(folder=tmp_path, environ={"MASTHEAD_OUTER_CACHES": line})


def _cache(kind: str, there: StandIn) -> OuterCache:
    return OuterCache(kind, there.url)
