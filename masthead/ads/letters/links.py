"""Links of advertising in editions: which edition, which creative; signed as those to articles."""

import re

from masthead.newsletters.addresses import PREFIX
from masthead.newsletters.clicks.tokens import click_token, read_click
from masthead.readers.tokens import NoSuchToken

PURPOSE = "masthead.ads.letters"
_BELOW = f"{PREFIX}c/ad/"
_IN_HTML = re.compile(re.escape(_BELOW) + r"([A-Za-z0-9_-]{12,40})")


def ad_path(*, edition_id: int, creative_id: int) -> str:
    """Below the outlet; the same for every reader, so a click tells nothing of who clicked."""
    return _BELOW + click_token(copy_id=edition_id, article_id=creative_id, purpose=PURPOSE)


def read_ad_token(token: str) -> tuple[int, int]:
    """Edition and creative. Raises NoSuchToken."""
    return read_click(token, purpose=PURPOSE)


def creatives_in(html: str, *, edition_id: int) -> list[int]:
    """Which creatives stand in a printed copy of an edition, in order, by their links."""
    found: dict[int, None] = {}
    for token in _IN_HTML.findall(html):
        try:
            edition, creative = read_ad_token(token)
        except NoSuchToken:
            continue  # somebody's own words
        if edition == edition_id:
            found[creative] = None
    return list(found)
