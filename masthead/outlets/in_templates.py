"""What every reader's page needs: fonts, colours, and times as a newspaper prints them."""

from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from masthead.outlets import styles

MOST_LOOKS = 500
MOST_MOMENTS = 10_000  # of some 300 bytes; an article's stand on many pages

Look = tuple[tuple[str, str], ...]


def preload_fonts(look: dict[str, str]) -> SafeString:
    return _preload_fonts(tuple(look.items()))


@lru_cache(maxsize=MOST_LOOKS)
def _preload_fonts(look: Look) -> SafeString:
    return format_html_join(
        "\n",
        '<link rel="preload" as="font" type="font/woff2" href="{}" crossorigin>',
        ((url,) for url in styles.font_urls(dict(look))),
    )


def theme_colours(look: dict[str, str]) -> SafeString:
    return _theme_colours(tuple(look.items()))


@lru_cache(maxsize=MOST_LOOKS)
def _theme_colours(look: Look) -> SafeString:
    light, dark = styles.paper_colours(dict(look))
    return format_html(
        '<meta name="theme-color" media="(prefers-color-scheme: light)" content="{}">\n'
        '<meta name="theme-color" media="(prefers-color-scheme: dark)" content="{}">',
        light,
        dark,
    )


def isolated(text: str) -> SafeString:
    """A name among words that may run the other way: it keeps its own direction to itself."""
    return format_html("<bdi>{}</bdi>", text)


def moment(at: datetime, today: datetime | None) -> SafeString:
    """
    The full time: “6:40 am, Monday 16 November 2026”; this year is left out on a dated page.

    today: what the page is dated, if it is.
    """
    return _moment(_stamp(at), today and local_day(today).year, *_words_and_zone())


@lru_cache(maxsize=MOST_MOMENTS)
def _moment(stamp: str, year: int | None, *_in_force: str | None) -> SafeString:
    local = timezone.localtime(datetime.fromisoformat(stamp))
    day_form = pgettext("day in full", "l j F")
    if local.year != year:
        day_form = pgettext("day in full, with year", "l j F Y")
    words = _("%(time)s, %(day)s") % {"time": _clock(local), "day": format_date(local, day_form)}
    return _time(stamp, words)


def short_moment(at: datetime, today: datetime | None) -> SafeString:
    """
    The time in a list: “2:15 pm” on the day that the page itself is dated, else the day.

    Never “an hour ago”, and on a page without a date of its own always the whole day: such a page
    may stand on its shelf for years.
    """
    return _short_moment(_stamp(at), local_day(today) if today else None, *_words_and_zone())


@lru_cache(maxsize=MOST_MOMENTS)
def _short_moment(stamp: str, day: date | None, *_in_force: str | None) -> SafeString:
    local = timezone.localtime(datetime.fromisoformat(stamp))
    if day is not None and local.date() == day:
        return _time(stamp, _clock(local))
    if day is not None and local.year == day.year:
        return _time(stamp, format_date(local, pgettext("day in a list", "j M")))
    return _time(stamp, format_date(local, pgettext("day in a list, with year", "j M Y")))


def full_day(day: date) -> str:
    """“Sunday 22 November 2026”"""
    return format_date(day, pgettext("day in full, with year", "l j F Y"))


def local_day(at: datetime) -> date:
    """The day it is then where the outlet is."""
    return timezone.localtime(at).date()


def _clock(local: datetime) -> str:
    return format_date(local, pgettext("time of day", "g:i A")).lower()


def _time(stamp: str, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', stamp, words)


def _stamp(at: datetime) -> str:
    """No page says more of a moment than its minute."""
    return at.isoformat(timespec="minutes")


def _words_and_zone() -> tuple[str | None, str]:
    """What else a printed moment depends on."""
    return get_language(), timezone.get_current_timezone_name()
