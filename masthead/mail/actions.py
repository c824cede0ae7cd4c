"""What a person decides: letters in doubt, addresses that are not written to."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from masthead.mail.jobs import send_letter
from masthead.mail.models import Feedback, Letter, Reach, State, Suppression
from masthead.mail.post import GIVE_UP_AFTER


class MailRefusal(Exception):
    """Not possible as things are; the text can be shown to a person."""


class NotInDoubt(MailRefusal):
    pass


class NotSuppressed(MailRefusal):
    pass


class NothingKept(MailRefusal):
    pass


def settle_letter(*, letter: Letter, by: Any, at: datetime) -> None:
    """Take a letter in doubt as sent: somebody has seen that it was. Raises NotInDoubt."""
    with transaction.atomic():
        _decide(letter, State.ACCEPTED, over_at=at)
        log(letter, "mail.settle", user=by, title=letter.subject)


def send_letter_again(*, letter: Letter, by: Any, at: datetime) -> None:
    """
    Send a letter in doubt, or one that was refused, once more; it may then arrive twice.

    Raises NotInDoubt, or NothingKept when its text has been thrown away.
    """
    if not letter.prepared:
        raise NothingKept(_("What stood in this letter is not kept any more."))
    with transaction.atomic():
        _decide(
            letter,
            State.PENDING,
            from_states=(State.IN_DOUBT, State.FAILED),
            due_at=at,
            over_at=None,
            attempts=0,
            give_up_at=max(letter.give_up_at, at + GIVE_UP_AFTER),
        )
        log(letter, "mail.again", user=by, title=letter.subject)
        send_letter.later(letter_id=letter.pk)


def _decide(
    letter: Letter,
    state: State,
    *,
    from_states: tuple[State, ...] = (State.IN_DOUBT,),
    **values: Any,
) -> None:
    waiting = Letter.objects.filter(pk=letter.pk, state__in=from_states)
    if not waiting.update(state=state, claim="", **values):
        raise NotInDoubt(_("This letter is not in doubt any more."))


def suppress_address(
    *,
    address: str,
    reach: Reach,
    reason: Suppression.Reason,
    at: datetime,
    detail: str = "",
    by: Any = None,
) -> Suppression:
    """
    Write to this address no more, on any outlet of the network, from this moment.

    The wider reach of two stays. by: the user who says so; None when mail came back.
    """
    address = address.strip().lower()
    values = {"reach": reach, "reason": reason, "detail": detail[:500], "since": at, "by": by}
    with transaction.atomic():
        found, made = Suppression.objects.select_for_update().get_or_create(
            address=address, defaults=values
        )
        if not made and found.reach != Reach.ALL and reach == Reach.ALL:
            Suppression.objects.filter(pk=found.pk).update(**values)
            found.refresh_from_db()
        if by is not None:
            log(found, "mail.suppress", user=by, title=address, data={"detail": detail[:200]})
    return found


def lift_suppression(*, suppression: Suppression, why: str, by: Any) -> None:
    """
    Let mail go to an address again; who did it and why stays in the audit log.

    Nothing follows any more from what came back before; else the next soft bounce would count
    with the old ones. Raises NotSuppressed.
    """
    with transaction.atomic():
        data = {"why": why[:300], "was": suppression.reason, "detail": suppression.detail[:200]}
        log(suppression, "mail.lift", user=by, title=suppression.address, data=data)
        if not Suppression.objects.filter(pk=suppression.pk).delete()[0]:
            raise NotSuppressed(_("Mail goes to this address already."))
        softly = Feedback.objects.filter(address=suppression.address, kind=Feedback.Kind.SOFT)
        softly.update(about="")
