"""Plots of the reports; the table beside each says the same in figures."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from masthead.ads.reports.delivery import Day
from masthead.ads.reports.fill import Filled
from masthead.core.plots import Scale, bars, figure, line
from masthead.memberships.money import in_words


def fill_plot(days: Mapping[date, Filled]) -> str:
    """What could have been shown, as a line over bars of what was sold."""
    if not any(each.chances for each in days.values()):
        return ""
    chances = [each.chances for each in days.values()]
    scale = Scale(0, max(*chances, *(each.sold for each in days.values()), 1), len(days) + 1)
    told = ((each.sold, f"{on.isoformat()}: {each.sold:,}") for on, each in days.items())
    listed = list(days)
    return figure(
        _("Chances and sold places, day by day"),
        scale,
        bars(told, scale) + line(chances, Scale(0, scale.most, len(days)), kind="line"),
        first=listed[0].isoformat(),
        last=listed[-1].isoformat(),
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
        first=days[0].on.isoformat(),
        last=days[-1].on.isoformat(),
    )


def money_plot(months: Mapping[date, int], currency: str) -> str:
    """A bar a month, the oldest first."""
    if not months:
        return ""
    scale = Scale(0, max(*months.values(), 100) / 100, len(months) + 1)
    told = (
        (max(0, cents) / 100, f"{date_format(on, 'F Y')}: {in_words(cents, currency)}")
        for on, cents in months.items()
    )
    listed = list(months)
    return figure(
        _("Earned, month by month"),
        scale,
        bars(told, scale),
        first=f"{listed[0]:%Y-%m}",
        last=f"{listed[-1]:%Y-%m}",
    )
