"""
What came back about a mail is written down once, has its effect at once, and is told upwards.

Features above put two things in here, in `ready()` of their `apps.py`: whose mails a ledger's
marks name (`register_ledger`), and who hears of feedback (`register_listener`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from masthead.mail.actions import suppress_address
from masthead.mail.models import Feedback, Letter, Reach, State, Suppression

SOFT_ENOUGH = 5
SOFT_DAYS = 3  # on so many days at least: one bad afternoon of a server is not enough
SOFT_WITHIN = timedelta(days=30)
LONGEST_ADDRESS = 254

Kind = Feedback.Kind
Listen = Callable[[Feedback], None]


@dataclass(frozen=True)
class Came:
    """
    One thing that came back, before it is written down.

    key: of the message or event, the same each time it is read. about: the mark that it proves
    it is about, e.g. "d:2034", or empty. address: whom it names; counts only for what a mail
    service has signed, else the ledger says to whom the mail went.
    """

    key: str
    kind: Kind
    about: str = ""
    address: str = ""
    code: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Ledger:
    """
    The mails behind one letter of marks: `find_address(2034)` says to whom "d:2034" went.

    find_row: the row of a Message-ID (without its brackets) or of the key that a transport was
    given (`Mail.key`); None when it is none of its own.
    """

    letter: str
    find_address: Callable[[int], str | None]
    find_row: Callable[[str], int | None]


_ledgers: dict[str, Ledger] = {}
_listeners: dict[str, Listen] = {}


def register_ledger(ledger: Ledger) -> None:
    """Refuses a letter that is taken with ValueError."""
    if ledger.letter in _ledgers:
        raise ValueError(f"The marks “{ledger.letter}:…” are taken.")
    _ledgers[ledger.letter] = ledger


def register_listener(name: str, listen: Listen) -> None:
    """
    `listen(feedback)` is called once for whatever has a proof of being about a mail of ours, in
    the transaction that writes it down. Refuses a name that is taken with ValueError.
    """
    if name in _listeners:
        raise ValueError(f"“{name}” listens already.")
    _listeners[name] = listen


def find_about(name: str) -> str:
    """The mark of the mail that has this Message-ID or was handed over under this key."""
    for letter, ledger in _ledgers.items():
        row = ledger.find_row(name)
        if row is not None:
            return f"{letter}:{row}"
    return ""


def note_feedback(*, came: Came, way_in: str, at: datetime) -> Feedback | None:
    """
    Write it down with all that follows from it, in one transaction; None when it had been.

    Hard bounces and complaints keep mail from the address on every outlet from then on. What
    proves nothing is kept for a person and has no effect: anybody can send us a bounce.
    """
    values = {
        "kind": came.kind,
        "address": (_address_behind(came.about) or came.address).lower()[:LONGEST_ADDRESS],
        "about": came.about[:100],
        "code": came.code[:20],
        "detail": " ".join(came.detail.replace("\0", " ").split())[:500],
        "way_in": way_in[:20],
        "came_at": at,
    }
    with transaction.atomic():
        feedback, is_new = Feedback.objects.get_or_create(key=came.key[:200], defaults=values)
        if not is_new:
            return None
        if feedback.about:
            _follow(feedback, at)
    return feedback


def _address_behind(about: str) -> str:
    letter, _, row = about.partition(":")
    ledger = _ledgers.get(letter)
    if ledger is None or not row.isdigit():
        return ""
    return ledger.find_address(int(row)) or ""


def _follow(feedback: Feedback, at: datetime) -> None:
    if feedback.address:
        _suppress(feedback, at)
    letter, _, row = feedback.about.partition(":")
    if letter == "l" and feedback.kind == Kind.HARD:
        gone = Letter.objects.filter(pk=int(row), state__in=[State.ACCEPTED, State.IN_DOUBT])
        gone.update(state=State.FAILED, answer=feedback.detail, over_at=at)
    for listen in _listeners.values():
        listen(feedback)


def _suppress(feedback: Feedback, at: datetime) -> None:
    said = f"{feedback.code} {feedback.detail}".strip()
    reason = Suppression.Reason.BOUNCED
    if feedback.kind == Kind.HARD:
        reach = Reach.ALL
    elif feedback.kind == Kind.COMPLAINT:
        reach, reason = Reach.LETTERS, Suppression.Reason.COMPLAINED
    elif feedback.kind == Kind.SOFT and _is_too_much(feedback.address, at):
        reach = Reach.LETTERS
    else:
        return
    suppress_address(address=feedback.address, reach=reach, reason=reason, at=at, detail=said)


def _is_too_much(address: str, at: datetime) -> bool:
    soft = Feedback.objects.filter(
        address=address, kind=Kind.SOFT, came_at__gt=at - SOFT_WITHIN
    ).exclude(about="")
    days = list(soft.order_by("-came_at", "-pk").values_list("came_at", flat=True)[:100])
    return len(days) >= SOFT_ENOUGH and len({day.date() for day in days}) >= SOFT_DAYS


def _address_of_letter(row: int) -> str | None:
    return Letter.objects.filter(pk=row).values_list("address", flat=True).first()


def _row_of_letter(name: str) -> int | None:
    """A letter's Message-ID begins with its public id; transports are given `l.` and that."""
    try:
        public_id = UUID(name.removeprefix("l.").partition("@")[0])
    except ValueError:
        return None
    return Letter.objects.filter(public_id=public_id).values_list("pk", flat=True).first()


register_ledger(Ledger("l", _address_of_letter, _row_of_letter))
