"""Which provider takes the money: Stripe where the operator set a key, else the stand-in."""

from functools import lru_cache
from typing import cast

from django.conf import settings

from masthead.memberships.providers.base import Provider
from masthead.memberships.providers.stripe_api import StripeProvider
from masthead.memberships.standin import StandIn
from masthead.memberships.standin.events import API_VERSION
from masthead.memberships.standin.service import KEY
from masthead.memberships.standin.transport import InProcess

PAGES = "/-/stripe"  # the stand-in's, on the network's own address
HOOK = "/-/payments/stripe"


def is_stand_in() -> bool:
    return not settings.STRIPE_KEY


def selling_account() -> str:
    """Whose objects plans and prices are: those of one account mean nothing to another."""
    if is_stand_in():
        return "stand-in"
    return "live" if "_live_" in settings.STRIPE_KEY else "test"


def provider() -> Provider:
    """The one in force."""
    if is_stand_in():
        return _of_stand_in(str(settings.STAND_IN_BOOKS), settings.NETWORK_URL)
    return _of_stripe(settings.STRIPE_KEY, tuple(settings.STRIPE_WEBHOOK_SECRETS))


def stand_in() -> StandIn:
    """Raises RuntimeError where real keys are set."""
    if not is_stand_in():
        raise RuntimeError("There is no stand-in beside a real account.")
    return _stand_in(str(settings.STAND_IN_BOOKS), settings.NETWORK_URL)


@lru_cache(maxsize=8)
def _of_stripe(key: str, secrets: tuple[str, ...]) -> Provider:
    from masthead.memberships.providers.outbound_http import OutboundHTTP

    is_live = "_live_" in key
    made = StripeProvider(key=key, secrets=list(secrets), http=OutboundHTTP(), is_live=is_live)
    return cast(Provider, made)


@lru_cache(maxsize=8)
def _of_stand_in(books: str, network_url: str) -> Provider:
    there = _stand_in(books, network_url)
    made = StripeProvider(
        key=KEY, secrets=[_secret(there)], http=InProcess(there.call), is_live=False
    )
    made.page_origins = ()
    return cast(Provider, made)


@lru_cache(maxsize=8)
def _stand_in(books: str, network_url: str) -> StandIn:
    from pathlib import Path

    return StandIn(Path(books), pages=f"{network_url}{PAGES}")


def _secret(there: StandIn) -> str:
    """Of the one endpoint, which is ours; made at the first look."""
    with there.books.writing() as till:
        known = till.all("webhook_endpoint")
        if known:
            return str(known[0]["secret"])
        from masthead.memberships.standin.interface import add_endpoint

        given = {"url": HOOK, "enabled_events": ["*"], "api_version": API_VERSION}
        return str(add_endpoint(till, given, "")["secret"])
