"""
Surrogate keys: the names of things that pages show, short enough for a header.

A page carries the key of everything it shows; a change names the keys it touches. The two are
matched when printed pages go out of date, here and in caches in front.
"""

from datetime import datetime
from hashlib import blake2b
from uuid import UUID

EVERYTHING = "*"  # every page, without its saying so
NETWORK = "network"  # the network's own front
_READER = "reader-"
_PURCHASE = "bought-"


def article(article_id: int) -> str:
    """Its page, and every list, feed and front with a card of it."""
    return f"a{article_id}"


def row(of: str, article_id: int) -> str:
    """Its place in a list, further down and among neighbours: what stands next to it there."""
    return f"{of}.{article_id}"


def article_card(article_id: int) -> str:
    """Its share picture, which is drawn a moment after its release."""
    return f"c{article_id}"


def page_of_article(published_id: int) -> str:
    """That a page is the very one at this public address of an article; the front door counts by
    it. Nothing changes it."""
    return f"h{published_id}"


def most_read(outlet_id: int) -> str:
    """What is read most on an outlet: on its front, and beside its latest articles."""
    return f"b{outlet_id}"


def related(article_id: int) -> str:
    """Which articles stand below it. On its page."""
    return f"r{article_id}"


def comments(article_id: int) -> str:
    """What is said below it: on its page, and at the heads of the lists of its comments."""
    return f"j{article_id}"


def branch(comment_id: int) -> str:
    """A comment and its answers, wherever they stand."""
    return f"q{comment_id}"


def comment_rules(outlet_id: int) -> str:
    """Who may comment on an outlet. On each page that could have comments."""
    return f"i{outlet_id}"


def outlet(outlet_id: int) -> str:
    """The outlet's sheet: its name, look, navigation, sisters. On all of its pages."""
    return f"o{outlet_id}"


def outlet_card(outlet_id: int) -> str:
    """Its share picture, on fronts and lists."""
    return f"k{outlet_id}"


def front(outlet_id: int) -> str:
    """What the front is filled with: the layout, and which articles the outlet has."""
    return f"f{outlet_id}"


def section(section_id: int) -> str:
    return f"s{section_id}"


def topic(topic_id: int) -> str:
    return f"t{topic_id}"


def author(author_id: int) -> str:
    return f"w{author_id}"


def newest(of: str) -> str:
    """The head of a list – an outlet's, section's, topic's or author's – which every new article
    of it changes, unlike the pages further down."""
    return f"{of}.new"


def month(outlet_id: int, at: datetime) -> str:
    """What tells of every article of a month (UTC), and when it changed. `newest` of it: of the
    month as a list."""
    return f"m{outlet_id}-{at:%Y%m}"


def counts(outlet_id: int) -> str:
    """What tells which articles and lists an outlet has: the archive, the sitemap of pages."""
    return f"x{outlet_id}"


def dates(outlet_id: int) -> str:
    """What tells of every article when it changed: the sitemaps' index, the news."""
    return f"d{outlet_id}"


def moves(outlet_id: int) -> str:
    """Where its former addresses lead. On no page: whoever keeps addresses heeds it."""
    return f"l{outlet_id}"


def reader(public_id: UUID) -> str:
    """What a reader may have. On no page: whoever knows classes of readers heeds it."""
    return f"{_READER}{public_id.hex}"


def purchase(public_id: UUID) -> str:
    """What came of a purchase. On no page, and heeded like a reader's."""
    return f"{_PURCHASE}{public_id.hex}"


def whose(key: str) -> UUID | None:
    """The reader, or the purchase, that a key is of; None: it is nobody's."""
    for kind in (_READER, _PURCHASE):
        if key.startswith(kind):
            return UUID(key.removeprefix(kind))
    return None


def is_purchase(key: str) -> bool:
    return key.startswith(_PURCHASE)


def picture(picture_id: int) -> str:
    return f"p{picture_id}"


def embed(url: str) -> str:
    """What its provider says of an embedded thing; known before there is a card of it."""
    return f"e{blake2b(url.encode(), digest_size=6).hexdigest()}"


def plain_page(page_id: int) -> str:
    return f"g{page_id}"


def newsletter(newsletter_id: int) -> str:
    """Its name and promise, and which editions it has. On its archive, and on each of them."""
    return f"n{newsletter_id}"


def newsletters(outlet_id: int) -> str:
    """Which newsletters an outlet offers, and what they promise."""
    return f"i{outlet_id}"


def advertising(outlet_id: int) -> str:
    """Which flights and creatives an outlet's pages choose from. On the list of them alone."""
    return f"z{outlet_id}"
