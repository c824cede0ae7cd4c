"""What is thrown away when its time is over, and sealed anew when the secret key has changed."""

from datetime import timedelta

from django.utils import timezone

from masthead.accounts.sealing import needs_sealing, seal, unseal
from masthead.core.keys import SealedByAnotherKey
from masthead.jobs.decorator import job
from masthead.jobs.schedule import daily
from masthead.posting.actions.renewing import renew_keys
from masthead.posting.models import Account, FollowedFeed, Subscription, Try

TRIES_KEPT = timedelta(days=90)
UNPROVED_KEPT = timedelta(hours=2)


@daily(at="03:30")
@job(retries=2)
def tidy_posting() -> None:
    """Old answers, leases that have ended, wishes nobody confirmed; safe to repeat."""
    now = timezone.now()
    Try.objects.filter(at__lt=now - TRIES_KEPT).delete()
    Subscription.objects.filter(lease_until__lt=now).delete()
    Subscription.objects.filter(lease_until=None, wanted_at__lt=now - UNPROVED_KEPT).delete()
    FollowedFeed.objects.filter(subscriptions=None).delete()


@daily(at="03:35")
@job(retries=2)
def seal_keys_anew() -> None:
    """With the present key, what is sealed with a former one; safe to repeat."""
    for account in Account.objects.exclude(sealed="").order_by("pk"):
        if fresh := _sealed_anew(account.sealed):
            Account.objects.filter(pk=account.pk, sealed=account.sealed).update(sealed=fresh)
    for each in Subscription.objects.exclude(secret="").order_by("pk"):
        if fresh := _sealed_anew(each.secret):
            Subscription.objects.filter(pk=each.pk, secret=each.secret).update(secret=fresh)


@daily(at="03:40")
@job(retries=2)
def renew_all_keys() -> None:
    """Of accounts whose keys end one day; safe to repeat."""
    for account in Account.objects.filter(removed_at=None).exclude(sealed="").order_by("pk"):
        renew_keys(account=account, at=timezone.now())


def _sealed_anew(kept: str) -> str:
    """Empty when that is not needed, or no key opens it."""
    if not needs_sealing(kept):
        return ""
    try:
        return seal(unseal(kept))
    except SealedByAnotherKey:
        return ""
