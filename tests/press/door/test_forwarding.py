import pytest

from masthead.press.door.forwarding import from_app, to_app
from masthead.press.door.upstream import Lines


def sent(lines: Lines, *, behind_proxy: bool = False) -> dict[bytes, bytes]:
    passed = to_app(
        [(b"host", b"a.example"), *lines],
        client="10.0.0.1",
        scheme="http",
        behind_proxy=behind_proxy,
        length=None,
    )
    return dict(passed)


OWN = {
    b"host": b"a.example",
    b"x-forwarded-for": b"10.0.0.1",
    b"x-forwarded-proto": b"http",
    b"x-forwarded-host": b"a.example",
}


@pytest.mark.parametrize(
    "name",
    [
        b"x-masthead-door",
        b"x_masthead_door",
        b"x_forwarded_for",
        b"x-forwarded-for",
        b"x-forwarded-proto",
        b"x-forwarded-host",
        b"forwarded",
        b"x-real-ip",
        b"connection",
        b"keep-alive",
        b"te",
        b"transfer-encoding",
        b"upgrade",
        b"expect",
        b"proxy-authorization",
    ],
)
def test_a_client_cannot_speak_for_the_door(name: bytes) -> None:
    assert sent([(name, b"x")]) == OWN


def test_a_proxy_in_front_is_believed_when_the_operator_says_so() -> None:
    lines = [
        (b"x-forwarded-for", b"192.0.2.1"),
        (b"x-forwarded-for", b"192.0.2.2"),
        (b"x-forwarded-proto", b"https"),
        (b"x-forwarded-host", b"b.example"),
    ]

    assert sent(lines, behind_proxy=True) == {
        b"host": b"a.example",
        b"x-forwarded-for": b"192.0.2.1, 192.0.2.2, 10.0.0.1",
        b"x-forwarded-proto": b"https",
        b"x-forwarded-host": b"b.example",
    }


def test_headers_named_in_connection_stay_behind_but_not_the_cookie() -> None:
    lines = [(b"connection", b"X-One, cookie,host"), (b"x-one", b"1"), (b"cookie", b"a=b")]

    assert sent(lines) == {**OWN, b"cookie": b"a=b"}


def test_an_answer_loses_what_was_for_one_connection() -> None:
    lines = [(b"connection", b"x-one"), (b"x-one", b"1"), (b"date", b"d"), (b"etag", b'"a"')]

    assert from_app(lines) == [(b"etag", b'"a"')]
