"""
Codes that are good once, for a quarter of an hour, and only in the browser that asked for them.

A code opens an account, known or new: so nobody can learn from the answer which of the two it is.
"""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from masthead.core.ids import uuid7
from masthead.mail.post import write_letter
from masthead.mail.printing import print_mail
from masthead.outlets.sheet import Sheet
from masthead.readers.addresses import keyed_hash, read_address
from masthead.readers.budget import SIGNING_IN, may_be_sent
from masthead.readers.models import Proof
from masthead.readers.proofs import may_write_to, sender_of, use_up

# RFC 8628, section 6.1: no vowels, so no words; nothing that looks like something else.
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
LENGTH = 8
GOOD_FOR = timedelta(minutes=15)  # receivers that put a mail off come back within minutes
MOST_TRIES = 3
SIGN_IN, ERASE = "sign-in", "erase"


class WrongCode(Exception):
    """Not this one; the text can be shown to a person."""


class CodeOver(Exception):
    """Past its time, used, or tried too often: ask for a new one. The text can be shown."""


def ask_for_code(
    *,
    email: str,
    purpose: str,
    sheet: Sheet,
    source: str,
    at: datetime,
    instead_of: UUID | None = None,
) -> UUID:
    """
    Mail a code; answers what the browser has to keep to use it.

    Known or not, the same is done and answered; beyond the budget nothing is sent and the answer
    is the same. instead_of: an earlier one of the same browser, which is void from then on.
    Raises NotAnAddress.
    """
    address, asked = read_address(email), uuid7()
    if not may_be_sent(pool=SIGNING_IN, address=address, source=source, at=at):
        return asked
    code = "".join(secrets.choice(LETTERS) for _each in range(LENGTH))
    mail = print_mail(
        f"readers/mail/code_{purpose.replace('-', '_')}",
        sheet=sheet,
        context={"code": spaced(code), "minutes": int(GOOD_FOR.total_seconds() // 60)},
    )
    with transaction.atomic():
        if instead_of is not None:
            Proof.objects.filter(public_id=instead_of, used_at=None).update(ends_at=at)
        Proof.objects.create(
            public_id=asked,
            kind=Proof.Kind.CODE,
            secret_hash=_kept(asked, code),
            address=address,
            intents=[{"name": purpose, "words": "", "data": {}}],
            outlet_id=sheet.id,
            asked_at=at,
            ends_at=at + GOOD_FOR,
        )
        if may_write_to(address):
            write_letter(
                key=f"code:{asked}",
                kind=f"readers.code.{purpose}",
                to=address,
                mail=mail,
                sender=sender_of(sheet),
                at=at,
                good_for=GOOD_FOR,
            )
    return asked


def use_code(*, asked: UUID, typed: str, purpose: str, at: datetime) -> Proof:
    """
    The proof of an address, used up. A try is counted before it is looked at, so that many at
    once are no more tries. Raises WrongCode, CodeOver.
    """
    proof = Proof.objects.filter(public_id=asked, kind=Proof.Kind.CODE, ends_at__gt=at).first()
    if proof is None or proof.intents[0]["name"] != purpose:
        raise CodeOver(_("This code is past its time. Ask for a new one."))
    open_one = Proof.objects.filter(pk=proof.pk, used_at=None, tries__lt=MOST_TRIES)
    if not open_one.update(tries=F("tries") + 1):
        raise CodeOver(_("This code has been tried too often or used. Ask for a new one."))
    if not secrets.compare_digest(proof.secret_hash, _kept(asked, _plain(typed))):
        left = MOST_TRIES - proof.tries - 1
        words = ngettext(
            "That is not the code. %(left)s more try.",
            "That is not the code. %(left)s more tries.",
            left,
        )
        raise WrongCode(words % {"left": left})
    use_up(proof, at=at)
    return proof


def spaced(code: str) -> str:
    """As it is read: four letters, a dash, four letters."""
    return f"{code[:4]}-{code[4:]}"


def _plain(typed: str) -> str:
    return "".join(letter for letter in typed.upper() if letter in LETTERS)


def _kept(asked: UUID, code: str) -> str:
    """Under the secret key: a code is short enough to be tried from a copy of the database."""
    return keyed_hash("code", f"{asked}:{code}")
