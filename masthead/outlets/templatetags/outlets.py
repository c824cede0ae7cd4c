"""What every reader's page needs: icons, fonts, and times as a newspaper prints them."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from masthead.outlets import styles
from masthead.outlets.icons import icon as icon_markup
from masthead.outlets.of_sheet import render_of_sheet

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    return SafeString(icon_markup(name.removesuffix(".svg")))


# `{% of_sheet "outlets/partials/footer.html" sheet %}`
register.simple_tag(render_of_sheet, name="of_sheet")


@register.simple_tag
def preload_fonts(look: dict[str, str] | None = None) -> SafeString:
    return format_html_join(
        "\n",
        '<link rel="preload" as="font" type="font/woff2" href="{}" crossorigin>',
        ((url,) for url in styles.font_urls(look or {})),
    )


@register.simple_tag
def theme_colours(look: dict[str, str] | None = None) -> SafeString:
    light, dark = styles.paper_colours(look or {})
    return format_html(
        '<meta name="theme-color" media="(prefers-color-scheme: light)" content="{}">\n'
        '<meta name="theme-color" media="(prefers-color-scheme: dark)" content="{}">',
        light,
        dark,
    )


@register.simple_tag(takes_context=True)
def moment(context: template.Context, at: datetime) -> SafeString:
    """The full time: “6:40 am, Monday 16 November 2026”; this year is left out on a dated page."""
    local = timezone.localtime(at)
    day_form = pgettext("day in full", "l j F")
    today = _today(context)
    if today is None or local.year != today.year:
        day_form = pgettext("day in full, with year", "l j F Y")
    words = _("%(time)s, %(day)s") % {"time": _clock(local), "day": format_date(local, day_form)}
    return _time(at, words)


@register.simple_tag(takes_context=True)
def short_moment(context: template.Context, at: datetime) -> SafeString:
    """
    The time in a list: “2:15 pm” on the day that the page itself is dated, else the day.

    Never “an hour ago”, and on a page without a date of its own always the whole day: such a page
    may stand on its shelf for years.
    """
    local, today = timezone.localtime(at), _today(context)
    if today is not None and local.date() == today:
        return _time(at, _clock(local))
    if today is not None and local.year == today.year:
        return _time(at, format_date(local, pgettext("day in a list", "j M")))
    return _time(at, format_date(local, pgettext("day in a list, with year", "j M Y")))


@register.filter
def full_day(day: date) -> str:
    """“Sunday 22 November 2026”"""
    return format_date(day, pgettext("day in full, with year", "l j F Y"))


def _today(context: template.Context) -> date | None:
    """The day that the page is dated; None when it is not."""
    today = context.get("today")
    return timezone.localtime(today).date() if today else None


def _clock(local: datetime) -> str:
    return format_date(local, pgettext("time of day", "g:i A")).lower()


def _time(at: datetime, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', at.isoformat(timespec="minutes"), words)
