"""Taking a seat: the address is asked first whether it is the person's who typed it."""

from datetime import datetime

from django.utils.translation import gettext as _

from masthead.memberships.groups import GroupRefusal, take_seat
from masthead.memberships.models import Group
from masthead.outlets.sheet import Sheet
from masthead.readers.intents import CannotBeDone, Done, Intent
from masthead.readers.models import Proof, Reader
from masthead.readers.proofs import ask_to_prove

SEAT = "memberships.seat"


def ask_to_take(
    *, group: Group, email: str, sheet: Sheet, place: str, source: str, at: datetime
) -> None:
    """
    Mail the link by which the owner of an address takes a seat.

    Nothing here looks whether there is one for that address, so the answer cannot tell.
    Raises NotAnAddress.
    """
    plan = group.what
    words = _("Take a seat in the group “%(group)s”: %(plan)s, on every title of the network.")
    shown = words % {"group": group.name, "plan": plan.name if plan else ""}
    intent = Intent(SEAT, shown, {"group": str(group.public_id)})
    ask_to_prove(email=email, intents=[intent], sheet=sheet, place=place, source=source, at=at)


def carry_seat(*, reader: Reader, intent: Intent, proof: Proof, at: datetime) -> Done:
    group = Group.objects.filter(public_id=intent.data["group"]).first()
    if group is None:
        raise CannotBeDone(_("This group has ended."))
    try:
        take_seat(group=group, reader=reader, at=at)
    except GroupRefusal as refusal:
        raise CannotBeDone(str(refusal)) from refusal
    return Done(
        title=_("The seat is yours."),
        text=_("Sign in with this address on each of your devices."),
        url="membership/",
        link=_("Your membership"),
    )
