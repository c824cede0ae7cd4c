"""Whether a post was sent by a page of ours in somebody's browser."""

import re

from masthead.press.door.events import Told
from masthead.press.door.reads import is_program

_HOST = re.compile(rb"https?://([^/?#@\s]+)\Z")
_BEFOREHAND = {b"sec-purpose", b"purpose", b"x-purpose", b"x-moz"}
# Header blocks of so many kinds of browsers are remembered.
MOST_KNOWN = 1024


def is_from_page(lines: Told) -> bool:
    """
    lines: the header's, names in lower case.

    Every browser names the page's origin with a post, and no other page can send ours. What a
    browser fetched beforehand was not looked at by anybody.
    """
    agent = origin = host = b""
    for name, value in lines:
        if name == b"user-agent":
            agent = value
        elif name == b"origin":
            origin = value
        elif name == b"host":
            host = value
        elif name == b"sec-fetch-site":
            if value != b"same-origin":
                return False
        elif name in _BEFOREHAND and value.lower().startswith((b"prefetch", b"prerender")):
            return False
    if not agent or is_program(agent):
        return False
    found = _HOST.match(origin)
    return found is not None and _bare(found[1]) == _bare(host)


def _bare(host: bytes) -> bytes:
    """A proxy in front may have taken the usual port off, or put it on."""
    return host.lower().removesuffix(b":443").removesuffix(b":80")
