"""Sitemaps, for search engines."""

from datetime import UTC, datetime, timedelta

from masthead.changes import keys
from masthead.changes.shown import fresh_until, shows
from masthead.outlets.page import PageMissing
from masthead.press.asking import Asking
from masthead.press.reader_view import machine_answer, reader_view
from masthead.press.render import Printed
from masthead.syndication import sitemaps


@reader_view()
def sitemap_index(asking: Asking) -> Printed:
    shows(keys.dates(asking.sheet.id))
    return _send(asking, sitemaps.index(sheet=asking.sheet))


@reader_view()
def sitemap_pages(asking: Asking) -> Printed:
    shows(keys.counts(asking.sheet.id))
    return _send(asking, sitemaps.pages(sheet=asking.sheet))


@reader_view(params=("part",))
def sitemap_month(asking: Asking, year: int, month: int) -> Printed:
    """?part=2 is the second fifty thousand of a month that has so many."""
    part = asking.params.get("part", "1")
    try:
        begins = datetime(year, month, 1, tzinfo=UTC)
        number = int(part) if len(part) < 4 else 0
    except ValueError as error:
        raise PageMissing from error
    if number < 1:
        raise PageMissing
    shows(keys.month(asking.sheet.id, begins))
    written = sitemaps.month(sheet=asking.sheet, begins=begins, part=number)
    if written is not None:
        # Tens of thousands of keys are too many: a picture whose file is another one is noticed
        # on the next day.
        shows(*(keys.picture(each) for each in written.waiting))
        fresh_until(asking.at + timedelta(days=1))
    return _send(asking, written)


@reader_view()
def sitemap_news(asking: Asking) -> Printed:
    shows(keys.dates(asking.sheet.id))
    written = sitemaps.news(sheet=asking.sheet, now=asking.at)
    if written.oldest_at is not None:
        fresh_until(written.oldest_at + sitemaps.NEWS_AGE)
    return _send(asking, written)


def _send(asking: Asking, written: sitemaps.Written | None) -> Printed:
    if written is None:
        raise PageMissing
    return machine_answer(
        written.body, mime=sitemaps.MIME, asking=asking, changed_at=written.changed_at
    )
