"""The comparison of campaigns' payments with the provider's books."""

from collections.abc import Callable
from datetime import datetime, timedelta

from masthead.ads.customers.paying import UNDER_WAY, close_outdated, settle_payment
from masthead.ads.customers.returning import follow_returns
from masthead.ads.models import CampaignPayment
from masthead.memberships.providers.base import NotThere, ProviderTrouble

TAKEN_BACK_WITHIN = timedelta(days=180)  # a bank takes back no later
State = CampaignPayment.State


def look_at_payments(*, at: datetime) -> None:
    """
    Those that are open or on their way are settled, pages that are over or ask for what is not due
    any more are closed, and of what was paid lately is read what went back.

    One that makes trouble stops none of the others; then raises ProviderTrouble.
    """
    found = CampaignPayment.objects.select_related("campaign").order_by("pk")
    troubles: list[ProviderTrouble] = []
    for payment in found.filter(state__in=UNDER_WAY):
        _try(_settle, payment, at, troubles)
    recent = found.filter(settled_at__gte=at - TAKEN_BACK_WITHIN).exclude(payment_ref="")
    for payment in recent:
        _try(_follow, payment, at, troubles)
    if troubles:
        raise troubles[0]


def _try(
    look: Callable[[CampaignPayment, datetime], None],
    payment: CampaignPayment,
    at: datetime,
    troubles: list[ProviderTrouble],
) -> None:
    try:
        look(payment, at)
    except NotThere:  # its books were begun anew
        CampaignPayment.objects.filter(pk=payment.pk, state__in=UNDER_WAY).update(
            state=State.EXPIRED
        )
    except ProviderTrouble as trouble:
        troubles.append(trouble)


def _settle(payment: CampaignPayment, at: datetime) -> None:
    settle_payment(payment=payment, at=at)
    close_outdated(payment.campaign, at=at)


def _follow(payment: CampaignPayment, at: datetime) -> None:
    follow_returns(payment=payment, at=at)
