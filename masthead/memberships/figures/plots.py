"""Plots as SVG that stand in the page; the table beside them says the same in figures."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from masthead.memberships.figures.queries import Month
from masthead.memberships.money import in_words

WIDTH, HEIGHT = 720, 180
LEFT, RIGHT, TOP, BOTTOM = 60, 8, 12, 22


def running_plot(months: Sequence[Month]) -> str:
    """Memberships at the end of each month, as bars."""
    values = [month.running for month in months]
    title = _("Memberships at the end of each month, from %(first)d to %(last)d")
    shown = title % {"first": values[0], "last": values[-1]}
    return _bars(shown, months, values, [str(value) for value in values])


def earned_plot(months: Sequence[Month], currency: str) -> str:
    """What came in, in one currency, as bars."""
    values = [max(0, month.earned.get(currency, 0)) for month in months]
    words = [in_words(value, currency) for value in values]
    title = _("Income of each month in %(currency)s") % {"currency": currency.upper()}
    return _bars(title, months, values, words)


def churn_plot(months: Sequence[Month]) -> str:
    """Percent that left, as bars."""
    values = [month.churn or 0 for month in months]
    words = [f"{value:.1f} %" for value in values]
    return _bars(_("How many in a hundred left, month by month"), months, values, words)


def _bars(
    title: str, months: Sequence[Month], values: Sequence[float], words: Sequence[str]
) -> SafeString:
    most = max(*values, 1)
    room = (WIDTH - LEFT - RIGHT) / len(values)
    drawn = format_html_join(
        "",
        '<rect class="plot__bar" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>',
        (
            (
                f"{LEFT + room * n + room * 0.15:.1f}",
                f"{_y(value, most):.1f}",
                f"{room * 0.7:.1f}",
                f"{HEIGHT - BOTTOM - _y(value, most):.1f}",
                f"{month.begins:%Y-%m}: {said}",
            )
            for n, (month, value, said) in enumerate(zip(months, values, words, strict=True))
        ),
    )
    highest = next((said for value, said in zip(values, words, strict=True) if value == most), "")
    lines = format_html_join(
        "",
        '<line class="plot__rule" x1="{}" x2="{}" y1="{}" y2="{}"></line>'
        '<text class="plot__figure" x="{}" y="{}" text-anchor="end">{}</text>',
        (
            (LEFT, WIDTH - RIGHT, f"{y:.1f}", f"{y:.1f}", LEFT - 6, f"{y + 4:.1f}", said)
            for y, said in ((_y(0, most), "0"), (_y(most, most), highest))
        ),
    )
    ends = format_html(
        '<text class="plot__figure" x="{}" y="{}">{}</text>'
        '<text class="plot__figure" x="{}" y="{}" text-anchor="end">{}</text>',
        LEFT,
        HEIGHT - 6,
        f"{months[0].begins:%Y-%m}",
        WIDTH - RIGHT,
        HEIGHT - 6,
        f"{months[-1].begins:%Y-%m}",
    )
    return format_html(
        '<svg class="plot" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}</svg>',
        WIDTH,
        HEIGHT,
        title,
        lines,
        drawn,
        ends,
    )


def _y(value: float, most: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / most)
