"""Writes of groups: opened, given, seats kept, taken and freed."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from masthead.accounts.models import User
from masthead.memberships.access import access_until
from masthead.memberships.models import Group, Invitation, Membership, Plan, Purchase, Seat
from masthead.memberships.standings import benefits_in, standing_here
from masthead.readers.addresses import NotAnAddress, read_address
from masthead.readers.granting import end_grants, settle_grants
from masthead.readers.models import Entitlement, Reader

GROUP = Entitlement.Source.GROUP
MOST_AT_ONCE = 20  # invitations; beyond that the mails' budget would be used up


class GroupRefusal(Exception):
    """Not with this group, or not any more; the text can be shown to a person."""


def open_bought(*, member: Membership, purchase: Purchase, at: datetime) -> Group:
    """The group of a membership that was bought by seats. Part of the open transaction."""
    owner = member.customer.reader
    name = str(purchase.details.get("group") or (owner.email if owner else ""))
    group, _new = Group.objects.get_or_create(
        membership=member, defaults={"owner": owner, "name": name[:100], "made_at": at}
    )
    return group


def give_group(
    *,
    plan: Plan,
    owner: Reader,
    name: str,
    seats: int,
    domain: str,
    ends_at: datetime | None,
    by: User,
    at: datetime,
) -> Group:
    """Seats that nobody pays for. ends_at: None: until somebody ends it. Raises GroupRefusal."""
    with transaction.atomic():
        group = Group.objects.create(
            plan=plan,
            owner=owner,
            name=name,
            seats_given=seats,
            domain=clean_domain(domain),
            ends_at=ends_at,
            made_at=at,
        )
        data = {"group": name, "plan": plan.name, "seats": seats}
        log(group, "memberships.group.give", user=by, data=data)
    return group


def change_group(
    *,
    group: Group,
    name: str,
    domain: str,
    at: datetime,
    seats: int | None = None,
    ends_at: datetime | None = None,
    by: User | None = None,
) -> None:
    """
    seats, ends_at: only of a given one. by: whoever did it at the desk; None: its owner.

    Whoever has a seat keeps it when the domain changes. Raises GroupRefusal.
    """
    with transaction.atomic():
        group.name, group.domain = name[:100], clean_domain(domain)
        if group.membership_id is None and seats is not None:
            group.seats_given, group.ends_at = seats, ends_at
        group.save()
        settle_group(group=group, at=at)
        if by is not None:
            log(group, "memberships.group.change", user=by, data={"group": group.name})


def end_group(*, group: Group, by: User, at: datetime) -> None:
    """A given one; a bought one ends with its membership. Raises GroupRefusal."""
    if group.membership_id is not None:
        raise GroupRefusal(_("It ends when its membership is cancelled."))
    with transaction.atomic():
        group.ends_at = at
        group.save(update_fields=["ends_at"])
        end_grants(source=GROUP, ref=ref_of(group), at=at)
        log(group, "memberships.group.end", user=by, data={"group": group.name})


def clean_domain(domain: str) -> str:
    """“@School.example” → “school.example”. Raises GroupRefusal."""
    cleaned = domain.strip().lower().lstrip("@").rstrip(".")
    if not cleaned:
        return ""
    try:
        return read_address(f"somebody@{cleaned}").partition("@")[2]
    except NotAnAddress as error:
        raise GroupRefusal(_("This is no domain of an address, such as school.example.")) from error


def keep_seats(*, group: Group, emails: Iterable[str], at: datetime) -> list[str]:
    """
    A seat kept for each of these addresses; who has one, or is invited, stays as they are.

    Answers the addresses newly invited. Raises GroupRefusal and keeps none when one is no address
    or there are not seats enough.
    """
    try:
        wanted = list(dict.fromkeys(read_address(each) for each in emails if each.strip()))
    except NotAnAddress as error:
        raise GroupRefusal(str(error)) from error
    if len(wanted) > MOST_AT_ONCE:
        raise GroupRefusal(_("Please invite %(most)d at once at most.") % {"most": MOST_AT_ONCE})
    with transaction.atomic():
        locked = _locked(group, at)
        seated = set(locked.seats.values_list("reader__email", flat=True))
        invited = set(locked.invitations.values_list("email", flat=True))
        new = [each for each in wanted if each not in seated | invited]
        if len(new) > locked.to_give - len(seated) - len(invited):
            raise GroupRefusal(_("There are not so many free seats."))
        Invitation.objects.bulk_create(
            [Invitation(group=locked, email=each, invited_at=at) for each in new]
        )
    return new


def take_seat(*, group: Group, reader: Reader, at: datetime) -> Seat:
    """
    For whoever has just shown that the address is theirs. Taken again it changes nothing.

    An invited address has its seat kept; one of the group's domain takes a free one. Of two for
    the last seat one gets it. Raises GroupRefusal.
    """
    with transaction.atomic():
        locked = _locked(group, at)
        seat = locked.seats.filter(reader=reader).first()
        if seat is not None:
            return seat
        invited = locked.invitations.filter(email=reader.email)
        if not invited.exists():
            _refuse_strangers(locked, reader)
        seat = Seat.objects.create(group=locked, reader=reader, taken_at=at)
        invited.delete()
        settle_group(group=locked, at=at)
    return seat


def _refuse_strangers(group: Group, reader: Reader) -> None:
    domain = reader.email.partition("@")[2]
    if not group.domain or domain != group.domain:
        raise GroupRefusal(_("There is no seat for this address in this group."))
    if group.seats.count() + group.invitations.count() >= group.to_give:
        raise GroupRefusal(_("All seats of this group are taken."))


def free_seat(*, seat: Seat, at: datetime, by: User | None = None) -> None:
    """What came of it ends now; somebody else can have the seat. by: as in `change_group`."""
    with transaction.atomic():
        end_grants(source=GROUP, ref=ref_of(seat.group), at=at, reader=seat.reader)
        if by is not None:
            data = {"group": seat.group.name}
            log(seat.reader, "memberships.group.free", user=by, data=data)
        seat.delete()


def settle_group(*, group: Group, at: datetime) -> None:
    """What those in its seats have: made to last exactly as long as the group does."""
    starts_at, until = _lasts(group)
    if until is not None and until <= starts_at:
        end_grants(source=GROUP, ref=ref_of(group), at=at)
        return
    for seat in group.seats.select_related("reader"):
        settle_grants(
            reader=seat.reader,
            source=GROUP,
            ref=ref_of(group),
            benefits=benefits_in(group.what),
            starts_at=max(starts_at, seat.taken_at),
            ends_at=until,
            at=at,
        )


def _lasts(group: Group) -> tuple[datetime, datetime | None]:
    if group.membership is None:
        return group.made_at, group.ends_at
    standing = standing_here(group.membership)
    return standing.started_at, access_until(standing) or standing.started_at


def ref_of(group: Group) -> str:
    """By which a grant says which group it came of."""
    return group.membership.ref if group.membership else f"group:{group.public_id}"


def _locked(group: Group, at: datetime) -> Group:
    """Whoever keeps or takes seats of a group does so one after the other."""
    Group.objects.select_for_update().get(pk=group.pk)
    found = Group.objects.select_related("membership__plan", "plan").get(pk=group.pk)
    if found.is_over(at=at):
        raise GroupRefusal(_("This group has ended."))
    return found
