"""Plots of the reports; the table beside each says the same in figures."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from masthead.ads.reports.delivery import Day
from masthead.ads.reports.fill import Filled
from masthead.core.plots import Scale, bars, figure, line
from masthead.memberships.money import in_words


def fill_plot(days: Mapping[date, Filled], *, today: date) -> str:
    """
    What could have been shown, as a line over bars of what was sold.

    Of today there is only a part: its bar is hollow, and the line ends before it.
    """
    if not any(each.chances for each in days.values()):
        return ""
    listed = list(days)
    over = [each.chances for on, each in days.items() if on < today]
    highest = max(*over, *(each.sold for each in days.values()), 1)
    scale = Scale(0, highest, len(days))
    told = ((each.sold, f"{_day(on)}: {_number(each.sold)}") for on, each in days.items())
    return figure(
        _("Chances and sold places, day by day"),
        scale,
        bars(told, scale, over=len(over)) + line(over, scale, over_bars=True),
        first=_day(listed[0]),
        last=_day(listed[-1]),
        note=_("Today is not over: its bar is hollow, and the line ends before it.")
        if len(over) < len(listed)
        else "",
    )


def delivery_plot(days: Sequence[Day]) -> str:
    """What is done as a line, with the plan as a thinner one."""
    if not days:
        return ""
    done = [each.done for each in days]
    planned = [each.planned for each in days if each.planned is not None]
    scale = Scale(0, max(*done, *planned, 1), len(days))
    drawn = line(done, scale)
    if planned:
        drawn = line(planned, scale, kind="plan") + drawn
    return figure(
        _("Delivered and planned, to the end of each day"),
        scale,
        drawn,
        first=_day(days[0].on),
        last=_day(days[-1].on),
    )


def money_plot(months: Mapping[date, int], currency: str, *, today: date) -> str:
    """A bar a month, the oldest first; that of a month that is not over is hollow."""
    if not months:
        return ""
    listed = list(months)
    over = sum(on < today.replace(day=1) for on in listed)
    highest = max(*months.values(), 100)
    scale = Scale(0, highest, len(months))
    told = (
        (max(0, cents), f"{_month(on)}: {in_words(cents, currency)}")
        for on, cents in months.items()
    )
    return figure(
        _("Earned, month by month"),
        scale,
        bars(told, scale, over=over),
        first=_month(listed[0]),
        last=_month(listed[-1]),
        highest=in_words(highest, currency),
        note=_("This month is not over: its bar is hollow.") if over < len(listed) else "",
    )


def _day(on: date) -> str:
    return date_format(on, "SHORT_DATE_FORMAT")


def _month(on: date) -> str:
    return date_format(on, "YEAR_MONTH_FORMAT")


def _number(value: int) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)
