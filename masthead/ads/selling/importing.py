"""
Advertisers and campaigns from another program, as CSV.

One row a flight; rows of one campaign stand anywhere. Run again, nothing doubles: an advertiser is
known by name, a campaign by name with its advertiser, a flight by name in its campaign.
"""

import csv
import re
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal
from io import StringIO
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from masthead.accounts.models import User
from masthead.ads.models import Advertiser, Campaign, Flight
from masthead.ads.selling.actions import add_flight, book_campaign, make_advertiser
from masthead.ads.selling.money import cents_of
from masthead.ads.selling.orders import FlightOrder, Targeting
from masthead.ads.selling.refusals import AdsRefusal
from masthead.outlets.models import Outlet

COLUMNS = (
    "advertiser",
    "email",
    "trade",
    "address",
    "tax_id",
    "campaign",
    "currency",
    "flight",
    "first_day",
    "last_day",
    "titles",
    "places",
    "kind",
    "sold_by",
    "goal",
    "pricing",
    "price",
)
MOST_ROWS, MOST_BYTES = 5_000, 2_000_000
_AMOUNT = re.compile(r"(?a:\d*(\.\d+)?)")


@dataclass
class ImportReport:
    """refused: the number of a row in the file, counted from 1 with its head, and why."""

    advertisers: int = 0
    campaigns: int = 0
    flights: int = 0
    known: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def import_csv(*, text: str, by: User, at: datetime) -> ImportReport:
    """
    Each row by itself: one that is refused leaves nothing and stops none of the others.

    Campaigns are drafts until somebody books them. Raises AdsRefusal for a file that is no table of
    ours; NotAllowed rows are refused like others.
    """
    if len(text.encode()) > MOST_BYTES:
        raise AdsRefusal(_("This file is too large."))
    rows = csv.DictReader(StringIO(text.lstrip("\ufeff")), strict=True)
    report = ImportReport()
    try:
        named = rows.fieldnames or []
        if "advertiser" not in named or set(named) - set(COLUMNS):
            words = _("The first line has to name columns of these: %(columns)s.")
            raise AdsRefusal(words % {"columns": ", ".join(COLUMNS)})
        for number, row in enumerate(rows, start=2):
            if number > MOST_ROWS + 1:
                raise AdsRefusal(_("This file is too large."))
            _take(number, row, report, by=by, at=at)
    except csv.Error as error:
        raise AdsRefusal(_("This is no CSV file: %(error)s") % {"error": error}) from error
    return report


def _take(
    number: int, row: dict[str, str | None], report: ImportReport, *, by: User, at: datetime
) -> None:
    given = {name: str(row.get(name) or "").strip() for name in COLUMNS}
    made = ImportReport()
    try:
        if None in row:
            raise AdsRefusal(_("It has more cells than the first line."))
        with transaction.atomic():
            _write(given, made, by=by, at=at)
    except AdsRefusal as refusal:
        report.refused.append((number, str(refusal)))
        return
    report.advertisers += made.advertisers
    report.campaigns += made.campaigns
    report.flights += made.flights
    report.known += not (made.advertisers or made.campaigns or made.flights)


def _write(given: dict[str, str], made: ImportReport, *, by: User, at: datetime) -> None:
    name = " ".join(given["advertiser"].split())
    advertiser = Advertiser.objects.filter(name__iexact=name).order_by("pk").first()
    if advertiser is None:
        advertiser = make_advertiser(
            name=name,
            category=given["trade"],
            email=given["email"],
            address=given["address"],
            tax_id=given["tax_id"],
            by=by,
        )
        made.advertisers = 1
    if not given["campaign"]:
        return
    wanted = " ".join(given["campaign"].split())
    campaign = Campaign.objects.filter(advertiser=advertiser, name__iexact=wanted).first()
    if campaign is None:
        currency = (given["currency"] or "eur").lower()
        campaign = book_campaign(
            advertiser=advertiser, name=wanted, currency=currency, by=by, at=at
        )
        made.campaigns = 1
    if not given["flight"]:
        return
    if Flight.objects.filter(campaign=campaign, name__iexact=given["flight"]).exists():
        return
    add_flight(campaign=campaign, order=_order(given, campaign.currency), by=by, at=at)
    made.flights = 1


def _order(given: dict[str, str], currency: str) -> FlightOrder:
    outlets = [_outlet(slug) for slug in given["titles"].replace(";", " ").split()]
    zone = outlets[0].timezone if outlets else "UTC"
    last = given["last_day"]
    return FlightOrder(
        name=given["flight"],
        starts_at=_day(given["first_day"], time.min, zone),
        ends_at=_day(last, time(23, 59, 59), zone) if last else None,
        priority=given["kind"] or Flight.Priority.STANDARD,
        goal_kind=given["sold_by"] or Flight.Goal.VIEWS,
        goal=_whole(given["goal"]),
        pricing=given["pricing"] or "cpm",
        amount_cents=_cents(given["price"], currency),
        targeting=Targeting(outlets=outlets, places=given["places"].replace(";", " ").split()),
    )


def _outlet(slug: str) -> Outlet:
    found = Outlet.objects.filter(slug=slug).first()
    if found is None:
        raise AdsRefusal(_("There is no title called “%(slug)s”.") % {"slug": slug})
    return found


def _day(text: str, clock: time, zone: str) -> datetime:
    try:
        return datetime.combine(datetime.fromisoformat(text).date(), clock, tzinfo=ZoneInfo(zone))
    except ValueError as error:
        words = _("“%(day)s” is no day such as 2026-11-30.")
        raise AdsRefusal(words % {"day": text}) from error


def _whole(text: str) -> int:
    cleaned = text.replace(",", "").replace(" ", "") or "0"
    if not (cleaned.isascii() and cleaned.isdecimal()):
        raise AdsRefusal(_("“%(number)s” is no whole number.") % {"number": text})
    return int(cleaned)


def _cents(text: str, currency: str) -> int:
    """“20.50” in units of the currency; a comma parts cents too."""
    cleaned = text.replace(",", ".")
    if not _AMOUNT.fullmatch(cleaned):
        raise AdsRefusal(_("“%(number)s” is no amount such as 20.50.") % {"number": text})
    return cents_of(Decimal(cleaned or 0), currency)
