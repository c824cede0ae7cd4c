"""A message as it came, however broken: headers, parts and text that can always be asked for."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message

MOST_BYTES = 512_000  # of a message: what says why it came back stands at its beginning
MOST_PARTS = 60
MOST_TEXT = 60_000
FALLBACKS = ("utf-8", "windows-1252")


def parse(raw: bytes) -> Message:
    """compat32: the newer policies refuse headers that mail servers do send."""
    return message_from_bytes(raw[:MOST_BYTES].lstrip(b"\r\n"), policy=policy.compat32)


def header(message: Message, name: str) -> str:
    """Decoded, in one line; empty when it is not there."""
    value = message.get(name)
    return "" if value is None else _in_one_line(value)


def headers(message: Message, name: str) -> list[str]:
    return [_in_one_line(value) for value in message.get_all(name, [])]


def parts_of(message: Message) -> Iterator[Message]:
    """All parts, outer ones first, but not what is inside a returned or forwarded message."""
    waiting, seen = [message], 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop(0)
        seen += 1
        yield part
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            waiting[:0] = _inside(part)


def text_of(part: Message) -> str:
    """What stands in one part, decoded as well as can be."""
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, MessageError):
        content = None
    if not isinstance(content, bytes):
        return ""
    return _decoded(content[: MOST_TEXT * 2], _charset(part))[:MOST_TEXT]


def _inside(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Message)] if payload else []


def _charset(part: Message) -> str:
    try:
        return part.get_content_charset() or ""
    except (ValueError, LookupError, AttributeError):
        return ""


def _decoded(content: bytes, charset: str) -> str:
    for name in filter(None, (charset, *FALLBACKS)):
        try:
            return content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("latin-1")


def _in_one_line(value: object) -> str:
    words = []
    try:
        pieces = decode_header(str(value))
    except (ValueError, MessageError):
        pieces = [(str(value), None)]
    for piece, charset in pieces:
        words.append(_decoded(piece, charset or "") if isinstance(piece, bytes) else piece)
    return " ".join("".join(words).split())[:2000]
