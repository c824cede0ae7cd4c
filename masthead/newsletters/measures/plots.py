"""Plots of newsletters; the table beside each says the same in figures."""

from collections.abc import Sequence

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from masthead.core.plots import Scale, bars, figure, line
from masthead.newsletters.measures.queries import Day, Measured


def growth_plot(days: Sequence[Day]) -> str:
    """Readers at the end of each day, as a line."""
    if not days:
        return ""
    values = [day.readers for day in days]
    scale = Scale(min(values), max(values) or 1, len(days))
    title = _("Readers, from %(first)d to %(last)d in %(days)d days")
    return figure(
        title % {"first": values[0], "last": values[-1], "days": len(days)},
        scale,
        line(values, scale),
        first=date_format(days[0].on, "SHORT_DATE_FORMAT"),
        last=date_format(days[-1].on, "SHORT_DATE_FORMAT"),
    )


def reach_plot(editions: Sequence[Measured]) -> str:
    """Clicks in a hundred accepted copies, a bar an edition, the oldest first."""
    shown = [each for each in editions if each.clicks_in_a_hundred is not None]
    if not shown:
        return ""
    values = [each.clicks_in_a_hundred or 0 for each in shown]
    scale = Scale(0, max(*values, 1.0), len(shown))
    told = (
        (value, f"{each.edition.subject}: {number_format(value, decimal_pos=1, use_l10n=True)}")
        for each, value in zip(shown, values, strict=True)
    )
    return figure(_("Clicks in a hundred copies, edition by edition"), scale, bars(told, scale))
