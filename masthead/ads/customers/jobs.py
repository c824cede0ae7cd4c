"""What follows at the provider when a campaign costs something else than it did."""

from typing import Any

from django.utils import timezone

from masthead.ads.customers.paying import close_outdated
from masthead.ads.models import Campaign
from masthead.jobs.decorator import job


@job(retries=12, give_up_after_seconds=86_400, unique="{campaign_id}")
def close_payment_page(*, campaign_id: int, **_: Any) -> None:
    """An open page that asks for what is not due any more. Raises ProviderTrouble, to try again."""
    close_outdated(Campaign.objects.get(pk=campaign_id), at=timezone.now())
