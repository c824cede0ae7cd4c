"""Whether a session has shown a second factor, and what it should do if not."""

import time

from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.log_actions import log

from masthead.accounts import rules
from masthead.accounts.models import User
from masthead.accounts.sealing import unseal
from masthead.core.keys import SealedByAnotherKey

LINK_KEY = "masthead_console_link"
# Sessions of an earlier edition carry another mark, without its time: they show a factor again.
ADDED_KEY = "masthead_first_factor"
# A console link opens one working day; by then there should be a passkey.
LINK_SESSION_SECONDS = 12 * 3600
# Where each kind keeps its sealed secret; a passkey has none here.
SECRETS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}
_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def factors_of(user: User) -> set[str]:
    """The kinds of second factor the user has, recovery codes not counted."""
    return set(
        Authenticator.objects.filter(user=user, type__in=_FACTORS).values_list("type", flat=True)
    )


def can_come_back(user: User) -> bool:
    """An app alone lets nobody in: its digits are asked for after a password."""
    return user.has_usable_password() or Authenticator.Type.WEBAUTHN in factors_of(user)


def note_console_link(request: HttpRequest, user: User) -> None:
    request.session[LINK_KEY] = {"user": user.pk, "at": time.time()}


def forget_unreadable(user: User) -> None:
    """
    Delete the app and the codes that no secret key opens, so that new ones can be set up.

    For whoever came by the console: they let nobody in any more, and stand in the way.
    """
    for factor in Authenticator.objects.filter(user=user, type__in=SECRETS).order_by("pk"):
        try:
            unseal(factor.data[SECRETS[Authenticator.Type(factor.type)]])
        except SealedByAnotherKey:
            factor.delete()
            log(user, "masthead.accounts.forget_factor", user=user, data={"kind": factor.type})


def came_by_console_link(request: HttpRequest) -> bool:
    mark = request.session.get(LINK_KEY)
    if not mark or mark["user"] != request.user.pk:
        return False
    return 0 <= time.time() - float(mark["at"]) < LINK_SESSION_SECONDS


def has_passed(request: HttpRequest) -> bool:
    """Whether this session has shown a second factor of its user."""
    if _added(request) is not None:
        return True
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def note_added_factor(
    *, request: HttpRequest, user: User, authenticator: Authenticator, **_signal: object
) -> None:
    """
    Somebody who sets up their first factor has shown it by doing so.

    Not the second one: a session that has shown only a password could add one of its own to get
    around the first.
    """
    if authenticator.type not in _FACTORS:
        return
    others = Authenticator.objects.filter(user=user, type__in=_FACTORS)
    if not others.exclude(pk=authenticator.pk).exists():
        request.session[ADDED_KEY] = {"user": user.pk, "at": time.time()}


def has_just_added_first(request: HttpRequest) -> bool:
    """Whether the session's user has shown a factor a moment ago, by setting up the first one."""
    at = _added(request)
    return at is not None and 0 <= time.time() - at < REAUTHENTICATION_TIMEOUT


def may_add_first(request: HttpRequest) -> bool:
    """Whether the session's user wrote the password a moment ago and has no factor yet."""
    records = get_authentication_records(request, request.user)
    at = max((each["at"] for each in records if each.get("method") == "password"), default=0.0)
    is_recent = 0 <= time.time() - at < REAUTHENTICATION_TIMEOUT
    return is_recent and isinstance(request.user, User) and not factors_of(request.user)


def _added(request: HttpRequest) -> float | None:
    mark = request.session.get(ADDED_KEY)
    return float(mark["at"]) if mark and mark["user"] == request.user.pk else None


def find_step_before_desk(request: HttpRequest, user: User) -> str | None:
    """The address that must be passed before the desk opens; None when it is open."""
    factors = factors_of(user)
    if came_by_console_link(request):
        return None
    if factors:
        return None if has_passed(request) else _show_again(request, factors)
    return reverse("mfa_index") if rules.needs_second_factor(user) else None


def _show_again(request: HttpRequest, factors: set[str]) -> str:
    # allauth picks the password form by itself when there is a password: not this time.
    name = (
        "mfa_reauthenticate"
        if Authenticator.Type.TOTP in factors
        else ("mfa_reauthenticate_webauthn")
    )
    back = request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
    return f"{reverse(name)}?{urlencode({'next': back})}"
