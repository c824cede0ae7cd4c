"""Invoices: what they say, and their numbers."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from masthead.accounts.models import User
from masthead.accounts.queries import network_name
from masthead.ads.customers.credited import left_of, open_invoice
from masthead.ads.customers.dues import mark_paid
from masthead.ads.customers.taxing import tax_of
from masthead.ads.models import AdInvoice, Campaign, Flight
from masthead.ads.selling.actions.telling import close_outdated_page, note, refuse_strangers
from masthead.ads.selling.delivery import NOTHING, Delivered, delivered
from masthead.ads.selling.money import booked_cents, delivered_cents, is_over
from masthead.ads.selling.refusals import AdsRefusal
from masthead.ads.selling.words import goal_in_words, price_in_words, rest_in_words

TRIES = 5


def issue_invoice(*, campaign: Campaign, by: User | None, at: datetime) -> AdInvoice:
    """
    With the next number, over what no invoice says yet. Flights that are over cost what they
    delivered, others what was ordered, or without a number that was ordered what they delivered so
    far.

    What credit notes have answered all of is no invoice any more: the next is the right one.
    Raises AdsRefusal, NotAllowed.
    """
    refuse_strangers(by)
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                return _write(campaign, by=by, at=at)
        except IntegrityError:  # somebody took the number
            if attempt == TRIES - 1:
                raise
    raise AssertionError("left by the loop")


def _write(campaign: Campaign, *, by: User | None, at: datetime) -> AdInvoice:
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    lines = lines_of(campaign, at=at)
    net = sum(line["cents"] for line in lines)
    if not net:
        is_invoiced = open_invoice(campaign) is not None
        raise AdsRefusal(
            _("It is invoiced already.") if is_invoiced else _("There is nothing to invoice.")
        )
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


def lines_of(campaign: Campaign, *, at: datetime) -> list[dict[str, Any]]:
    """What the next invoice would say; none where all is invoiced. Five queries at most."""
    flights = list(campaign.flights.order_by("starts_at", "pk"))
    counts, billed = delivered([each.pk for each in flights]), _billed(campaign)
    rows = []
    for flight in flights:
        before = billed[str(flight.public_id)] + billed[flight.name]
        cents = _cents(flight, counts.get(flight.pk, NOTHING), at=at) - before
        if cents > 0:
            rows.append(_line(flight, campaign, cents, is_rest=before > 0))
    return rows


def _billed(campaign: Campaign) -> dict[str, int]:
    """By flight, what invoices say that credit notes have not answered wholly."""
    invoices = list(AdInvoice.objects.filter(campaign=campaign).order_by("pk"))
    left = left_of(invoices)
    billed: dict[str, int] = defaultdict(int)
    for invoice in invoices:
        if left[invoice.pk]:
            for line in invoice.said["lines"]:
                # Those of before flights were named by their ids go by the flight's name.
                billed[line.get("flight", line["name"])] += line["cents"]
    return billed


def _line(flight: Flight, campaign: Campaign, cents: int, *, is_rest: bool) -> dict[str, Any]:
    return {
        "flight": str(flight.public_id),
        "name": flight.name,
        "from": f"{flight.starts_at:%Y-%m-%d}",
        "to": f"{flight.ends_at:%Y-%m-%d}" if flight.ends_at else "",
        "what": rest_in_words(flight) if is_rest else goal_in_words(flight),
        "price": price_in_words(flight, campaign.currency),
        "cents": cents,
    }


def _cents(flight: Flight, counts: Delivered, *, at: datetime) -> int:
    if is_over(flight, at=at) or not booked_cents(flight):
        return delivered_cents(flight, views=counts.visible, clicks=counts.clicked)
    return booked_cents(flight)
