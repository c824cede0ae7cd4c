"""Plots of memberships; the table beside them says the same in figures."""

from collections.abc import Sequence

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from masthead.core.plots import Scale, bars, figure
from masthead.memberships.figures.queries import Month
from masthead.memberships.money import in_words


def running_plot(months: Sequence[Month]) -> str:
    """Memberships at the end of each month, as bars; of the last one, now."""
    values = [month.running for month in months]
    title = _("Memberships at the end of each month, from %(first)d to %(last)d")
    shown = title % {"first": values[0], "last": values[-1]}
    return _bars(shown, months, values, [_number(value) for value in values], is_running=False)


def earned_plot(months: Sequence[Month], currency: str) -> str:
    """What came in, in one currency, as bars."""
    values = [max(0, month.earned.get(currency, 0)) for month in months]
    words = [in_words(value, currency) for value in values]
    title = _("Income of each month in %(currency)s") % {"currency": currency.upper()}
    return _bars(title, months, values, words)


def churn_plot(months: Sequence[Month]) -> str:
    """Percent that left, as bars."""
    values = [month.churn or 0 for month in months]
    words = [f"{number_format(value, decimal_pos=1, use_l10n=True)} %" for value in values]
    return _bars(_("How many in a hundred left, month by month"), months, values, words)


def _bars(
    title: str,
    months: Sequence[Month],
    values: Sequence[float],
    words: Sequence[str],
    *,
    is_running: bool = True,
) -> str:
    """is_running: the last month is not over, and what it is worth is not yet told."""
    scale = Scale(0, max(*values, 1), len(values))
    names = [date_format(month.begins, "YEAR_MONTH_FORMAT") for month in months]
    told = [
        (value, f"{name}: {said}") for value, name, said in zip(values, names, words, strict=True)
    ]
    return figure(
        title,
        scale,
        bars(told, scale, over=len(values) - is_running),
        first=names[0],
        last=names[-1],
        highest=dict(zip(values, words, strict=True)).get(scale.most, ""),
        note=_("This month is not over: its bar is hollow.") if is_running else "",
    )


def _number(value: int) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)
