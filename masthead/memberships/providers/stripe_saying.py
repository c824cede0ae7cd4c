"""What every call to Stripe's SDK has in common: its own key, and troubles in our words."""

from collections.abc import Iterator
from contextlib import contextmanager

import stripe
from django.utils.translation import gettext as _

from masthead.memberships.providers.base import Declined, NotReached, NotThere, ProviderTrouble


def once(key: str) -> stripe.RequestOptions:
    return {"idempotency_key": key}


@contextmanager
def said() -> Iterator[None]:
    """Whatever the SDK raises, as one of ours with a sentence for a person."""
    try:
        yield
    except stripe.CardError as error:
        raise Declined(error.user_message or _("Your card was declined.")) from error
    except (stripe.APIConnectionError, stripe.RateLimitError) as error:
        raise NotReached(_late()) from error
    except stripe.InvalidRequestError as error:
        if error.code == "resource_missing":
            raise NotThere(_("The payment provider knows nothing under that name.")) from error
        raise ProviderTrouble(_("The payment provider refused this.")) from error
    except stripe.StripeError as error:
        status = error.http_status or 500
        raise (NotReached(_late()) if status >= 500 else ProviderTrouble(_refused())) from error


def _late() -> str:
    return _("The payment provider does not answer at the moment. Please try again in a minute.")


def _refused() -> str:
    return _("The payment provider refused this.")
