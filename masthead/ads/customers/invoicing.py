"""Invoices: what they say, and their numbers."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from masthead.accounts.models import User
from masthead.accounts.queries import network_name
from masthead.ads.customers.credited import open_invoice
from masthead.ads.customers.dues import mark_paid
from masthead.ads.customers.taxing import tax_of
from masthead.ads.models import AdInvoice, Campaign, Flight
from masthead.ads.selling.actions.telling import close_outdated_page, note, refuse_strangers
from masthead.ads.selling.delivery import NOTHING, delivered
from masthead.ads.selling.money import booked_cents, delivered_cents
from masthead.ads.selling.refusals import AdsRefusal
from masthead.ads.selling.words import goal_in_words, price_in_words

TRIES = 5


def issue_invoice(*, campaign: Campaign, by: User | None, at: datetime) -> AdInvoice:
    """
    With the next number. Flights that are over cost what they delivered, others what was ordered.

    One of a campaign at most, and none for nothing; once credit notes have answered all of it, the
    next is the right one. Raises AdsRefusal, NotAllowed.
    """
    refuse_strangers(by)
    lines = _lines(campaign, at=at)
    net = sum(line["cents"] for line in lines)
    if not net:
        raise AdsRefusal(_("There is nothing to invoice."))
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                return _write(campaign, lines=lines, net=net, by=by, at=at)
        except IntegrityError:  # somebody took the number
            if attempt == TRIES - 1:
                raise
    raise AssertionError("left by the loop")


def _write(
    campaign: Campaign, *, lines: list[dict[str, Any]], net: int, by: User | None, at: datetime
) -> AdInvoice:
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    if open_invoice(campaign) is not None:
        raise AdsRefusal(_("It is invoiced already."))
    last = AdInvoice.objects.aggregate(last=Max("number"))["last"] or 0
    to = campaign.advertiser
    made = AdInvoice.objects.create(
        number=last + 1,
        campaign=campaign,
        issued_at=at,
        net_cents=net,
        tax_cents=tax_of(net),
        currency=campaign.currency,
        said={
            "from": [*(settings.ADS_INVOICE_FROM or [network_name()])],
            "to": [each for each in (to.name, *to.address.splitlines(), to.tax_id) if each.strip()],
            "campaign": campaign.name,
            "tax_percent": str(settings.ADS_TAX_PERCENT),
            "lines": lines,
        },
    )
    mark_paid(campaign, at=at)
    note(campaign, "invoice", by=by, number=made)
    close_outdated_page(campaign)
    return made


def _lines(campaign: Campaign, *, at: datetime) -> list[dict[str, Any]]:
    flights = list(campaign.flights.order_by("starts_at", "pk"))
    counts = delivered([each.pk for each in flights])
    rows = [
        {
            "name": flight.name,
            "from": f"{flight.starts_at:%Y-%m-%d}",
            "to": f"{flight.ends_at:%Y-%m-%d}" if flight.ends_at else "",
            "what": goal_in_words(flight),
            "price": price_in_words(flight, campaign.currency),
            "cents": _cents(flight, counts.get(flight.pk, NOTHING), at=at),
        }
        for flight in flights
    ]
    return [row for row in rows if row["cents"]]


def _cents(flight: Flight, counts: Any, *, at: datetime) -> int:
    is_over = flight.ends_at is not None and flight.ends_at <= at
    if is_over or not booked_cents(flight):
        return delivered_cents(flight, views=counts.visible, clicks=counts.clicked)
    return booked_cents(flight)
