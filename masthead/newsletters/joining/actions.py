"""Joining, leaving, pausing: the only writers of subscriptions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from masthead.newsletters.joining.words import (
    closed_words,
    consent_what,
    join_words,
    leave_words,
    members_words,
)
from masthead.newsletters.models import Edition, Newsletter, Subscription
from masthead.newsletters.rules import granted_by
from masthead.readers.actions import note_consent
from masthead.readers.benefits import has_granted
from masthead.readers.models import Reader

MOST_WEEKS = 26
State = Subscription.State


class NotOffered(Exception):
    """The newsletter takes nobody; the text can be shown to a person."""


@dataclass(frozen=True)
class Said:
    """
    How the reader said it: the exact words, one of our addresses, and how we know that it is they
    (see `readers.Consent.proof`).
    """

    place: str
    proof: str
    at: datetime
    words: str = ""
    detail: str = ""


def join(*, reader: Reader, newsletter: Newsletter, said: Said) -> Subscription:
    """
    From now on they get it; said again, the words are noted again and nothing else changes.

    One write transaction: the subscription and a line of consent. Raises NotOffered, also for
    whoever has no grant of a members' newsletter.
    """
    if newsletter.closed_at is not None:
        raise NotOffered(closed_words(name=newsletter.name))
    if not may_get(reader=reader, newsletter=newsletter, at=said.at):
        raise NotOffered(members_words(name=newsletter.name))
    with transaction.atomic():
        subscription, made = Subscription.objects.get_or_create(
            newsletter=newsletter,
            reader=reader,
            defaults={"joined_at": said.at, "place": said.place[:300]},
        )
        if not made and subscription.state != State.ACTIVE:
            subscription.state = State.ACTIVE
            if subscription.left_at is not None:
                subscription.joined_at, subscription.place = said.at, said.place[:300]
            subscription.left_at = subscription.left_edition = subscription.paused_until = None
            subscription.left_through = ""
            subscription.save()
        words = said.words or join_words(
            name=newsletter.name, promise=newsletter.promise, outlet=newsletter.outlet.title
        )
        _note(reader, newsletter, given=True, words=words, said=said)
    return subscription


def may_get(*, reader: Reader, newsletter: Newsletter, at: datetime) -> bool:
    """Anybody, or members only. One query at most."""
    return not newsletter.for_members or has_granted(
        reader=reader, granted=granted_by(newsletter), at=at
    )


def leave(
    *, subscription: Subscription, through: str, said: Said, edition: Edition | None = None
) -> bool:
    """
    From now on they do not get it, copies that are written down already included: whoever sends
    looks at the subscription right before. Answers whether that changed anything; a second time is
    no second line of history.

    through: as `Subscription.left_through` says. edition: the one whose mail they left by.
    """
    with transaction.atomic():
        open_one = Subscription.objects.filter(pk=subscription.pk).exclude(state=State.LEFT)
        left = open_one.update(
            state=State.LEFT,
            left_at=said.at,
            left_through=through,
            left_edition=edition,
            paused_until=None,
        )
        if left:
            newsletter = subscription.newsletter
            words = said.words or leave_words(name=newsletter.name)
            _note(subscription.reader, newsletter, given=False, words=words, said=said)
    return bool(left)


def pause(*, subscription: Subscription, weeks: int, at: datetime) -> None:
    """Nothing for so many weeks, then again; from now on, also when it was paused before."""
    until = at + timedelta(weeks=max(1, min(weeks, MOST_WEEKS)))
    going = Subscription.objects.filter(pk=subscription.pk).exclude(state=State.LEFT)
    going.update(state=State.PAUSED, paused_until=until)


def resume(*, subscription: Subscription) -> None:
    paused = Subscription.objects.filter(pk=subscription.pk, state=State.PAUSED)
    paused.update(state=State.ACTIVE, paused_until=None)


def resume_due(*, at: datetime) -> int:
    """Those whose pause is over. Answers how many."""
    due = Subscription.objects.filter(state=State.PAUSED, paused_until__lte=at)
    return due.update(state=State.ACTIVE, paused_until=None)


def move_all(*, old: Reader, new: Reader, said: Said) -> int:
    """
    What one address gets goes to another from now on, but what only the first may get. Answers how
    many newsletters that were.

    The account stays where it is: a link in a mail, which may have been forwarded, is enough for
    this and for no more.
    """
    going = Subscription.objects.filter(reader=old).exclude(state=State.LEFT)
    moved = 0
    for subscription in going.select_related("newsletter__outlet").order_by("pk"):
        if not may_get(reader=new, newsletter=subscription.newsletter, at=said.at):
            continue
        leave(subscription=subscription, through="preferences", said=said)
        join(reader=new, newsletter=subscription.newsletter, said=said)
        moved += 1
    return moved


def _note(reader: Reader, newsletter: Newsletter, *, given: bool, words: str, said: Said) -> None:
    note_consent(
        reader=reader,
        what=consent_what(newsletter),
        given=given,
        words=words,
        place=said.place,
        proof=said.proof,
        detail=said.detail,
        outlet_id=newsletter.outlet_id,
        at=said.at,
    )
