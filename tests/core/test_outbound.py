"""The one outbound client: what it refuses to call, and what it does when the other side is bad."""

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from masthead.core import outbound
from masthead.core.outbound import (
    Answer,
    Guard,
    Refused,
    TooLarge,
    TooSlow,
    Unreachable,
    guarded_by,
)
from masthead.core.outbound.public_addresses import is_public

from .addresses import ALL, PRIVATE, SIX
from .stand_in import StandIn, a_stand_in, answer, redirect

PUBLIC_ADDRESS = "93.184.216.34"
NO_ROOM = OSError("nobody may be called in this test")


def fetch(url: str, **terms: Any) -> Answer:
    return outbound.fetch(url, **{"most_bytes": 10_000, "timeout_seconds": 5} | terms)


class Called(list[tuple[str, int]]):
    """The addresses that sockets were asked to connect to; none of them is."""

    def connect(self, address: tuple[str, int], *_: Any, **__: Any) -> socket.socket:
        self.append(address)
        raise NO_ROOM


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> Called:
    calls = Called()
    monkeypatch.setattr("urllib3.util.connection.create_connection", calls.connect)
    return calls


@pytest.fixture
def play() -> Iterator[Callable[..., StandIn]]:
    """Start a stand-in; its port may be called until the test ends."""
    open_ones = []

    def start(what: Callable[[BaseHTTPRequestHandler], None], **how: Any) -> StandIn:
        opened = a_stand_in(what, **how)
        stand_in = opened.__enter__()
        ports.append(stand_in.port)
        open_ones.append(opened)
        return stand_in

    ports: list[int] = []
    with guarded_by(Guard(loopback_ports=ports)):
        yield start
    for each in open_ones:
        each.__exit__(None, None, None)


def test_the_corpus_has_more_than_a_hundred_tricks() -> None:
    assert len(set(ALL)) > 150


@pytest.mark.parametrize("url", sorted(set(ALL)))
def test_no_trick_reaches_a_socket(url: str, called: Called) -> None:
    names = {"news.example": [PUBLIC_ADDRESS]}

    with (
        guarded_by(Guard(resolve=lambda host, port: names.get(host, ["127.0.0.1"]))),
        pytest.raises(Refused) as refused,
    ):
        fetch(url)

    assert called == []
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("address", [url.split("/")[2].strip("[]") for url in PRIVATE + SIX])
def test_a_name_that_resolves_to_an_inside_address_is_refused(address: str, called: Called) -> None:
    with guarded_by(Guard(resolve=lambda host, port: [address])), pytest.raises(Refused):
        fetch("https://news.example/")

    assert called == []


def test_one_inside_address_among_public_ones_refuses_the_name(called: Called) -> None:
    addresses = [PUBLIC_ADDRESS, "10.0.0.7"]

    with guarded_by(Guard(resolve=lambda host, port: addresses)), pytest.raises(Refused):
        fetch("https://news.example/")

    assert called == []


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "1.1.1.1", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "2a00:1450::1"],
)
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


def test_a_rebinding_name_is_resolved_once_and_that_address_is_called(called: Called) -> None:
    answers = [["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"]]

    with (
        guarded_by(Guard(resolve=lambda host, port: answers.pop(0))),
        pytest.raises(Unreachable),
    ):
        fetch("http://rebinding.example/")

    assert called == [("93.184.216.34", 80)]
    assert len(answers) == 2


def test_the_next_address_is_tried_when_one_does_not_answer(called: Called) -> None:
    both = ["2606:2800:220:1::1", "93.184.216.34"]

    with guarded_by(Guard(resolve=lambda host, port: both)), pytest.raises(Unreachable):
        fetch("https://news.example/")

    assert called == [("2606:2800:220:1::1", 443), ("93.184.216.34", 443)]


def test_a_name_nobody_has_is_unreachable(called: Called) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror

    with guarded_by(Guard(resolve=resolve)), pytest.raises(Unreachable):
        fetch("https://nowhere.example/")


def test_a_resolver_that_hangs_does_not_hold_us_up(called: Called) -> None:
    def resolve(host: str, port: int) -> list[str]:
        time.sleep(1)
        return [PUBLIC_ADDRESS]

    with guarded_by(Guard(resolve=resolve)), pytest.raises(TooSlow):
        fetch("https://slow.example/", timeout_seconds=0.1)

    assert called == []


def test_names_in_other_scripts_are_asked_in_their_ascii_form(called: Called) -> None:
    asked = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return [PUBLIC_ADDRESS]

    with guarded_by(Guard(resolve=resolve)), pytest.raises(Unreachable):
        fetch("https://صحيفة.Example./خبر?س=١")

    assert asked == ["xn--ogbhx3c3b.example"]


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


@pytest.fixture
def tls(tmp_path: Path) -> tuple[ssl.SSLContext, Callable[[], ssl.SSLContext]]:
    """For a server that proves to be news.example, and for an asker who trusts that proof."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "news.example")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("news.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "server.pem"
    pem.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(pem)
    return serving, lambda: ssl.create_default_context(cafile=str(pem))


def test_the_certificate_must_name_the_host_though_the_address_is_called(tls: Any) -> None:
    serving, trusting = tls
    with a_stand_in(answer(b"safe"), tls=serving) as stand_in:
        guard = Guard(
            resolve=lambda host, port: ["127.0.0.1"], loopback_ports=[stand_in.port], tls=trusting
        )
        with guarded_by(guard):
            right = fetch(stand_in.url(scheme="https", host="news.example"))
            with pytest.raises(Unreachable):
                fetch(stand_in.url(scheme="https", host="other.example"))
            with pytest.raises(Unreachable):
                fetch(stand_in.url(scheme="https"))

    assert right.content == b"safe"
    assert [headers["Host"] for _method, _path, headers, _body in stand_in.asked] == [
        f"news.example:{stand_in.port}"
    ]


def test_a_certificate_nobody_vouches_for_is_unreachable(tls: Any) -> None:
    serving, _trusting = tls
    with a_stand_in(answer(), tls=serving) as stand_in:
        guard = Guard(resolve=lambda host, port: ["127.0.0.1"], loopback_ports=[stand_in.port])
        with guarded_by(guard), pytest.raises(Unreachable):
            fetch(stand_in.url(scheme="https", host="news.example"))


def test_a_redirect_from_https_to_http_is_refused(tls: Any) -> None:
    serving, trusting = tls
    with a_stand_in(redirect("http://news.example/"), tls=serving) as stand_in:
        guard = Guard(
            resolve=lambda host, port: ["127.0.0.1"],
            loopback_ports=[stand_in.port, 80],
            tls=trusting,
        )
        with guarded_by(guard), pytest.raises(Refused):
            fetch(stand_in.url(scheme="https", host="news.example"))
