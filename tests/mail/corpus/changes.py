"""What happens to messages on their way: other encodings, line ends, cuts, covers."""

import base64
import quopri
import re
from collections.abc import Callable

PLAIN = re.compile(
    rb"(Content-Type: text/plain; charset=)utf-8\nContent-Transfer-Encoding: 8bit(\n.*?)??\n\n(.*)",
    re.DOTALL,
)


def _encoded(raw: bytes, encode: Callable[[bytes], bytes], name: bytes, charset: str) -> bytes:
    """Only where the whole message is one text."""
    found = PLAIN.search(raw)
    if found is None or b"multipart/" in raw[: found.start()]:
        return raw
    try:
        text = found.group(3).decode().encode(charset)
    except UnicodeEncodeError:
        return raw
    head = raw[: found.start()] + found.group(1) + charset.encode()
    rest = found.group(2) or b""
    return b"%s\nContent-Transfer-Encoding: %s%s\n\n%s" % (head, name, rest, encode(text))


def as_base64(raw: bytes) -> bytes:
    return _encoded(raw, base64.encodebytes, b"base64", "utf-8")


def as_quoted_printable(raw: bytes) -> bytes:
    return _encoded(raw, quopri.encodestring, b"quoted-printable", "utf-8")


def in_koi8(raw: bytes) -> bytes:
    return _encoded(raw, base64.encodebytes, b"base64", "koi8-r")


def in_iso_2022_jp(raw: bytes) -> bytes:
    return _encoded(raw, lambda text: text, b"7bit", "iso-2022-jp")


def in_gb18030(raw: bytes) -> bytes:
    return _encoded(raw, base64.encodebytes, b"base64", "gb18030")


def in_unknown_charset(raw: bytes) -> bytes:
    return raw.replace(b"charset=utf-8", b"charset=x-unknown")


def with_crlf(raw: bytes) -> bytes:
    return raw.replace(b"\n", b"\r\n")


def cut_in_the_copy(raw: bytes) -> bytes:
    """A server that gives up after so many bytes; the closing boundary is lost."""
    at = raw.rfind(b"Subject: Evening edition")
    return raw[:at] if at > 900 else raw


def with_cover(raw: bytes) -> bytes:
    """Passed on inside another multipart by a list or a filter."""
    head, _, body = raw.partition(b"\n\n")
    kind = re.search(rb"^Content-Type:.*(?:\n[ \t].*)*", head, re.MULTILINE)
    if kind is None or b"multipart/report" not in kind.group():
        return raw
    outer = b'Content-Type: multipart/mixed; boundary="=_cover"'
    rest = head.replace(kind.group(), outer)
    return b"%s\n\n--=_cover\n%s\n\n%s\n--=_cover--\n" % (rest, kind.group(), body)


def as_they_are(raw: bytes) -> bytes:
    return raw


CHANGES: list[Callable[[bytes], bytes]] = [
    as_they_are,
    as_base64,
    with_crlf,
    as_quoted_printable,
    cut_in_the_copy,
    in_koi8,
    with_cover,
    in_gb18030,
    in_unknown_charset,
    in_iso_2022_jp,
    as_they_are,
]


def changed(raw: bytes, number: int) -> bytes:
    return CHANGES[number % len(CHANGES)](raw)
