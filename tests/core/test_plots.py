"""Plots: words beside the drawing, hollow bars for what is not over."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.utils import translation

from masthead.ads.reports.plots import fill_plot, money_plot
from masthead.core.plots import HEIGHT, WIDTH, Scale, bars, figure, in_figures, line
from masthead.memberships.figures.plots import earned_plot
from masthead.memberships.figures.queries import Month

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def test_a_line_over_bars_goes_through_their_middles():
    scale = Scale(0, 10, 2)

    assert f'points="{WIDTH / 4:.1f},{HEIGHT:.1f} {WIDTH * 3 / 4:.1f},0.0"' in line(
        [0, 10], scale, over_bars=True
    )
    assert f'points="0.0,{HEIGHT:.1f} {WIDTH:.1f},0.0"' in line([0, 10], scale)


def test_bars_whose_time_is_not_over_are_hollow():
    drawn = bars([(1, "a"), (2, "b"), (0, "c")], Scale(0, 2, 3), over=2)

    assert [part.split('"')[0] for part in drawn.split('class="plot__')[1:]] == [
        "bar",
        "bar",
        "bar plot__bar--open",
    ]


def test_no_word_stands_in_the_drawing():
    drawn = figure("Readers", Scale(0, 12_500, 2), line([0, 12_500], Scale(0, 12_500, 2)))

    assert "<text" not in drawn
    assert '<span class="plot__most">12,500</span>' in drawn


@pytest.mark.parametrize(
    ("value", "most", "said"),
    [(0, 1, "0"), (1.25, 4, "1.2"), (9, 9, "9"), (1_400_000, 2e6, "1,400,000")],
)
def test_figures_have_a_decimal_only_where_it_tells_something(value, most, said):
    assert in_figures(value, most) == said


def test_today_is_a_hollow_bar_and_not_on_the_line():
    days = {
        date(2026, 11, 30): SimpleNamespace(chances=100, sold=50),
        date(2026, 12, 1): SimpleNamespace(chances=3, sold=1),
    }

    drawn = fill_plot(days, today=date(2026, 12, 1))

    assert drawn.count("plot__bar--open") == 1
    assert drawn.split('points="')[1].split('"')[0].count(",") == 1
    assert "Today is not over" in drawn
    assert ["30 Nov 2026" in drawn, "2026-11-30" in drawn] == [True, False]


def test_months_are_named_in_the_language_in_force():
    with translation.override("ar"):
        drawn = money_plot({OCTOBER: 100, NOVEMBER: 500}, "eur", today=date(2026, 12, 1))

    assert ["نوفمبر" in drawn, "2026-11" in drawn, "plot__bar--open" in drawn] == [
        True,
        False,
        False,
    ]


def test_the_month_that_runs_is_drawn_apart():
    months = [Month(OCTOBER, 1, 0, 1, {"eur": 500}), Month(NOVEMBER, 0, 0, 1, {"eur": 100})]

    drawn = earned_plot(months, "eur")

    assert drawn.count("plot__bar--open") == 1
    assert '<span class="plot__most">€5</span>' in drawn
