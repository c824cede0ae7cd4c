"""
A finished message with places for what differs from reader to reader.

Printing a message costs milliseconds, filling in a name microseconds: so an edition is printed
once for each kind of reader, with `@@NAME@@` where a recipient's own words belong, and is cut up
here. How a value is written at a place was settled when the message was cut: bare in a header,
escaped in HTML, quoted-printable where the part is.
"""

import json
import re
from binascii import b2a_qp
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape

FIELDS = ("TO", "MESSAGE-ID", "DELIVERY", "PREFERENCES", "LEAVE", "GREETING")
# Quoted-printable may break a line anywhere, so also within a name.
_SOFT = rb"(?:=\r\n)?"
_PLACE = re.compile(
    rb"@"
    + _SOFT
    + rb"@"
    + _SOFT
    + rb"("
    + rb"|".join(_SOFT.join(re.escape(bytes([c])) for c in name.encode()) for name in FIELDS)
    + rb")"
    + _SOFT
    + rb"@"
    + _SOFT
    + rb"@"
)
_LONGEST_IN_HEADER = 900  # a line may have 998 bytes, and these stand in one
_BARE = rb"[^\x00-\x20\x7f<>,;\"\\]+"
_IN_HEADER = {
    "TO": re.compile(rb"[^\x00-\x20\x7f<>,;()\"\\]+@[^\x00-\x20\x7f<>,;()\"\\@]+"),
    "MESSAGE-ID": re.compile(rb"[!#-;=?A-~]+@[!#-;=?A-~]+"),
    "DELIVERY": re.compile(rb"[A-Za-z0-9:._-]+"),
    "PREFERENCES": re.compile(_BARE),
    "LEAVE": re.compile(_BARE),
    "GREETING": re.compile(rb"[^\x00-\x1f\x7f]*"),
}
# What is written the same in every way, as most names and all our addresses are: looked at once
# instead of three times. Within 75 characters, so that quoted-printable breaks no line.
_ANYWHERE = re.compile(rb"[A-Za-z0-9:/._~,@-][A-Za-z0-9:/._~,@ -]{0,73}[A-Za-z0-9:/._~,@-]")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class CannotSplice(Exception):
    """A message cannot be cut up, or a value cannot stand where it belongs."""


def make_parts(message: bytes) -> bytes:
    """
    Cut a whole message (RFC 5322, lines ended by CRLF) at its places, as one lasting value.

    The To header must be `@@TO@@` and the Message-ID `<@@MESSAGE-ID@@>`; the others may stand in
    headers and in text parts that are not base64. Raises CannotSplice.
    """
    if b"\n" in message.replace(b"\r\n", b"") or b"\r" in message.replace(b"\r\n", b""):
        raise CannotSplice("Lines of a message end with CRLF.")
    head = message.partition(b"\r\n\r\n")[0] + b"\r\n"
    if not re.search(rb"(?im)^To: ?@@TO@@\r$", head):
        raise CannotSplice("The message needs the header “To: @@TO@@”.")
    if not re.search(rb"(?im)^Message-ID: ?<@@MESSAGE-ID@@>\r$", head):
        raise CannotSplice("The message needs the header “Message-ID: <@@MESSAGE-ID@@>”.")
    cut: list[tuple[int, str, str]] = []
    pieces, end = [], 0
    for start, stop, name, how in _places(message):
        if how == "base64":
            raise CannotSplice(f"{name} stands in a part that is written as base64.")
        pieces.append(message[end:start])
        cut.append((start - end, name, how))
        end = stop
    pieces.append(message[end:])
    return json.dumps(cut).encode() + b"\n" + b"".join(pieces)


def splice(parts: bytes, fields: Mapping[str, bytes]) -> bytes:
    """
    The message to one recipient.

    fields: by name, UTF-8: TO a bare address, MESSAGE-ID without its angle brackets, DELIVERY the
    row's number, PREFERENCES and LEAVE addresses, GREETING a line of text. No value can end a
    header or open a tag. Raises CannotSplice, for a missing value too.
    """
    pieces, places = _opened(bytes(parts))
    written: dict[tuple[str, str], bytes] = {}
    out = []
    for piece, place in zip(pieces, places, strict=False):
        out.append(piece)
        value = written.get(place)
        if value is None:
            value = written[place] = _written(*place, fields)
        out.append(value)
    out.append(pieces[-1])
    return b"".join(out)


@lru_cache(maxsize=16)
def _opened(parts: bytes) -> tuple[list[bytes], list[tuple[str, str]]]:
    header, _, message = parts.partition(b"\n")
    pieces, places, at = [], [], 0
    for length, name, how in json.loads(header):
        pieces.append(message[at : at + length])
        places.append((name, how))
        at += length
    return [*pieces, message[at:]], places


def _written(name: str, how: str, fields: Mapping[str, bytes]) -> bytes:
    try:
        value = fields[name]
    except KeyError:
        raise CannotSplice(f"{name} is missing.") from None
    if how == "header":
        if len(value) > _LONGEST_IN_HEADER or not _IN_HEADER[name].fullmatch(value):
            raise CannotSplice(f"{name} cannot stand in a header: {value[:100]!r}.")
        return value
    if _ANYWHERE.fullmatch(value):
        return b"=\r\n" + value + b"=\r\n" if how.endswith("quoted-printable") else value
    if _CONTROL.search(value):
        raise CannotSplice(f"{name} has control characters: {value[:100]!r}.")
    if how.startswith("html"):
        value = escape(value.decode()).encode()
    if how.endswith("quoted-printable"):
        # A soft break on both sides: lines keep within 76 characters whatever stands around.
        return b"=\r\n" + b2a_qp(value, istext=False).replace(b"=\n", b"=\r\n") + b"=\r\n"
    return value.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _places(message: bytes) -> Iterator[tuple[int, int, str, str]]:
    """Each place: from where, to where, its name, and how a value is written there."""
    ways = list(_ways(message))
    found = 0
    for match in _PLACE.finditer(message):
        while found + 1 < len(ways) and ways[found + 1][0] <= match.start():
            found += 1
        name = match.group(1).replace(b"=\r\n", b"").decode()
        yield match.start(), match.end(), name, ways[found][1]


def _ways(message: bytes) -> Iterator[tuple[int, str]]:
    """From which byte on values are written how: headers and parts, one after the other."""
    at, head_from = 0, 0
    yield 0, "header"
    in_head = True
    for line in message.splitlines(keepends=True):
        if in_head and line == b"\r\n":
            in_head = False
            yield at + 2, _way_of_part(message[head_from:at])
        elif not in_head and line.startswith(b"--") and _is_boundary(message, line):
            in_head, head_from = True, at + len(line)
            yield at, "header"
        at += len(line)


def _is_boundary(message: bytes, line: bytes) -> bool:
    named = line.rstrip()[2:].removesuffix(b"--")
    boundaries = re.findall(rb"(?i)boundary=\"?([^\";\r\n]+)\"?", message)
    return bool(named) and named in boundaries


def _way_of_part(head: bytes) -> str:
    kind = "html" if re.search(rb"(?im)^Content-Type:\s*text/html", head) else "plain"
    found = re.search(rb"(?im)^Content-Transfer-Encoding:\s*([\w-]+)", head)
    encoding = found.group(1).decode().lower() if found else "8bit"
    if encoding == "base64":
        return encoding
    return f"{kind}-quoted-printable" if encoding == "quoted-printable" else kind
