"""What the outbound client says and brings back, and what it does with a bad answer."""

import socket
import time
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from masthead.core.outbound import Guard, Refused, TooLarge, TooSlow, Unreachable, guarded_by

from .asking import fetch
from .stand_in import answer


def test_an_answer_brings_status_headers_content_and_address(play: Any) -> None:
    stand_in = play(answer(b"{}", status=404, Content_Type="application/json"))

    got = fetch(stand_in.url("/oembed?url=https%3A//a.example/&q=ü"), accept="application/json")

    assert (got.status, got.content) == (404, b"{}")
    assert got.headers["content-type"] == "application/json"
    assert got.url == stand_in.url("/oembed?url=https%3A//a.example/&q=%C3%BC")


def test_we_say_who_we_are_and_carry_no_cookies_and_no_proxy(
    play: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    stand_in = play(answer(Set_Cookie="seen=1"))

    fetch(stand_in.url(), headers={"x-key": "k", "user-agent": "other", "host": "other"})
    fetch(stand_in.url())

    first, second = (headers for _method, _path, headers, _body in stand_in.asked)
    assert first == second | {"X-Key": "k"}
    assert second == {
        "Host": f"127.0.0.1:{stand_in.port}",
        "User-Agent": "Masthead/0.1.0",
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


def test_a_body_is_posted(play: Any) -> None:
    stand_in = play(answer(b"", status=202))

    got = fetch(stand_in.url("/inbox"), method="POST", body=b"note")

    assert got.status == 202
    assert [(each[0], each[1], each[3]) for each in stand_in.asked] == [("POST", "/inbox", b"note")]


def test_a_head_answer_has_no_content_however_long_it_would_be(play: Any) -> None:
    stand_in = play(answer(b"a" * 20_000))

    assert fetch(stand_in.url(), method="HEAD", most_bytes=10).content == b""


def test_an_answer_that_says_it_is_too_long_is_not_read(play: Any) -> None:
    with pytest.raises(TooLarge):
        fetch(play(answer(b"a" * 101)).url(), most_bytes=100)


def test_exactly_as_many_bytes_as_were_allowed_are_read(play: Any) -> None:
    assert len(fetch(play(answer(b"a" * 100)).url(), most_bytes=100).content) == 100


def test_an_endless_answer_is_cut_off(play: Any) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            handler.wfile.write(b"a" * 10_000)

    with pytest.raises(TooLarge):
        fetch(play(endless).url(), most_bytes=50_000)


def test_an_endless_chunked_answer_is_cut_off(play: Any) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            handler.wfile.write(b"a\r\n0123456789\r\n")

    with pytest.raises(TooLarge):
        fetch(play(endless).url(), most_bytes=50_000)


def test_a_compressed_answer_is_refused_before_it_can_burst(play: Any) -> None:
    with pytest.raises(Refused):
        fetch(play(answer(b"\x1f\x8b", Content_Encoding="gzip")).url())


@pytest.mark.parametrize("before", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\nab"])
def test_a_silent_server_is_too_slow(play: Any, before: bytes) -> None:
    def silent(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(before)
        time.sleep(1)

    began = time.monotonic()
    with pytest.raises(TooSlow):
        fetch(play(silent).url(), timeout_seconds=0.3)

    assert time.monotonic() - began < 0.9


@pytest.mark.parametrize(
    "before", [b"HTTP/1.1 200 OK\r\nX-Drip: ", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 "]
)
def test_a_drip_of_bytes_does_not_stretch_the_time(play: Any, before: bytes) -> None:
    def dripping(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(before)
        for _ in range(40):
            handler.wfile.write(b"a")
            time.sleep(0.05)

    began = time.monotonic()
    with pytest.raises(TooSlow):
        fetch(play(dripping).url(), timeout_seconds=0.3)

    assert time.monotonic() - began < 0.9


@pytest.mark.parametrize(
    "rubbish",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"a" * 70_000,
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3, 4\r\n\r\nabc",
    ],
)
def test_an_answer_that_is_not_one_is_unreachable(play: Any, rubbish: bytes) -> None:
    def play_rubbish(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(rubbish)
        handler.close_connection = True

    with pytest.raises(Unreachable):
        fetch(play(play_rubbish).url())


def test_a_closed_port_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    with guarded_by(Guard(loopback_ports=[port])), pytest.raises(Unreachable):
        fetch(f"http://127.0.0.1:{port}/")
