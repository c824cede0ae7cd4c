"""One account on all outlets: signing in, being signed in, and ending it."""

import re
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth import login, logout
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from masthead.accounts.models import User
from masthead.accounts.only_reader import is_only_reader, mark_as_reader
from masthead.accounts.session_store import kept_key
from masthead.core.ids import uuid7
from masthead.readers.models import Reader, SignedIn
from masthead.readers.proofs import proved_reader

STAY = timedelta(days=90)
_BACKEND = "django.contrib.auth.backends.ModelBackend"
_BROWSERS = ("Firefox", "Edg", "OPR", "SamsungBrowser", "Chrome", "Safari")
_SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Mac OS X", "Linux")


class NotLetIn(Exception):
    """The account has been shut by the network."""


def user_of(*, reader: Reader) -> User:
    """
    The user a reader signs in as; made, without a password, when there is none.

    Somebody of the staff with the same address is the same person; while they read by another
    address, theirs of the desk opens no second account. Raises NotLetIn.
    """
    with transaction.atomic():
        user = reader.user or User.objects.filter(email=reader.email, reader=None).first()
        if user is None and User.objects.filter(email=reader.email).exists():
            raise NotLetIn  # theirs who read by another address
        if user is None:
            user = User.objects.create_user(reader.email)
        if reader.user_id is None:
            reader.user = user
            reader.save(update_fields=["user"])
    if not user.is_active:
        raise NotLetIn
    return user


def enter_by_code(*, request: HttpRequest, address: str, at: datetime) -> Reader:
    """Sign in whoever has just proved the address, known or new. Raises NotLetIn."""
    reader = proved_reader(address=address, at=at)
    enter(request=request, reader=reader, through="code", at=at)
    return reader


def enter(
    *, request: HttpRequest, reader: Reader, through: str, at: datetime, chain: UUID | None = None
) -> SignedIn | None:
    """
    A session of its own for this browser on this host; None when the desk's is one already.

    chain: of the session it is handed on from. Raises NotLetIn.
    """
    user = user_of(reader=reader)
    if request.user.is_authenticated:
        if request.user == user and not is_only_reader(request):
            return None  # signed in at the desk, which must not be lost by reading
        before = session_of(request)
        logout(request)
        if before is not None:
            before.delete()
    login(request, user, backend=_BACKEND)
    mark_as_reader(request)
    request.session.set_expiry(STAY)
    request.session.save()
    return SignedIn.objects.create(
        reader=reader,
        key=kept_key(request.session.session_key or ""),
        chain=chain or uuid7(),
        host=request.get_host().partition(":")[0],
        device=device_of(request.headers.get("user-agent", "")),
        through=through,
        since=at,
        ends_at=at + STAY,
    )


def reader_of(request: HttpRequest) -> Reader | None:
    """The reader who is signed in here, or nobody. One query where there is a session."""
    user = request.user
    if not user.is_authenticated:
        return None
    return Reader.objects.filter(user=user).first()


def session_of(request: HttpRequest) -> SignedIn | None:
    key = request.session.session_key
    return SignedIn.objects.filter(key=kept_key(key)).first() if key else None


def sign_out(*, request: HttpRequest) -> None:
    """Here, and where this session was handed on to or came from."""
    here = session_of(request)
    logout(request)
    if here is not None:
        end_sessions(SignedIn.objects.filter(chain=here.chain))


def end_others(*, request: HttpRequest, reader: Reader) -> int:
    """Everywhere but in this browser; answers how many sessions that were."""
    here = session_of(request)
    others = SignedIn.objects.filter(reader=reader)
    return end_sessions(others.exclude(chain=here.chain) if here else others)


def end_sessions(which: QuerySet[SignedIn]) -> int:
    keys = list(which.values_list("key", flat=True))
    with transaction.atomic():
        Session.objects.filter(session_key__in=keys).delete()
        SignedIn.objects.filter(key__in=keys).delete()
    return len(keys)


def device_of(user_agent: str) -> str:
    """In two words, as its owner would say it: nothing that tells one machine from another."""
    names = {"Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung Internet", "Mac OS X": "Mac"}
    found = [
        next((each for each in known if re.search(rf"\b{re.escape(each)}\b", user_agent)), "")
        for known in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(names.get(each, each) for each in found if each)
