"""Gifts: a code for some days of a plan."""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from masthead.memberships.letters import write_gift_letter
from masthead.memberships.models import Gift, Purchase
from masthead.memberships.standings import benefits_in
from masthead.readers.granting import end_grants, settle_grants
from masthead.readers.models import Entitlement, Reader

_ALPHABET = "BCDFGHJKLMNPQRSTVWXZ23456789"
CODE_LETTERS = 16  # 28 to the power of 16 is 77 bits
GOOD_FOR = timedelta(days=3 * 365)
DAYS = {"month": 31, "year": 366}


class NoSuchGift(Exception):
    """The code is none, or not good any more; the text can be shown to a person."""


def follow_gift(*, purchase: Purchase, is_good: bool, at: datetime) -> None:
    """
    Make the gift when it is paid, take it back when its price is, give it again when that comes
    back. Part of a transaction.

    is_good: whether what it costs is paid and ours.
    """
    found = Gift.objects.select_related("plan", "redeemed_by").filter(purchase=purchase)
    gift = found.first()
    if gift is None and is_good:
        _make(purchase, at)
    elif gift is not None and is_good and gift.ended_at is not None:
        _give_again(gift, at)
    elif gift is not None and not is_good and gift.ended_at is None:
        gift.ended_at = at
        gift.save(update_fields=["ended_at"])
        end_grants(source=Entitlement.Source.GIFT, ref=str(gift.public_id), at=at)


def _give_again(gift: Gift, at: datetime) -> None:
    """With as many days more as its reader was without it."""
    if gift.redeemed_at is not None and gift.ended_at is not None:
        gift.days += -((gift.ended_at - at) // timedelta(days=1))
    gift.ended_at = None
    gift.save(update_fields=["ended_at", "days"])
    if gift.redeemed_by is not None and gift.redeemed_at is not None:
        _grant(gift, gift.redeemed_by, gift.redeemed_at, at)


def _grant(gift: Gift, reader: Reader, starts_at: datetime, at: datetime) -> None:
    settle_grants(
        reader=reader,
        source=Entitlement.Source.GIFT,
        ref=str(gift.public_id),
        benefits=benefits_in(gift.plan),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(days=gift.days),
        at=at,
    )


def _make(purchase: Purchase, at: datetime) -> None:
    days = int(purchase.details.get("days") or DAYS["year"])
    gift = Gift(
        plan=purchase.price.plan,
        purchase=purchase,
        days=days,
        made_at=at,
        good_until=at + GOOD_FOR,
    )
    gift.code_hash = hash_of(_code(gift, settings.SECRET_KEY))
    gift.save(force_insert=True)
    write_gift_letter.later(gift_id=gift.pk)


def code_of(gift: Gift) -> str:
    """
    What opens it, made of the machine's secret key, so that the database alone gives it to nobody.

    Raises NoSuchGift when the key it was made with is known no more.
    """
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        code = _code(gift, key)
        if hash_of(code) == gift.code_hash:
            return code
    raise NoSuchGift(_("This code was made with a secret key that is not known any more."))


def _code(gift: Gift, key: str) -> str:
    digest = hmac.digest(key.encode(), f"masthead gift code {gift.public_id}".encode(), "sha256")
    number, letters = int.from_bytes(digest), ""
    for _place in range(CODE_LETTERS):
        number, rest = divmod(number, len(_ALPHABET))
        letters += _ALPHABET[rest]
    return "-".join(letters[at : at + 4] for at in range(0, CODE_LETTERS, 4))


def redeem_gift(*, code: str, reader: Reader, at: datetime) -> Gift:
    """Once, by one reader; the days begin now. Raises NoSuchGift."""
    with transaction.atomic():
        gift = (
            Gift.objects.select_for_update()
            .select_related("plan")
            .filter(code_hash=hash_of(code), redeemed_at=None, ended_at=None, good_until__gt=at)
            .first()
        )
        if gift is None:
            raise NoSuchGift(_("This code is not good, or has been used."))
        gift.redeemed_by, gift.redeemed_at = reader, at
        gift.save(update_fields=["redeemed_by", "redeemed_at"])
        _grant(gift, reader, at, at)
    return gift


def hash_of(code: str) -> str:
    plain = "".join(letter for letter in code.upper() if letter in _ALPHABET)
    return hashlib.sha256(f"masthead gift {plain}".encode()).hexdigest()
