"""Orders: booked whole, confirmed, changed, cancelled."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from masthead.accounts.models import User
from masthead.ads.customers.credited import open_invoice
from masthead.ads.models import Advertiser, Campaign, CampaignPayment
from masthead.ads.selling.actions.creatives import write_creative
from masthead.ads.selling.actions.flights import write_flight
from masthead.ads.selling.actions.telling import (
    close_outdated_page,
    note,
    refuse_elsewhere,
    refuse_strangers,
    tell_pages,
)
from masthead.ads.selling.checking import check_creative, check_flight
from masthead.ads.selling.money import cents_of
from masthead.ads.selling.orders import FlightOrder
from masthead.ads.selling.refusals import AdsRefusal
from masthead.ads.selling.rules import may_bring_html
from masthead.memberships.money import amount_of


def book_campaign(
    *,
    advertiser: Advertiser,
    name: str,
    by: User | None,
    at: datetime,
    flights: Sequence[FlightOrder] = (),
    currency: str = "eur",
    state: Campaign.State = Campaign.State.DRAFT,
    note_for_desk: str = "",
    approved: bool = False,
) -> Campaign:
    """
    A campaign with its flights and creatives, all or nothing.

    state: DRAFT and ASKED are shown to nobody, BOOKED runs as soon as its creatives are approved.
    approved: the creatives too, which somebody of the ad desk has looked at.
    by: None for the program itself (demo, import) and for an advertiser by a signed link.
    Raises AdsRefusal, NotAllowed.
    """
    refuse_strangers(by)
    name = " ".join(name.split())
    if not name:
        raise AdsRefusal(_("The campaign needs a name."))
    check_currency(currency)
    for order in flights:
        refuse_elsewhere(by, order.targeting.outlets)
        check_flight(order)
        for creative in order.creatives:
            check_creative(creative, may_html=by is not None and may_bring_html(by))
    with transaction.atomic():
        campaign = Campaign.objects.create(
            advertiser=advertiser,
            name=name[:100],
            state=state,
            currency=currency,
            note=note_for_desk,
            created_by=by,
        )
        written = []
        for order in flights:
            flight = write_flight(campaign=campaign, order=order)
            written.append(flight)
            for creative in order.creatives:
                write_creative(flight=flight, order=creative, approved_at=at if approved else None)
        if written:
            tell_pages(flights=written, at=at)
        note(campaign, "campaign.book", by=by, state=state)
    return campaign


def confirm_campaign(*, campaign: Campaign, by: User | None, at: datetime) -> None:
    """
    A draft, what an advertiser asked for, or what is held for a payment's sake, is booked.

    Raises AdsRefusal, NotAllowed.
    """
    _refuse_others(campaign, by)
    with transaction.atomic():
        _move(
            campaign,
            to=Campaign.State.BOOKED,
            of=(Campaign.State.DRAFT, Campaign.State.ASKED, Campaign.State.HELD),
            why_not=_("It is booked already, or was cancelled."),
        )
        tell_pages(flights=campaign.flights.all(), at=at)
        note(campaign, "campaign.confirm", by=by)


def cancel_campaign(*, campaign: Campaign, by: User | None, at: datetime, reason: str = "") -> None:
    """Nothing of it is shown any more; what was counted stays. Raises AdsRefusal, NotAllowed."""
    _refuse_others(campaign, by)
    with transaction.atomic():
        _move(
            campaign,
            to=Campaign.State.CANCELLED,
            of=[each for each in Campaign.State if each != Campaign.State.CANCELLED],
            why_not=_("It was cancelled already."),
        )
        tell_pages(flights=campaign.flights.all(), at=at)
        note(campaign, "campaign.cancel", by=by, reason=reason)
        close_outdated_page(campaign)


def change_campaign(
    *, campaign: Campaign, by: User | None, name: str, currency: str, note_for_desk: str
) -> None:
    """Raises AdsRefusal, NotAllowed; another currency only before any invoice or payment."""
    _refuse_others(campaign, by)
    name = " ".join(name.split())
    if not name:
        raise AdsRefusal(_("The campaign needs a name."))
    check_currency(currency)
    with transaction.atomic():
        locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
        if currency != locked.currency:
            _refuse_another_currency(locked)
            _price_in(currency, locked)
            close_outdated_page(locked)
        campaign.name, campaign.currency, campaign.note = name[:100], currency, note_for_desk
        campaign.save(update_fields=["name", "currency", "note"])
        note(campaign, "campaign.change", by=by)


def _refuse_another_currency(campaign: Campaign) -> None:
    """What was invoiced or paid, or is being paid by a bank, is of the currency it had."""
    states = CampaignPayment.State
    of_no_matter = [states.OPEN, states.EXPIRED, states.RETURNED]
    if campaign.payments.exclude(state__in=of_no_matter).exists():
        raise AdsRefusal(_("It is paid; its currency stays."))
    if open_invoice(campaign) is not None:
        raise AdsRefusal(_("It is invoiced; its currency stays."))


def _price_in(currency: str, campaign: Campaign) -> None:
    """The amount that was typed is the same number of the other currency."""
    for flight in campaign.flights.order_by("pk"):
        amount = amount_of(flight.amount_cents, campaign.currency)
        flight.amount_cents = cents_of(amount, currency)
        flight.save(update_fields=["amount_cents"])


def check_currency(currency: str) -> None:
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        raise AdsRefusal(_("A currency is three letters, such as EUR."))
    if not currency.islower():
        raise AdsRefusal(_("A currency is three letters, such as EUR."))


def _refuse_others(campaign: Campaign, by: User | None) -> None:
    refuse_strangers(by)
    if by is not None:
        for flight in campaign.flights.prefetch_related("outlets"):
            refuse_elsewhere(by, flight.outlets.all())


def _move(
    campaign: Campaign, *, to: Campaign.State, of: Sequence[Campaign.State], why_not: str
) -> None:
    """In one statement, so that of two at once one is told that it is done."""
    if not Campaign.objects.filter(pk=campaign.pk, state__in=of).update(state=to):
        raise AdsRefusal(why_not)
    campaign.state = to
