"""Who asked, and how: only what the front door and a proxy before it say is believed."""

from collections.abc import Iterable
from typing import Any

import pytest

from masthead.conf.behind_door import BehindDoor


def environ_of(*, behind_proxy: bool = False, **sent: str) -> dict[str, Any]:
    """What Django gets to see of a request that came with these."""
    seen: dict[str, Any] = {}

    def application(environ: dict[str, Any], _start: Any) -> Iterable[bytes]:
        seen.update(environ)
        return []

    BehindDoor(application, behind_proxy=behind_proxy)(dict(sent), lambda *_args: None)
    return seen


def test_the_client_is_whom_the_door_saw() -> None:
    seen = environ_of(HTTP_X_FORWARDED_FOR="192.0.2.7")

    assert seen["REMOTE_ADDR"] == "192.0.2.7"


def test_behind_a_proxy_the_client_is_whom_the_proxy_saw() -> None:
    seen = environ_of(behind_proxy=True, HTTP_X_FORWARDED_FOR="192.0.2.7, 10.0.0.1")

    assert seen["REMOTE_ADDR"] == "192.0.2.7"


@pytest.mark.parametrize(
    ("behind_proxy", "chain"),
    [(False, "1.1.1.1, 192.0.2.7"), (True, "1.1.1.1, 2.2.2.2, 192.0.2.7, 10.0.0.1")],
)
def test_whom_a_client_says_it_is_makes_no_difference(behind_proxy: bool, chain: str) -> None:
    assert environ_of(behind_proxy=behind_proxy, HTTP_X_FORWARDED_FOR=chain)["REMOTE_ADDR"] == (
        "192.0.2.7"
    )


def test_a_proxy_that_names_nobody_is_the_client_itself() -> None:
    assert environ_of(behind_proxy=True, HTTP_X_FORWARDED_FOR="10.0.0.1")["REMOTE_ADDR"] == (
        "10.0.0.1"
    )


@pytest.mark.parametrize(
    ("said", "scheme"),
    [
        ("https", "https"),
        ("HTTPS", "https"),
        ("http", "http"),
        ("http, https", "https"),
        ("https, http", "http"),
        ("javascript", "http"),
        ("", "http"),
    ],
)
def test_the_scheme_is_one_of_two(said: str, scheme: str) -> None:
    assert environ_of(HTTP_X_FORWARDED_PROTO=said)["wsgi.url_scheme"] == scheme


def test_nothing_else_of_what_was_forwarded_reaches_the_program() -> None:
    seen = environ_of(
        HTTP_X_FORWARDED_FOR="192.0.2.7",
        HTTP_X_FORWARDED_HOST="evil.example",
        HTTP_X_FORWARDED_PROTO="https",
        HTTP_HOST="courier.example",
    )

    assert {name for name in seen if name.startswith("HTTP_")} == {"HTTP_HOST"}


def test_without_a_word_of_the_door_there_is_no_address() -> None:
    assert environ_of()["REMOTE_ADDR"] == ""
