"""What is thrown away when its time is over, and sealed anew when the secret key has changed."""

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from masthead.accounts.models import Attempts
from masthead.accounts.sealing import needs_sealing, seal, unseal
from masthead.accounts.second_factor import SECRETS
from masthead.core.keys import SealedByAnotherKey
from masthead.jobs.decorator import job
from masthead.jobs.schedule import daily


@daily(at="03:20")
@job(retries=2)
def tidy_sign_in() -> None:
    """Delete sessions and counted attempts that have ended; safe to repeat."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    Attempts.objects.filter(ends_at__lt=now).delete()


@daily(at="03:25")
@job(retries=2)
def seal_anew() -> None:
    """
    Seal with the present key what is in clear or sealed with a former one; safe to repeat.

    What no key opens stays as it is. Afterwards no former key is needed.
    """
    factors = Authenticator.objects.filter(type__in=SECRETS).order_by("pk")
    for pk, kind in factors.values_list("pk", "type"):
        with transaction.atomic():
            _seal_anew(pk, SECRETS[Authenticator.Type(kind)])


def _seal_anew(pk: int, name: str) -> None:
    # Locked: a recovery code that is used meanwhile must stay used.
    factor = Authenticator.objects.select_for_update().filter(pk=pk).first()
    if factor is None or not needs_sealing(factor.data[name]):
        return
    try:
        factor.data[name] = seal(unseal(factor.data[name]))
    except SealedByAnotherKey:
        return
    factor.save(update_fields=["data"])
