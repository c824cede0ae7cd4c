"""How many seats a bought group has: more at once, fewer from the next period on."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from masthead.memberships.buy_form import MOST_SEATS
from masthead.memberships.managing import NotPossible, anew, can_change, key_of, state_of
from masthead.memberships.models import Group, Membership
from masthead.memberships.providers.base import NotReached, Preview, ProviderTrouble
from masthead.memberships.providers.choosing import provider


def preview_seats(*, member: Membership, seats: int) -> Preview | None:
    """
    What they cost now; None where nothing is charged before the next period.

    Raises NotPossible, ProviderTrouble.
    """
    _refuse(member, seats)
    if seats <= member.quantity:
        return None
    return provider().preview_switch(state_of(member), price_ref=member.price_ref, quantity=seats)


def change_seats(
    *, member: Membership, seats: int, said_at: datetime | None, at: datetime
) -> Membership:
    """
    More begin now and cost what the preview of `said_at` said; fewer with the next period. As many
    as there are takes back what was planned.

    Never fewer than are given away: that number is held under the lock under which seats are
    given, before the provider is asked. Raises NotPossible, ProviderTrouble.
    """
    _refuse(member, seats)
    there, state = provider(), state_of(member)
    key = key_of(f"seats-{seats}-{said_at.timestamp() if said_at else 0:.0f}", member)
    if seats > member.quantity:
        there.switch_now(
            state, price_ref=member.price_ref, quantity=seats, said_at=said_at, key=key
        )
        return anew(member, at)
    _hold(member, seats)
    next_price = member.next_price_ref or member.price_ref
    try:
        if seats < member.quantity or member.next_price_ref:
            there.switch_later(state, price_ref=next_price, quantity=seats, key=key)
        elif member.schedule_ref:
            there.keep_as_it_is(state, key=key)
    except NotReached:  # perhaps it did it: the number is held until it is read anew
        raise
    except ProviderTrouble:
        Membership.objects.filter(pk=member.pk).update(next_quantity=member.next_quantity)
        raise
    return anew(member, at)


def _refuse(member: Membership, seats: int) -> None:
    can_change(member)
    group = Group.objects.filter(membership=member).first()
    if group is None:
        raise NotPossible(_("This is no group."))
    if not 1 <= seats <= MOST_SEATS:
        raise NotPossible(_("From one seat to %(most)d, please.") % {"most": MOST_SEATS})
    if member.cancel_at is not None or member.is_paused:
        raise NotPossible(_("Seats can be changed while the membership goes on."))
    _refuse_too_few(group, seats)


def _refuse_too_few(group: Group, seats: int) -> None:
    given = group.seats.count() + group.invitations.count()
    if seats < given:
        words = _("Given away: %(given)d. Free some first, or take invitations back.")
        raise NotPossible(words % {"given": given})


def _hold(member: Membership, seats: int) -> None:
    """From now on no more than this are given away."""
    with transaction.atomic():
        _refuse_too_few(Group.objects.select_for_update().get(membership=member), seats)
        least = min(seats, member.next_quantity or member.quantity)
        Membership.objects.filter(pk=member.pk).update(next_quantity=least)
