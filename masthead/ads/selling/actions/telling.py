"""What every write says: to the audit log, and to the pages that choose from the list."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from masthead.accounts.models import User
from masthead.ads.models import Campaign, Flight
from masthead.ads.selling.refusals import NotAllowed
from masthead.ads.selling.rules import may_sell, may_sell_in
from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.outlets.models import Outlet


def note(thing: models.Model, action: str, *, by: User | None, **data: Any) -> None:
    log(thing, f"ads.{action}", user=by, data={name: str(value) for name, value in data.items()})


def refuse_strangers(by: User | None) -> None:
    """Whoever sells nowhere. None: the program itself, or an advertiser by a signed link."""
    if by is not None and not may_sell(by):
        raise NotAllowed(_not_yours())


def refuse_elsewhere(by: User | None, outlets: Iterable[Outlet]) -> None:
    """What runs in an outlet that somebody does not sell for; none: everywhere."""
    if by is not None and not may_sell_in(by, list(outlets)):
        raise NotAllowed(_not_yours())


def refuse_flight_of_others(by: User | None, flight: Flight) -> None:
    if by is not None:
        refuse_elsewhere(by, flight.outlets.all())


def tell_pages(*, flights: Iterable[Flight], at: datetime, before: Iterable[int] = ()) -> None:
    """The lists of the outlets where these run, or ran (`before`), are made anew."""
    touched = set(before)
    for flight in flights:
        touched |= set(outlets_of(flight))
    note_change(keys=[keys.advertising(each) for each in touched], at=at)


def close_outdated_page(campaign: Campaign) -> None:
    """What is due has changed: after commit a payment page that asks for something else."""
    from masthead.ads.customers.jobs import close_payment_page

    close_payment_page.later(campaign_id=campaign.pk)


def outlets_of(flight: Flight) -> list[int]:
    """Where a flight runs, by id."""
    named = list(flight.outlets.values_list("pk", flat=True))
    return named or list(Outlet.objects.values_list("pk", flat=True))


def _not_yours() -> str:
    return _("You do not sell advertising there.")
