"""Renewing keys that end one day, long before they do; what cannot be renewed is said in time."""

from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from masthead.core.keys import SealedByAnotherKey
from masthead.core.text import shorten
from masthead.posting.drafts import access_to
from masthead.posting.models import Account
from masthead.posting.networks import find_network
from masthead.posting.networks.asking import NetworkError, NotPossible
from masthead.posting.networks.base import Network, Renewed

# Networks renew no key that is younger than a day.
FIRST_AFTER = timedelta(days=1)
# Thirty tries, one a day, before a key ends; less of one that is good for less.
BEFORE_END = timedelta(days=30)
WARN_BEFORE = timedelta(days=14)


def renew_keys(*, account: Account, at: datetime) -> None:
    """
    Renew the account's keys when it is time; one asking at most.

    A failure is noted for people, and tried again the next time. Repeatable.
    """
    network = find_network(account.network)
    if network is None or not network.key_days or not account.sealed:
        return
    if account.renew_at is None:
        _note(account, renew_at=at + FIRST_AFTER)
    elif account.renew_at <= at:
        _renew(account, network, at)


def _renew(account: Account, network: Network, at: datetime) -> None:
    try:
        renewed = network.renew(access_to(account))
    except NotPossible:
        _warn_in_time(account, network, at)
    except (NetworkError, SealedByAnotherKey) as error:
        words = _("Its key could not be renewed, which is tried again daily: %(reason)s")
        _note(account, renewal_trouble=shorten(words % {"reason": error}, most=300))
    else:
        _keep(account, renewed, at)


def _keep(account: Account, renewed: Renewed, at: datetime) -> None:
    """Unless other keys were entered meanwhile."""
    good_for = timedelta(seconds=renewed.seconds)
    ends_at, last = at + good_for, renewed.last_seconds
    trouble = ""
    if last is not None and timedelta(seconds=last) < BEFORE_END:
        trouble = _ends_words(at + timedelta(seconds=last))
    before = account.sealed
    account.keep_secrets(renewed.secrets)
    Account.objects.filter(pk=account.pk, sealed=before).update(
        sealed=account.sealed,
        keys_end_at=ends_at,
        renew_at=ends_at - min(BEFORE_END, good_for / 2),
        renewal_trouble=trouble,
    )


def _warn_in_time(account: Account, network: Network, at: datetime) -> None:
    """It cannot be renewed by program: a person has to, before it ends."""
    since = (account.renew_at or at) - FIRST_AFTER
    ends_at = account.keys_end_at or since + timedelta(days=network.key_days)
    is_soon = ends_at - at < WARN_BEFORE
    _note(account, keys_end_at=ends_at, renewal_trouble=_ends_words(ends_at) if is_soon else "")


def _ends_words(ends_at: datetime) -> str:
    return _("Its key ends on %(day)s; enter a new one before.") % {"day": date_format(ends_at)}


def _note(account: Account, **said: object) -> None:
    Account.objects.filter(pk=account.pk, sealed=account.sealed).update(**said)
