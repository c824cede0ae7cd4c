"""The archive: all months, and one month by day."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from masthead.articles.queries import Place, in_outlet, listing
from masthead.changes import keys
from masthead.changes.shown import shows
from masthead.fronts.pages.lists import list_page, not_empty, show_list
from masthead.fronts.queries import archive_months
from masthead.outlets.page import Head, PageMissing, ReaderPage
from masthead.outlets.sheet import Sheet
from masthead.outlets.structured_data import breadcrumbs, outlet_open_graph


def archive_page(*, sheet: Sheet) -> ReaderPage:
    """All months that have articles, newest year first."""
    shows(keys.counts(sheet.id))
    years = archive_months(outlet_id=sheet.id)
    for year in years:
        year["months"] = [
            {
                "label": date_format(each["month"], "F"),
                "url": sheet.url(f"archive/{each['month']:%Y/%m}/"),
                "count": each["count"],
            }
            for each in year["months"]
        ]
    head = Head(
        title=_("Archive"),
        description=_("Everything that %(name)s has published, month by month.")
        % {"name": sheet.name},
        canonical=sheet.absolute("archive/"),
        og=outlet_open_graph(sheet),
        json_ld=[breadcrumbs(sheet, [(_("Archive"), "archive/")])],
    )
    return ReaderPage(sheet, "archive", "fronts/archive.html", head, {"months": years})


def month_page(
    *, sheet: Sheet, year: int, month: int, before: Place | None, after: Place | None
) -> ReaderPage:
    """One month's articles by day, thirty at a time. Raises PageMissing for an empty month."""
    zone = ZoneInfo(sheet.timezone)
    try:
        begins = datetime(year, month, 1, tzinfo=zone)
        ends = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone)
        span = begins.astimezone(UTC), ends.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise PageMissing from error
    inside = in_outlet(sheet.id).filter(published_at__gte=span[0], published_at__lt=span[1])
    found = listing(inside, before=before, after=after)
    not_empty(found)
    is_first = before is None and after is None
    last = span[1] - timedelta(microseconds=1)  # a month here is part of two in UTC
    months = {keys.month(sheet.id, span[0]), keys.month(sheet.id, last)}
    show_list(*months, found=found, is_first=is_first)
    name = date_format(begins.date(), "F Y")
    path = f"archive/{begins:%Y/%m}/"
    return list_page(
        sheet=sheet,
        kind="archive",
        path=path,
        name=name,
        description=_("Everything published in %(month)s.") % {"month": name},
        found=found,
        context={"month_name": name, "zone": zone},
        trail=[(_("Archive"), "archive/"), (name, path)],
        is_first=is_first,
    )
