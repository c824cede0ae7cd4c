"""
A reader's new address: theirs only when the new mailbox has answered.

Who is signed in changes the account's. Who has only a mail's link, which may have been forwarded,
has what is sent to one address sent to another, and the account stays where it is.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from masthead.accounts.models import Assignment, User
from masthead.mail.post import write_letter
from masthead.mail.printing import print_mail
from masthead.outlets.queries import find_sheet_of
from masthead.outlets.sheet import Sheet
from masthead.readers.addresses import shortened
from masthead.readers.former import note_former
from masthead.readers.intents import CannotBeDone, Done, Intent
from masthead.readers.models import Proof, Reader
from masthead.readers.preferences import Saving, move_all
from masthead.readers.proofs import sender_of

CHANGE, MOVE = "readers.change-address", "readers.move"


def change_intent(*, reader: Reader, sheet: Sheet) -> Intent:
    words = _("My account on all titles of %(network)s has this address from now on.")
    shown = {"network": sheet.network_name or sheet.name}
    return Intent(CHANGE, words % shown, {"reader": reader.pk})


def carry_change(*, reader: Reader, intent: Intent, proof: Proof, at: datetime) -> Done:
    """
    `reader` is whoever has the proved address: a new one, whose place the account takes; one who
    was known before keeps it. The old mailbox is told.
    """
    changing = Reader.objects.filter(pk=intent.data["reader"]).first()
    if changing is None:
        raise CannotBeDone(_("That account is there no longer."))
    if reader.pk == changing.pk:
        return Done(title=_("That is your address already."))
    if reader.user_id or reader.entitlements.exists() or reader.consents.exists():
        raise CannotBeDone(_("Somebody is known by that address already: sign in with it instead."))
    user = changing.user
    if User.objects.exclude(reader=changing).filter(email=proof.address).exists():
        raise CannotBeDone(_("Somebody is known by that address already: sign in with it instead."))
    reader.delete()
    old = changing.email
    changing.email, changing.proved_at = proof.address, at
    changing.save(update_fields=["email", "proved_at"])
    note_former(reader=changing, address=old, at=at)
    # The desk knows its people by the address they were invited with.
    if user is not None and not user.is_superuser and not Assignment.objects.filter(user=user):
        user.email = proof.address
        user.save(update_fields=["email"])
    _tell_old(old=old, proof=proof, at=at)
    return Done(
        title=_("Your address has been changed."), url="readers/account/", link=_("Account")
    )


def _tell_old(*, old: str, proof: Proof, at: datetime) -> None:
    sheet = find_sheet_of(outlet_id=proof.outlet_id) if proof.outlet_id else None
    if sheet is None:
        return
    mail = print_mail(
        "readers/mail/address_changed", sheet=sheet, context={"new": shortened(proof.address)}
    )
    write_letter(
        key=f"address-changed:{proof.public_id}",
        kind="readers.address-changed",
        to=old,
        mail=mail,
        sender=sender_of(sheet),
        at=at,
    )


def move_intent(*, reader: Reader) -> Intent:
    words = _("Send what went to my other address to this one from now on.")
    return Intent(MOVE, words, {"reader": reader.pk})


def carry_move(*, reader: Reader, intent: Intent, proof: Proof, at: datetime) -> Done:
    old = Reader.objects.filter(pk=intent.data["reader"]).exclude(pk=reader.pk).first()
    sheet = find_sheet_of(outlet_id=proof.outlet_id) if proof.outlet_id else None
    if old is None or sheet is None:
        raise CannotBeDone(_("There is nothing to move."))
    if not move_all(old=old, new=reader, saving=Saving(sheet, proof.place, "mail", at)):
        raise CannotBeDone(_("There is nothing to move."))
    _tell_old(old=old.email, proof=proof, at=at)
    return Done(title=_("It comes to this address from now on."))
