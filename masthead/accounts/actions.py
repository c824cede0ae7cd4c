"""Giving and taking roles, inviting people, one-time ways in."""

import hashlib
import secrets
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from masthead.accounts import rules, sessions
from masthead.accounts.grants import OUTLET_DEPTH, find_group, group_for
from masthead.accounts.models import Assignment, Role, SignInLink, User

HOUR = 3600
INVITATION_SECONDS = 72 * HOUR
# The first letters of a secret say what its link is for. Only the hash of the whole is kept, so
# they cannot be changed without making another secret.
CONSOLE, INVITATION = "c-", "i-"


class NotAllowed(Exception):
    """Somebody tried to give or take what is not theirs to give or take."""


class NoSuchRole(Exception):
    """The person has no role in that place."""


class LastOwner(Exception):
    """A network always keeps one owner."""


class HasAccount(Exception):
    """The person signs in already: give them the role, they need no invitation."""


class NoSuchLink(Exception):
    """No link was ever made with this secret, or its person may no longer sign in."""


class LinkUsed(Exception):
    """The link has been used; each works once."""


class LinkExpired(Exception):
    """The link is past its time."""


def assign_role(*, user: User, role: Role, place: Page, by: User | None) -> Assignment:
    """
    Give somebody a role in a place and everything below it; replaces the one they had there.

    Whoever was known here as a reader only sets up their ways in anew: a code from a mailbox was
    enough to add a passkey then, and is not for the desk.

    by: None for the command line, which may do everything. Owners own the network, so their place
    is the root. Raises NotAllowed.
    """
    role = Role(role)
    _refuse_unless_theirs_to_give(role=role, place=place, by=by)
    with transaction.atomic():
        _forget_ways_of_a_reader(user)
        former = Assignment.objects.filter(user=user, place=place).first()
        if former and former.role != role:
            _refuse_unless_theirs_to_give(role=Role(former.role), place=place, by=by)
            _take(former, by=by)
        # An invitation still on its way must not open more than it was written for.
        SignInLink.objects.filter(user=user, used_at=None).delete()
        assignment, _made = Assignment.objects.get_or_create(user=user, place=place, role=role)
        _join(user=user, role=role, place=place)
        _audit("assign_role", user=user, role=role, place=place, by=by)
    return assignment


def remove_role(*, user: User, place: Page, by: User | None) -> None:
    """
    Take somebody's role in a place away, and end their sessions everywhere.

    Raises NotAllowed, NoSuchRole, LastOwner.
    """
    with transaction.atomic():
        assignment = Assignment.objects.filter(user=user, place=place).first()
        if assignment is None:
            raise NoSuchRole(_("%(person)s has no role there.") % {"person": user})
        _refuse_unless_theirs_to_give(role=Role(assignment.role), place=place, by=by)
        _take(assignment, by=by)


def invite(*, email: str, name: str, role: Role, place: Page, by: User | None) -> str:
    """
    Make an account with a role, and a link that lets its person in once within three days.

    Answers the link's secret, which is kept nowhere. Somebody who was invited before and never
    came gets a new one. Raises HasAccount for everybody else with an account (a link would let
    the inviter in as that person), NotAllowed.
    """
    first, _space, last = name.strip().partition(" ")
    with transaction.atomic():
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            user = User.objects.create_user(email.strip(), first_name=first, last_name=last)
        elif not _never_came(user) or not _manages_all_of(by, user):
            raise HasAccount(_("%(person)s has an account already.") % {"person": user.email})
        assign_role(user=user, role=role, place=place, by=by)
        log(user, "masthead.accounts.invite", user=by, data={"email": user.email})
        return _make_link(
            user=user, kind=INVITATION, at=timezone.now(), valid_for_seconds=INVITATION_SECONDS
        )


def make_sign_in_link(*, user: User, at: datetime, valid_for_seconds: int = HOUR) -> str:
    """
    Make a way in for whoever sits at the server's console; answers the secret, kept nowhere.

    Its session counts as a second factor: who reads the console could change the database.
    """
    with transaction.atomic():
        secret = _make_link(user=user, kind=CONSOLE, at=at, valid_for_seconds=valid_for_seconds)
        log(user, "masthead.accounts.make_link", data={"seconds": valid_for_seconds})
    return secret


def use_sign_in_link(*, secret: str, at: datetime) -> User:
    """Use the link up. Of two at once, one wins. Raises LinkUsed, LinkExpired, NoSuchLink."""
    link = find_usable_link(secret=secret, at=at)
    with transaction.atomic():
        if not SignInLink.objects.filter(pk=link.pk, used_at=None).update(used_at=at):
            raise LinkUsed(_("This link has been used; each works once."))
        log(link.user, "masthead.accounts.use_link", user=link.user)
    return link.user


def find_usable_link(*, secret: str, at: datetime) -> SignInLink:
    """The link, not used up by looking. Raises LinkUsed, LinkExpired, NoSuchLink."""
    link = SignInLink.objects.select_related("user").filter(secret_hash=_hash(secret)).first()
    if link is None or not link.user.is_active:
        raise NoSuchLink(_("This link is not one of ours. It may have been cut short."))
    if link.used_at is not None:
        raise LinkUsed(_("This link has been used; each works once."))
    if link.ends_at <= at:
        raise LinkExpired(_("This link is past its time."))
    return link


def is_from_console(secret: str) -> bool:
    return secret.startswith(CONSOLE)


def sign_out_everywhere(*, user: User, by: User) -> int:
    """End all sessions of a person. Answers how many. Raises NotAllowed."""
    if by != user and not _manages_all_of(by, user):
        raise NotAllowed(_("Only who manages all of their places may sign somebody out."))
    with transaction.atomic():
        ended = sessions.end_sessions(user=user)
        log(user, "masthead.accounts.sign_out_everywhere", user=by, data={"sessions": ended})
    return ended


def refresh_groups() -> int:
    """Write the rows of every role in use anew, e.g. after an upgrade. Answers how many groups."""
    held = Assignment.objects.exclude(role=Role.OWNER).order_by("place", "role")
    pairs = held.values_list("role", "place").distinct()
    for role, place in pairs:
        group_for(role=Role(role), place=Page.objects.get(pk=place))
    return len(pairs)


def _refuse_unless_theirs_to_give(*, role: Role, place: Page, by: User | None) -> None:
    if role == Role.OWNER and place.depth != 1:
        raise NotAllowed(_("An owner owns the whole network."))
    if role == Role.MODERATOR and place.depth > OUTLET_DEPTH:
        raise NotAllowed(_("A moderator looks after a whole title."))
    if by is None:
        return
    if role not in rules.roles_to_give(by) or not rules.may_manage_people(by, place):
        raise NotAllowed(_("You may not give or take this role there."))


def _manages_all_of(by: User | None, user: User) -> bool:
    if by is None or by.is_superuser:
        return True
    held = user.assignments.select_related("place")
    return not user.is_superuser and all(
        rules.may_manage_people(by, assignment.place) for assignment in held
    )


def _never_came(user: User) -> bool:
    return user.last_login is None and not user.has_usable_password() and user.is_active


def _forget_ways_of_a_reader(user: User) -> None:
    """Passkeys, apps, password and sessions of somebody without any role who has been here."""
    held = Assignment.objects.filter(user=user)
    if user.is_superuser or user.last_login is None or held.exists():
        return
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    sessions.end_sessions(user=user)


def _join(*, user: User, role: Role, place: Page) -> None:
    if role == Role.OWNER:
        User.objects.filter(pk=user.pk).update(is_superuser=True)
        user.is_superuser = True
        return
    group = find_group(role=role, place=place) or group_for(role=role, place=place)
    user.groups.add(group)


def _take(assignment: Assignment, *, by: User | None) -> None:
    user, role, place = assignment.user, Role(assignment.role), assignment.place
    if role == Role.OWNER:
        _refuse_last_owner(user)
        User.objects.filter(pk=user.pk).update(is_superuser=False)
        user.is_superuser = False
    elif group := find_group(role=role, place=place):
        user.groups.remove(group)
    assignment.delete()
    sessions.end_sessions(user=user)
    _audit("remove_role", user=user, role=role, place=place, by=by)


def _refuse_last_owner(user: User) -> None:
    if not User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk).exists():
        raise LastOwner(_("A network always keeps one owner: make another one first."))


def _make_link(*, user: User, kind: str, at: datetime, valid_for_seconds: int) -> str:
    secret = kind + secrets.token_urlsafe(32)
    SignInLink.objects.create(
        user=user,
        secret_hash=_hash(secret),
        made_at=at,
        ends_at=at + timedelta(seconds=valid_for_seconds),
    )
    return secret


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _audit(action: str, *, user: User, role: Role, place: Page, by: User | None) -> None:
    log(
        user,
        f"masthead.accounts.{action}",
        user=by,
        data={"role": role.value, "place": place.pk, "place_title": place.title},
    )
