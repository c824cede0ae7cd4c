"""
Asking an address whether it is the person's who typed it, and carrying out what they asked for.

Nothing here looks whether the address is known, so neither the answer nor its time can tell.
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from masthead.mail.post import Sender, write_letter
from masthead.mail.printing import print_mail
from masthead.outlets.sheet import Sheet
from masthead.readers.actions import find_or_add_reader
from masthead.readers.addresses import address_hashes, read_address
from masthead.readers.budget import JOINING, is_used_up, may_be_sent
from masthead.readers.intents import Done, Intent, carry_out, stands_alone
from masthead.readers.models import Forgotten, Proof, Reader

GOOD_FOR = timedelta(days=3)
# Who asks again within these has one mail for all of it.
TOGETHER = timedelta(minutes=3)
MOST_INTENTS = 20


class NoSuchProof(Exception):
    """Never asked, asked anew since, or past its time; the text can be shown to a person."""


class ProofUsed(Exception):
    """Answered already; the text can be shown to a person."""


def ask_to_prove(
    *, email: str, intents: Sequence[Intent], sheet: Sheet, place: str, source: str, at: datetime
) -> None:
    """
    Mail a link that, confirmed by its button, carries the intents out.

    Nothing happens before. A new question takes the place of an open one on the same outlet and
    keeps what that asked for; within minutes of it there is no second mail. What stands alone
    (see `register_intent`) joins nothing and nothing joins it. Beyond the budget (see
    `readers.budget`) nothing is sent, and nobody is told.

    place: where it was asked, a path below the outlet. source: the asking machine's address.
    Raises NotAnAddress.
    """
    address = read_address(email)
    if is_used_up(pool=JOINING, at=at):  # first, so that a flood costs as little as it can
        return
    waiting, open_ones = _waiting(_open(address, sheet, at), intents)
    together = _united(waiting, intents)
    if waiting is not None and waiting.asked_at > at - TOGETHER:
        Proof.objects.filter(pk=waiting.pk, used_at=None).update(intents=together)
        return
    if not may_be_sent(pool=JOINING, address=address, source=source, at=at):
        return
    secret = secrets.token_urlsafe(24)
    proof = Proof(
        kind=Proof.Kind.LINK,
        secret_hash=secret_hash(secret),
        address=address,
        intents=together,
        outlet_id=sheet.id,
        place=place[:300],
        asked_at=at,
        ends_at=at + GOOD_FOR,
    )
    mail = print_mail(
        "readers/mail/confirm",
        sheet=sheet,
        context={
            "link": sheet.absolute(f"readers/confirm/{secret}/"),
            "words": [each["words"] for each in together],
            "days": GOOD_FOR.days,
        },
    )
    with transaction.atomic():
        open_ones.update(ends_at=at)
        proof.save()
        if may_write_to(address):
            write_letter(
                key=f"confirm:{proof.public_id}",
                kind="readers.confirm",
                to=address,
                mail=mail,
                sender=sender_of(sheet),
                at=at,
            )


def find_open_proof(*, secret: str, at: datetime) -> Proof:
    """Looking never uses it up. Raises NoSuchProof, ProofUsed."""
    proof = Proof.objects.filter(secret_hash=secret_hash(secret), kind=Proof.Kind.LINK).first()
    if proof is None:
        raise NoSuchProof(_("This link is not one of ours. It may have been cut short."))
    if proof.used_at is not None:
        raise ProofUsed(_("This has been confirmed already."))
    if proof.ends_at <= at:
        raise NoSuchProof(_("This link is past its time, or a newer one is in your mail."))
    return proof


def prove(*, secret: str, at: datetime) -> tuple[Reader, list[Done]]:
    """
    The address is theirs: remember that, and carry out what they asked for.

    One write transaction. Of two at once one wins. Raises NoSuchProof, ProofUsed.
    """
    with transaction.atomic():
        proof = find_open_proof(secret=secret, at=at)
        use_up(proof, at=at)
        reader = proved_reader(address=proof.address, at=at)
        return reader, carry_out(proof=proof, at=at)


def use_up(proof: Proof, *, at: datetime) -> None:
    """Raises ProofUsed."""
    if not Proof.objects.filter(pk=proof.pk, used_at=None).update(used_at=at):
        raise ProofUsed(_("This has been confirmed already."))


def proved_reader(*, address: str, at: datetime) -> Reader:
    """The reader of an address that was just proved; made when new."""
    reader = find_or_add_reader(email=address, at=at)
    if reader.proved_at is None:
        reader.proved_at = at
        reader.save(update_fields=["proved_at"])
    return reader


def may_write_to(address: str) -> bool:
    """Whether its owner did not ask to be forgotten. One query."""
    return not Forgotten.objects.filter(address_hash__in=address_hashes(address)).exists()


def sender_of(sheet: Sheet) -> Sender:
    return Sender(sheet.name, outlet_id=sheet.id, reply_to=sheet.contact_email)


def secret_hash(secret: str) -> str:
    """Secrets are random and long, so nobody can try them all: no key is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _open(address: str, sheet: Sheet, at: datetime) -> QuerySet[Proof]:
    return Proof.objects.filter(
        address=address, outlet_id=sheet.id, kind=Proof.Kind.LINK, used_at=None, ends_at__gt=at
    )


def _waiting(
    found: QuerySet[Proof], intents: Sequence[Intent]
) -> tuple[Proof | None, QuerySet[Proof]]:
    """The newest question that this one joins, and all those that it takes the place of."""
    asked = _united(None, intents)
    alone = any(stands_alone(each.name) for each in intents)
    fitting = [
        each
        for each in found.order_by("-pk")
        if (each.intents == asked if alone else not _is_alone(each))
    ]
    return next(iter(fitting), None), found.filter(pk__in=[each.pk for each in fitting])


def _is_alone(proof: Proof) -> bool:
    return any(stands_alone(str(each["name"])) for each in proof.intents)


def _united(waiting: Proof | None, intents: Sequence[Intent]) -> list[dict[str, object]]:
    """What was asked before and what is asked now, each once, the newer words."""
    asked: dict[tuple[str, str], dict[str, object]] = {}
    before = waiting.intents if waiting is not None else []
    for each in (*before, *(intent.as_json() for intent in intents)):
        asked[str(each["name"]), repr(sorted(each["data"].items()))] = each
    return list(asked.values())[-MOST_INTENTS:]
