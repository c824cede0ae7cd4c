"""
`bin/bench ads --only pacing`: what was sold in a month and what was delivered.

The chances are worked out by `masthead.ads.pacing` as in a network; the readers, their devices and
the delays of lists and counts are simulated (`benchmarks.ads.month`).
"""

from collections import Counter

from benchmarks.ads.agreement import CASES, DEVICES, disagreements, other_memories
from benchmarks.ads.book import Booked, the_book
from benchmarks.ads.month import CLICK, OFFERED, VISIBLE, Month
from benchmarks.report import Report
from benchmarks.scratch import tell
from benchmarks.timing import cpu_clock
from masthead.ads.pacing.chances import Unit

PAGE_VIEWS = 2_000_000
DAYS = 30
SHORT_PART = 0.12  # of the page views
OFF_BY, FORECAST_OFF_BY = 1.0, 5.0  # percent


def measure(report: Report, *, short: bool) -> None:
    part = SHORT_PART if short else 1.0
    month = Month(the_book(part=part), page_views=round(PAGE_VIEWS * part), days=DAYS)
    clock = cpu_clock()
    began = clock()
    month.run(lambda day: tell(f"day {day + 1} of {DAYS}") if day % 10 == 0 else None)
    report.figures["pacing_page_views"] = month.views
    report.figures["pacing_refused_programs"] = month.refused
    report.figures["pacing_cpu_seconds"] = round(clock() - began, 1)
    report.row("page views of people", f"{month.views:,}")
    _tell_deliveries(report, month)
    _tell_caps(report, month)
    _tell_forecast(report, month)
    tell("the same places chosen for by the devices' own script …")
    report.exactly(f"of {CASES:,} places filled otherwise by ads.mjs", disagreements(), 0)
    report.exactly(f"of {DEVICES} memories kept otherwise by ads.mjs", other_memories(), 0)


def _tell_deliveries(report: Report, month: Month) -> None:
    worst = 0.0
    for each in month.book:
        real = month.tallies[each.id].real
        unit = CLICK if each.unit is Unit.CLICKS else VISIBLE
        if each.unit is Unit.SHARE:
            chances = month.chances[next(iter(each.cells))]
            report.row(each.name, f"{1000 * real[OFFERED] / chances:.1f} ‰", f"{each.goal} ‰")
        elif not each.goal:
            report.row(each.name, f"{real[OFFERED]:,} offered")
        else:
            got = real[unit]
            report.row(each.name, f"{got:,}", f"{each.goal:,}", got / each.goal)
            if each.is_guaranteed:
                worst = max(worst, abs(got / each.goal - 1) * 100)
                report.figures[f"pacing_flight_{each.id}"] = round(got / each.goal, 4)
    report.at_most("a guaranteed flight is off its goal by", worst, OFF_BY, "%")
    offered = sum(month.filled.values()) / sum(month.chances.values())
    report.row("of all chances filled", f"{100 * offered:.1f} %")


def _tell_caps(report: Report, month: Month) -> None:
    broken = [each.name for each in month.book if _breaks(each, month)]
    report.exactly("caps broken", broken, [])
    low = next(each for each in month.book if each.name == "a daily cap that is too low")
    used = month.tallies[low.id].by_day
    full = sorted(used.values())[1:-1]
    report.row("used of a daily cap that is too low", f"{sum(full) / len(full):,.0f}",
               f"{low.daily_cap:,}", sum(full) / len(full) / low.daily_cap)  # fmt: skip


def _breaks(each: Booked, month: Month) -> bool:
    days: Counter[int] = month.tallies[each.id].by_day
    a_day = bool(each.daily_cap) and max(days.values(), default=0) > each.daily_cap
    on_a_device = bool(each.cap) and month.most_on_a_device[each.id] > each.cap
    return a_day or on_a_device


def _tell_forecast(report: Report, month: Month) -> None:
    """The whole month as its first day saw it, and weeks as each day saw them."""
    by_day: Counter[tuple[tuple[int, str], int]] = Counter()
    first = month.first_hour
    for cell, hours in month.chances_by_hour.items():
        for hour, chances in hours.items():
            by_day[cell, (hour - first) // 24] += chances
    expected: Counter[tuple[int, int]] = Counter()
    came: Counter[tuple[int, int]] = Counter()
    worst_cell = 0.0
    for each in month.forecasts:
        real = sum(by_day[each.cell, day] for day in range(each.day, each.day + each.days))
        expected[each.day, each.days] += round(each.expected)
        came[each.day, each.days] += real
        if each.days == month.days:
            worst_cell = max(worst_cell, abs(each.expected / real - 1) * 100)
    off = {key: 100 * (expected[key] / came[key] - 1) for key in expected}
    whole = off[0, month.days]
    weeks = sorted(abs(each) for (_, days), each in off.items() if days == 7)
    then, real = expected[0, month.days], came[0, month.days]
    report.row("chances in the month, forecast", f"{then:,}", f"{real:,}", then / real)
    report.at_most("forecast of the month off by", abs(whole), FORECAST_OFF_BY, "%")
    report.at_most("forecast of a place in the month off by", worst_cell, FORECAST_OFF_BY, "%")
    report.at_most(
        "forecast of the next seven days off by, on average",
        sum(weeks) / len(weeks),
        FORECAST_OFF_BY,
        "%",
    )
    report.row("forecast of seven days, the worst day's", f"{weeks[-1]:.1f} %")
