"""A newsletter's editions as a feed, in the three forms of every other feed of ours."""

from dataclasses import replace

from masthead.articles.queries import in_outlet
from masthead.core.for_programs import with_absolute_addresses, without_controls
from masthead.newsletters.addresses import edition_path, newsletter_path
from masthead.newsletters.archive.pages import get_newsletter, shown_pieces
from masthead.newsletters.models import Edition
from masthead.newsletters.queries import public_editions
from masthead.outlets.rendering import render
from masthead.outlets.sheet import Sheet
from masthead.press.asking import Asking
from masthead.press.reader_view import machine_answer
from masthead.press.render import Printed
from masthead.syndication import formats
from masthead.syndication.answers import open_to_scripts
from masthead.syndication.entries import Entries, Entry
from masthead.syndication.formats import ATOM, JSON_FEED, RSS, Feed
from masthead.syndication.lists import FeedList

NEWEST = 10
WRITERS = {RSS: formats.rss, ATOM: formats.atom, JSON_FEED: formats.json_feed}


def feed_of(asking: Asking, *, slug: str, mime: str, file: str) -> Printed:
    """The newest ten editions, each with its articles' headlines. Raises PageMissing."""
    sheet = asking.sheet
    newsletter = get_newsletter(sheet=sheet, slug=slug)
    editions = list(public_editions(newsletter.pk)[:NEWEST])
    about = FeedList(
        newsletter.name,
        newsletter_path(newsletter),
        newsletter.promise,
        in_outlet(sheet.id).none(),
        key="",
    )
    found = Entries([_entry(each, sheet) for each in editions], logo=None)
    body = WRITERS[mime](Feed(sheet, about, found, file))
    printed = machine_answer(body, mime=mime, asking=asking, changed_at=found.changed_at)
    return open_to_scripts(replace(printed))


def _entry(edition: Edition, sheet: Sheet) -> Entry:
    url = sheet.absolute(edition_path(edition))
    at = edition.released_at or edition.made_at
    html = render(
        "newsletters/feed_body.html", {"pieces": shown_pieces(edition, sheet=sheet), "url": url}
    )
    return Entry(
        uid=f"urn:uuid:{edition.public_id}",
        url=url,
        title=without_controls(edition.subject),
        summary=without_controls(edition.preheader or edition.subject),
        html=without_controls(with_absolute_addresses(html, base=url)),
        published_at=at,
        updated_at=at,
        authors=[],
        categories=[],
        picture=None,
    )
