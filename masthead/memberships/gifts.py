"""Gifts: a code for some days of a plan."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from masthead.mail.post import Sender, write_letter
from masthead.mail.printing import print_mail
from masthead.memberships.models import Gift, Purchase
from masthead.memberships.providers.base import Payment
from masthead.outlets.queries import canonical_sheets
from masthead.readers.granting import end_grants, settle_grants
from masthead.readers.models import Benefit, Entitlement, Reader

_ALPHABET = "BCDFGHJKLMNPQRSTVWXZ23456789"
CODE_LETTERS = 16  # 28 to the power of 16 is 77 bits
GOOD_FOR = timedelta(days=3 * 365)
DAYS = {"month": 31, "year": 366}


class NoSuchGift(Exception):
    """The code is none, or not good any more; the text can be shown to a person."""


def follow_gift(*, purchase: Purchase, payment: Payment, at: datetime) -> None:
    """Make the gift when it is paid, take it back when its price is. Part of a transaction."""
    gift = Gift.objects.filter(purchase=purchase).first()
    is_good = payment.paid_cents > payment.refunded_cents and not payment.is_disputed
    if gift is None and is_good:
        _make(purchase, at)
    elif gift is not None and not is_good and gift.ended_at is None:
        gift.ended_at = at
        gift.save(update_fields=["ended_at"])
        end_grants(source=Entitlement.Source.GIFT, ref=str(gift.public_id), at=at)


def _make(purchase: Purchase, at: datetime) -> None:
    giver = purchase.reader
    if giver is None:  # erased; nobody could be told the code
        return
    code = _new_code()
    days = int(purchase.details.get("days") or DAYS["year"])
    gift = Gift.objects.create(
        plan=purchase.price.plan,
        purchase=purchase,
        days=days,
        code_hash=hash_of(code),
        made_at=at,
        good_until=at + GOOD_FOR,
    )
    known = canonical_sheets()
    sheet = next((each for each in known if each.id == purchase.outlet_id), known[0])
    context = {
        "code": code,
        "plan": gift.plan.name,
        "days": days,
        "redeem_url": sheet.absolute("membership/gift/"),
    }
    write_letter(
        key=f"membership.gift:{gift.public_id}",
        kind="membership.gift",
        to=giver.email,
        mail=print_mail("memberships/mail/gift", sheet=sheet, context=context),
        sender=Sender(sheet.name, outlet_id=sheet.id, reply_to=sheet.contact_email),
        at=at,
    )


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
        settle_grants(
            reader=reader,
            source=Entitlement.Source.GIFT,
            ref=str(gift.public_id),
            benefits=[Benefit(each) for each in gift.plan.benefits],
            starts_at=at,
            ends_at=at + timedelta(days=gift.days),
            at=at,
        )
    return gift


def hash_of(code: str) -> str:
    plain = "".join(letter for letter in code.upper() if letter in _ALPHABET)
    return hashlib.sha256(f"masthead gift {plain}".encode()).hexdigest()


def _new_code() -> str:
    code = "".join(secrets.choice(_ALPHABET) for _ in range(CODE_LETTERS))
    return "-".join(code[at : at + 4] for at in range(0, CODE_LETTERS, 4))
