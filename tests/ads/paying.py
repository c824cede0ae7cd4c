"""An advertiser before the provider's page."""

from urllib.parse import urlsplit

from django.test import Client
from django.utils import timezone

from masthead.ads.customers import paying
from masthead.ads.customers.links import token_for
from masthead.ads.models import Campaign, CampaignPayment
from masthead.jobs.worker import run_due_jobs
from masthead.memberships.providers.choosing import stand_in
from masthead.memberships.standin_post import post_here
from tests.factories import NETWORK


def begin(campaign: Campaign) -> CampaignPayment:
    return paying.begin_payment(
        campaign=Campaign.objects.get(pk=campaign.pk),
        home="https://courier.example/",
        token=token_for(campaign.advertiser),
        at=timezone.now(),
    )


def pay(page: CampaignPayment, card: str = "4242") -> None:
    """At the provider; that it was paid is not known here yet."""
    form = {"card": card, "email": page.campaign.advertiser.email}
    Client(headers={"host": NETWORK}).post(urlsplit(page.page_url).path, form)


def hear() -> None:
    """All notices come, and what follows from them is done."""
    run_due_jobs()
    while stand_in().deliver(post_here):
        run_due_jobs()
