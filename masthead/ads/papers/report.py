"""What a campaign has brought, on paper."""

from datetime import datetime

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from masthead.ads.customers.report import Report
from masthead.ads.papers.sheet import Sheets
from masthead.ads.selling.delivery import Delivered

WIDTHS = (0.46, 0.18, 0.18, 0.18)


def report_paper(report: Report, *, publisher: str, at: datetime) -> bytes:
    """publisher: who tells it. at: as of when."""
    campaign = report.campaign
    sheets = Sheets(
        title=campaign.name,
        author=publisher,
        foot=_("%(publisher)s, as of %(day)s")
        % {"publisher": publisher, "day": date_format(at, "DATE_FORMAT")},
    )
    sheets.line(publisher, size=11, soft=True)
    sheets.line(campaign.name, size=20, bold=True)
    sheets.line(campaign.advertiser.name)
    sheets.gap(18)
    _flights(sheets, report)
    if report.days:
        sheets.gap(14)
        _days(sheets, report)
    if report.places:
        sheets.gap(14)
        _places(sheets, report)
    sheets.gap(16)
    sheets.line(
        _("Seen: half of it in view for a second. Counted on our own machines, about nobody."),
        size=8,
        soft=True,
    )
    return sheets.finished()


def _flights(sheets: Sheets, report: Report) -> None:
    sheets.row([_("Flight"), _("Seen"), _("Clicks"), _("Of what was booked")], WIDTHS, bold=True)
    sheets.rule()
    for each in report.flights:
        reached = "" if each.per_cent is None else f"{each.per_cent} %"
        cells = [f"{each.flight.name}: {each.goal}", *_figures(each.counts), reached]
        sheets.row(cells, WIDTHS)
    sheets.rule()
    sheets.row([_("All"), *_figures(report.total), ""], WIDTHS, bold=True)


def _days(sheets: Sheets, report: Report) -> None:
    sheets.line(_("Day by day"), size=12, bold=True)
    sheets.gap(6)
    sheets.bars([counts.visible for _day, counts in report.days])
    sheets.row([_("Day"), _("Seen"), _("Clicks"), ""], WIDTHS, bold=True)
    sheets.rule()
    for day, counts in report.days:
        sheets.row([date_format(day, "DATE_FORMAT"), *_figures(counts), ""], WIDTHS)


def _places(sheets: Sheets, report: Report) -> None:
    sheets.line(_("Where"), size=12, bold=True)
    sheets.gap(6)
    for outlet, place, counts in report.places:
        sheets.row([f"{outlet}, {place}", *_figures(counts), ""], WIDTHS)


def _figures(counts: Delivered) -> list[str]:
    return [_n(counts.visible), _n(counts.clicked)]


def _n(number: int) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)
