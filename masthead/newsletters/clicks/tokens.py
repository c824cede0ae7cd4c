"""
The last part of a link in a copy: which copy, which article, signed.

The same for every reader of that copy, so a click tells nothing of who clicked. It names no
address, so it can lead nowhere but to an article of ours.
"""

from masthead.readers.tokens import NoSuchToken, make_named, read_named

CLICK = "click"
MAC_BYTES = 9  # it opens nothing: who makes one up counts a click
_PATH = "newsletters/c/{}"


def click_path(*, copy_id: int, article_id: int) -> str:
    """Below the outlet."""
    return _PATH.format(click_token(copy_id=copy_id, article_id=article_id))


def click_token(*, copy_id: int, article_id: int, purpose: str = CLICK) -> str:
    """purpose: of a feature that names two other things in the same way."""
    named = _number(copy_id) + _number(article_id)
    return make_named(purpose, named, mac_bytes=MAC_BYTES)


def read_click(token: str, *, purpose: str = CLICK) -> tuple[int, int]:
    """
    Copy and article, without asking the database; former secret keys are honoured.

    Raises NoSuchToken.
    """
    named = read_named(purpose, token, mac_bytes=MAC_BYTES)
    try:
        copy_id, rest = _read(named)
        article_id, rest = _read(rest)
    except (ValueError, IndexError) as error:
        raise NoSuchToken from error
    if rest:
        raise NoSuchToken
    return copy_id, article_id


def _number(value: int) -> bytes:
    """Seven bits a byte, the last one without the eighth."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _read(data: bytes) -> tuple[int, bytes]:
    value = 0
    for place, byte in enumerate(data[:9]):
        value |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            return value, data[place + 1 :]
    raise ValueError("No number.")
