"""Sending single mails in the background."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from masthead.core.ids import uuid7
from masthead.jobs.decorator import job
from masthead.mail.models import Letter, Reach, State, Suppression
from masthead.mail.transport import Fate, Mail, Outcome
from masthead.mail.transport.choosing import transport

STATES = {
    Fate.ACCEPTED: State.ACCEPTED,
    Fate.DEFERRED: State.DEFERRED,
    Fate.REFUSED: State.FAILED,
    Fate.IN_DOUBT: State.IN_DOUBT,
}
OVER = {Fate.ACCEPTED, Fate.REFUSED}


@job(retries=12, priority=6, unique="letter {letter_id}", lease_seconds=60)
def send_letter(*, letter_id: int, **_: Any) -> None:
    """Claimed in a commit of its own before it is handed over, so it never goes out twice."""
    now, claim = timezone.now(), str(uuid7())
    waiting = Letter.objects.filter(pk=letter_id, state__in=[State.PENDING, State.DEFERRED])
    if not waiting.update(state=State.CLAIMED, claim=claim, claimed_at=now):
        return
    letter = Letter.objects.get(pk=letter_id)
    mine = Letter.objects.filter(pk=letter_id, claim=claim)
    if now >= letter.give_up_at:
        mine.update(state=State.FAILED, answer="", over_at=now)
        return
    if Suppression.objects.filter(address=letter.address, reach=Reach.ALL).exists():
        mine.update(state=State.SUPPRESSED, over_at=now)
        return
    line = transport().open()
    try:
        outcome = line.send(_mail(letter))
    finally:
        line.close()
    _note(letter, outcome)


def _mail(letter: Letter) -> Mail:
    sender = settings.DEFAULT_FROM_EMAIL
    return Mail(sender, letter.address, bytes(letter.prepared), key=f"l.{letter.public_id}")


def _note(letter: Letter, outcome: Outcome) -> None:
    now = timezone.now()
    wait = timedelta(minutes=2**letter.attempts)
    Letter.objects.filter(pk=letter.pk, claim=letter.claim).update(
        state=STATES[outcome.fate],
        attempts=letter.attempts + 1,
        answer=outcome.answer[:500],
        due_at=now + wait,
        over_at=now if outcome.fate in OVER else None,
    )
    if outcome.fate is Fate.DEFERRED:
        send_letter.later(letter_id=letter.pk, run_at=now + wait)
