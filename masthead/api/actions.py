"""Writes: partners and their keys."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from masthead.accounts.models import User
from masthead.api.keys import hash_of, new_key
from masthead.api.models import Partner
from masthead.api.rules import may_keep_partners_of
from masthead.outlets.models import Outlet

NOTED_EVERY = timedelta(minutes=1)


class PartnerError(Exception):
    """What cannot be done with a partner; the text can be shown to a person."""


class NotAllowed(PartnerError):
    pass


class AlreadyRevoked(PartnerError):
    pass


class AlreadyOver(PartnerError):
    pass


def make_partner(
    *,
    name: str,
    note: str = "",
    outlets: Collection[Outlet],
    by: User,
    at: datetime,
    expires_at: datetime | None = None,
) -> tuple[Partner, str]:
    """
    A partner and their key, which is not kept: nobody can be shown it again.

    Raises NotAllowed, AlreadyOver for an end that has passed.
    """
    _refuse_others(by, outlets)
    if expires_at is not None and expires_at <= at:
        raise AlreadyOver(_("That moment has passed."))
    key = new_key()
    with transaction.atomic():
        partner = Partner.objects.create(
            name=name,
            note=note,
            key_hash=hash_of(key),
            key_ends_with=key[-4:],
            expires_at=expires_at,
            made_at=at,
            made_by=by,
        )
        partner.outlets.set(outlets)
        log(partner, "partners.make", user=by, data={"outlets": [each.title for each in outlets]})
    return partner, key


def give_new_key(*, partner: Partner, by: User) -> str:
    """
    Another key; the former one and every address signed so far are good for nothing at once.

    Raises NotAllowed, AlreadyRevoked.
    """
    _refuse_others(by, list(partner.outlets.all()))
    key = new_key()
    with transaction.atomic():
        changed = Partner.objects.filter(pk=partner.pk, revoked_at=None).update(
            key_hash=hash_of(key), key_ends_with=key[-4:]
        )
        if not changed:
            raise AlreadyRevoked(_("This partner's key was revoked."))
        log(partner, "partners.key", user=by)
    return key


def revoke_partner(*, partner: Partner, by: User, at: datetime) -> None:
    """From the commit on the key opens nothing. Raises NotAllowed, AlreadyRevoked."""
    _refuse_others(by, list(partner.outlets.all()))
    with transaction.atomic():
        if not Partner.objects.filter(pk=partner.pk, revoked_at=None).update(revoked_at=at):
            raise AlreadyRevoked(_("This partner's key was revoked."))
        log(partner, "partners.revoke", user=by)


def note_use(*, partner: Partner, at: datetime) -> None:
    """Remember that the key was used; written once a minute, however often it is."""
    due = Q(last_used_at=None) | Q(last_used_at__lt=at - NOTED_EVERY)
    if partner.last_used_at is None or partner.last_used_at < at - NOTED_EVERY:
        Partner.objects.filter(due, pk=partner.pk).update(last_used_at=at)


def _refuse_others(by: User, outlets: Collection[Outlet]) -> None:
    if not outlets or not all(may_keep_partners_of(by, outlet) for outlet in outlets):
        raise NotAllowed(_("Partners are kept by a title's publisher."))
