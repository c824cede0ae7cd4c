"""Connecting an account, proving its keys, pausing, disconnecting; each is in the audit log."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from masthead.accounts.models import User
from masthead.core.keys import SealedByAnotherKey
from masthead.core.text import shorten
from masthead.outlets.models import Outlet
from masthead.posting.actions.documents import tell_pages
from masthead.posting.drafts import access_to
from masthead.posting.jobs import send
from masthead.posting.models import Account, Mode, Post, State
from masthead.posting.models.post import UNSENT
from masthead.posting.networks import find_network
from masthead.posting.networks.asking import NetworkError

# Of keys that were entered just now nobody knows how long they are good.
AS_NEW: dict[str, Any] = {"renew_at": None, "keys_end_at": None, "renewal_trouble": ""}


class AccountRefusal(Exception):
    """The account is not connected, or not so; the text says why to a person."""


def connect_account(
    *,
    outlet: Outlet,
    network: str,
    handle: str,
    server: str = "",
    secrets: dict[str, Any],
    by: User,
    at: datetime,
    mode: str = Mode.ASK,
    **settings: Any,
) -> Account:
    """
    settings: kinds, sections, budget_cents. Nothing is posted of what is out already.

    Raises AccountRefusal when it is connected.
    """
    account = Account(
        outlet=outlet,
        network=network,
        handle=handle,
        server=server,
        mode=mode,
        connected_at=at,
        **settings,
    )
    account.keep_secrets(secrets)
    try:
        with transaction.atomic():
            account.save()
            log(outlet, "posting.connect", user=by, data={"account": str(account)})
    except IntegrityError as error:
        raise AccountRefusal(_("This account is connected already.")) from error
    return account


def change_account(
    *, account: Account, by: User, secrets: dict[str, Any] | None = None, **settings: Any
) -> None:
    """
    secrets: new ones, or None to keep those there are. They clear the account's trouble.

    Nothing else is written than what is given. Raises AccountRefusal when it was disconnected
    meanwhile, when there is such an account already, and when it moves to another server without
    all of its keys: what one server was trusted with is not shown to another.
    """
    changes = dict(settings)
    if secrets:
        account.keep_secrets(secrets)
        changes |= {"sealed": account.sealed, "known": {}, "trouble": "", **AS_NEW}
    mine = Account.objects.filter(pk=account.pk, removed_at=None)
    if "server" in changes and not set(account.terms.secrets) <= set(secrets or {}):
        mine = mine.filter(server=changes["server"])
    try:
        with transaction.atomic():
            if not mine.update(**changes):
                raise AccountRefusal(_changed_meanwhile(account))
            account.refresh_from_db()
            log(account.outlet, "posting.change", user=by, data={"account": str(account)})
    except IntegrityError as error:
        raise AccountRefusal(_("This account is connected already.")) from error


def _changed_meanwhile(account: Account) -> str:
    if Account.objects.filter(pk=account.pk, removed_at=None).exists():
        return _("The account is on another server now; enter its keys again.")
    return _("The account was disconnected.")


def check_account(*, account: Account, at: datetime) -> str:
    """
    Ask the network whose keys these are; answers the account's name there.

    Raises AccountRefusal with what the network said.
    """
    network = find_network(account.network)
    if network is None:
        raise AccountRefusal(_("A person posts on this network; there is nothing to test."))
    try:
        name = network.check(access_to(account))
    except SealedByAnotherKey as sealed:
        trouble = _(
            "The keys of this account were sealed with another secret key; enter them again."
        )
        _note_check(account, trouble, at=at)
        raise AccountRefusal(trouble) from sealed
    except NetworkError as error:
        _note_check(account, str(error), at=at)
        raise AccountRefusal(str(error)) from error
    _note_check(account, "", at=at)
    if account.keeps_documents:
        tell_pages(outlet_id=account.outlet_id, at=at)
    return name


def _note_check(account: Account, trouble: str, *, at: datetime) -> None:
    Account.objects.filter(pk=account.pk).update(checked_at=at, trouble=shorten(trouble, most=300))


def pause_account(*, account: Account, by: User, at: datetime) -> None:
    """Nothing is sent until it is resumed; what is planned meanwhile waits."""
    with transaction.atomic():
        if Account.objects.filter(pk=account.pk, paused_at=None).update(paused_at=at, paused_by=by):
            log(account.outlet, "posting.pause", user=by, data={"account": str(account)})


def resume_account(*, account: Account, by: User, at: datetime) -> None:
    """What waited is sent, unless its time is over."""
    with transaction.atomic():
        resumed = Account.objects.filter(pk=account.pk).exclude(paused_at=None)
        if not resumed.update(paused_at=None, paused_by=None):
            return
        for post in Post.objects.filter(account=account, state=State.WAITING).order_by("pk"):
            send.later(post_id=post.pk)
        log(account.outlet, "posting.resume", user=by, data={"account": str(account)})


def disconnect_account(*, account: Account, by: User, at: datetime) -> None:
    """Forget the keys; what was posted stays there and in the log, what was not is dropped."""
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(removed_at=at, sealed="", trouble="", **AS_NEW)
        Post.objects.filter(account=account, state__in=UNSENT).update(
            state=State.DROPPED, done_at=at, reason=_("The account was disconnected.")
        )
        if account.keeps_documents:
            tell_pages(outlet_id=account.outlet_id, at=at)
        log(account.outlet, "posting.disconnect", user=by, data={"account": str(account)})
