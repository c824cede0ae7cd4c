"""How far the outbound client lets itself be sent on."""

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from masthead.core.outbound import Refused

from .asking import fetch
from .stand_in import answer, redirect


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_three_redirects_are_followed(play: Any, status: int) -> None:
    stand_in = play(redirect("/b", "../c", "//127.0.0.1:PORT/d"))
    stand_in_port = str(stand_in.port)
    stand_in.server.RequestHandlerClass.send_header = _with_port(stand_in_port)

    got = fetch(stand_in.url("/a"))

    assert (got.content, got.url) == (b"arrived", stand_in.url("/d"))


def _with_port(port: str) -> Callable[..., None]:
    def send_header(self: BaseHTTPRequestHandler, name: str, value: str) -> None:
        BaseHTTPRequestHandler.send_header(self, name, value.replace("PORT", port))

    return send_header


def test_a_fourth_redirect_is_refused(play: Any) -> None:
    stand_in = play(redirect("/b", "/c", "/d", "/e"))

    with pytest.raises(Refused):
        fetch(stand_in.url("/a"))

    assert [path for _method, path, _headers, _body in stand_in.asked] == ["/a", "/b", "/c", "/d"]


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1:1/",
        "http://localhost/",
        "http://[::1]/",
        "http://169.254.169.254/",
        "http://10.0.0.1/",
        "http://2130706433/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:70/",
        "http://[64:ff9b::7f00:1]/",
        "http://user@news.example/",
        "http://[",
        "//0/",
        "\\\\0\\",
    ],
)
def test_a_redirect_to_an_inside_address_is_refused(play: Any, place: str) -> None:
    stand_in = play(redirect(place))

    with pytest.raises(Refused):
        fetch(stand_in.url())

    assert len(stand_in.asked) == 1


def test_a_redirect_to_another_host_does_not_take_our_headers_along(play: Any) -> None:
    other = play(answer(b"there"))
    stand_in = play(redirect(other.url("/there")))

    fetch(stand_in.url(), headers={"Authorization": "Bearer secret"})

    assert stand_in.asked[0][2]["Authorization"] == "Bearer secret"
    assert "Authorization" not in other.asked[0][2]


def test_a_post_is_not_redirected(play: Any) -> None:
    stand_in = play(redirect("/elsewhere"))

    got = fetch(stand_in.url("/inbox"), method="POST", body=b"note")

    assert got.status == 302
    assert len(stand_in.asked) == 1


def test_only_the_hosts_named_are_asked(play: Any) -> None:
    stand_in = play(redirect("http://localhost/"))

    with pytest.raises(Refused, match="localhost"):
        fetch(stand_in.url(), allow_hosts={"127.0.0.1"})
    with pytest.raises(Refused, match=r"127\.0\.0\.1"):
        fetch(stand_in.url(), allow_hosts={"news.example"})
