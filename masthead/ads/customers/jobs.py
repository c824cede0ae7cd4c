"""What follows at the provider when a campaign costs something else, and the nightly look there."""

from typing import Any

from django.utils import timezone

from masthead.ads.customers.looking import look_at_payments
from masthead.ads.customers.paying import close_outdated
from masthead.ads.models import Campaign
from masthead.jobs.decorator import job
from masthead.jobs.schedule import daily


@job(retries=12, give_up_after_seconds=86_400, unique="{campaign_id}")
def close_payment_page(*, campaign_id: int, **_: Any) -> None:
    """An open page that asks for what is not due any more. Raises ProviderTrouble, to try again."""
    close_outdated(Campaign.objects.get(pk=campaign_id), at=timezone.now())


@daily(at="02:50")
@job(retries=5)
def reconcile_campaign_payments() -> None:
    """Whatever a notice was lost for, or a browser closed for, is true here too by the morning."""
    look_at_payments(at=timezone.now())
