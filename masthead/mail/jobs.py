"""Sending single mails in the background, and finding those that a killed process left behind."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from masthead.core.ids import uuid7
from masthead.core.keys import SealedByAnotherKey
from masthead.jobs.decorator import job
from masthead.jobs.schedule import daily, every
from masthead.mail.kinds import is_stopped
from masthead.mail.models import OVER, Letter, State
from masthead.mail.post import message_of
from masthead.mail.transport import Fate, Line, Mail, Outcome
from masthead.mail.transport.choosing import transport
from masthead.mail.verp import return_path

log = logging.getLogger(__name__)

# A server may take ten minutes to answer the end of a message (RFC 5321, 4.5.3.2.6).
LEASE = timedelta(minutes=15)
LONGEST_WAIT = timedelta(hours=2)
FORGOTTEN = timedelta(minutes=10)
PREPARED_KEPT = timedelta(days=30)
BATCH = 500
WAITING = (State.PENDING, State.DEFERRED)


@job(retries=12, priority=6, unique="letter {letter_id}", lease_seconds=60)
def send_letter(*, letter_id: int, **_more: Any) -> None:
    """
    Hand one letter over. Claimed in a commit of its own before that, so it never goes out twice.

    Whatever fails before the server is asked puts the letter off. A process killed later leaves
    it claimed; `find_doubts` then says that nobody knows.
    """
    now = timezone.now()
    letter = _claim(letter_id, now)
    if letter is None:
        return
    if now >= letter.give_up_at:
        _settle(letter, State.FAILED, at=now)
    elif is_stopped(letter.kind, letter.address):
        _settle(letter, State.SUPPRESSED, at=now)
    else:
        _hand_over(letter)


@job(retries=5, give_up_after_seconds=86_400)
def confirm_reports(*, url: str, **_more: Any) -> None:
    """Tell Amazon that this network takes its reports. Safe to do again."""
    from masthead.core.outbound import fetch

    answer = fetch(url, most_bytes=65_536, timeout_seconds=20)
    log.info("Amazon was told that its reports are taken: %s", answer.status)
    if answer.status >= 500:
        raise ConnectionError(f"Amazon answered {answer.status}.")


def _claim(letter_id: int, now: datetime) -> Letter | None:
    claim = str(uuid7())
    waiting = Letter.objects.filter(pk=letter_id, state__in=WAITING)
    if not waiting.update(state=State.CLAIMED, claim=claim, claimed_at=now):
        return None
    return Letter.objects.get(pk=letter_id)


def _hand_over(letter: Letter) -> None:
    try:
        mail = _mail(letter)
        line = transport().open()
    except SealedByAnotherKey as sealed:
        _settle(letter, State.FAILED, at=timezone.now(), answer=str(sealed))
        return
    except Exception as error:
        _note(letter, Outcome(Fate.DEFERRED, answer=str(error)))
        raise
    _note(letter, _sent(line, mail))


def _sent(line: Line, mail: Mail) -> Outcome:
    try:
        return line.send(mail)
    finally:
        line.close()


def _mail(letter: Letter) -> Mail:
    return Mail(
        sender=return_path("l", letter.pk),
        recipient=letter.address,
        data=message_of(letter),
        key=f"l.{letter.public_id}",
    )


def _note(letter: Letter, outcome: Outcome) -> None:
    now = timezone.now()
    if outcome.fate is Fate.ACCEPTED:
        _settle(letter, State.ACCEPTED, at=now, answer=outcome.answer, tries=1)
    elif outcome.fate is Fate.REFUSED:
        _settle(letter, State.FAILED, at=now, answer=outcome.answer, tries=1)
    elif outcome.fate is Fate.IN_DOUBT:
        _write(letter, State.IN_DOUBT, outcome.answer, 1)
    else:
        _put_off(letter, outcome.answer, now)


def _put_off(letter: Letter, answer: str, now: datetime) -> None:
    due = next_try(tries=letter.attempts, now=now, give_up_at=letter.give_up_at)
    if due is None:
        _settle(letter, State.FAILED, at=now, answer=answer, tries=1)
        return
    if _write(letter, State.DEFERRED, answer, 1, due_at=due):
        send_letter.later(letter_id=letter.pk, run_at=due)


def next_try(*, tries: int, now: datetime, give_up_at: datetime) -> datetime | None:
    """
    When a letter put off after so many tries before is tried again; None: there is no time left.

    Waits double from one minute to two hours. A letter that is good for a short time has a last
    try a minute before its end.
    """
    due = now + min(timedelta(minutes=2 ** min(tries, 10)), LONGEST_WAIT)
    if due < give_up_at:
        return due
    last = give_up_at - timedelta(minutes=1)
    return last if last - now >= timedelta(minutes=1) else None


def _settle(
    letter: Letter, state: State, *, at: datetime, answer: str | None = None, tries: int = 0
) -> None:
    _write(letter, state, letter.answer if answer is None else answer, tries, over_at=at)


def _write(letter: Letter, state: State, answer: str, tries: int, **more: Any) -> bool:
    """Nothing when the claim is no longer ours: somebody has decided meanwhile."""
    mine = Letter.objects.filter(pk=letter.pk, claim=letter.claim, state=State.CLAIMED)
    values = {"state": state, "answer": answer[:500], "attempts": letter.attempts + tries, **more}
    return bool(mine.update(**values))


def _left_claimed() -> bool:
    return _claimed_long_ago().exists()


def _claimed_long_ago() -> "QuerySet[Letter]":
    old = timezone.now() - LEASE
    return Letter.objects.filter(over_at=None, state=State.CLAIMED, claimed_at__lt=old)


@every(seconds=60, when=_left_claimed)
@job(retries=2)
def find_doubts() -> None:
    """
    Whose sender is not heard of any more is in doubt, until a person says what happened.

    A sender that is only slow finds its claim gone and reports nothing. Safe to repeat.
    """
    found = _claimed_long_ago().update(state=State.IN_DOUBT, claim="")
    if found:
        log.warning("%s letters are in doubt: their sender was stopped.", found)


def _forgotten() -> bool:
    return _due_long_ago().exists()


def _due_long_ago() -> "QuerySet[Letter]":
    due = timezone.now() - FORGOTTEN
    return Letter.objects.filter(over_at=None, state__in=WAITING, due_at__lt=due)


@every(seconds=300, when=_forgotten)
@job(retries=2)
def send_forgotten() -> None:
    """Letters whose job was discarded or given up get another one; safe to repeat."""
    for pk in _due_long_ago().order_by("due_at", "pk").values_list("pk", flat=True)[:BATCH]:
        send_letter.later(letter_id=pk)


@daily(at="03:40")
@job(retries=2)
def empty_letters() -> None:
    """What stood in letters that have been over for 30 days is thrown away; safe to repeat."""
    over = Letter.objects.filter(state__in=OVER, over_at__lt=timezone.now() - PREPARED_KEPT)
    full = over.exclude(prepared=b"").order_by("pk").values_list("pk", flat=True)
    while batch := list(full[:BATCH]):
        Letter.objects.filter(pk__in=batch).update(prepared=b"")
