"""Writing down what came of a row: each write asks for the state, or the claim, it begins from."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import uniform
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from masthead.core.text import shorten
from masthead.posting.actions.documents import tell_pages
from masthead.posting.models import Account, Act, Post, State, Try
from masthead.posting.models.post import TO_SEND
from masthead.posting.networks.asking import (
    Declined,
    MaybeDone,
    NetworkError,
    NoLongerAllowed,
    NotPossible,
    TryLater,
)
from masthead.posting.networks.base import Posted
from masthead.posting.words import Said

MOST_REASON = 500  # characters
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 15, 3600
# The one refusal that a program means for good; any other may be a mistake that it mends.
FOR_GOOD = 410
# What may be asked a second time without anything standing there twice.
REPEATABLE = {Act.EDIT, Act.DELETE, Act.TELL, Act.RECORD}


@dataclass(frozen=True)
class Again:
    """Look at the row again at this moment."""

    at: datetime


@dataclass(frozen=True)
class Claim:
    """A row taken by this worker. cost: what asking is expected to cost, noted with it."""

    post: Post
    token: str
    cost: Decimal
    made_at: float  # monotonic


def note_done(claim: Claim, posted: Posted | None, *, seconds: float) -> None:
    """
    The network has done it. Also when it was in doubt meanwhile: this is what happened.
    """
    now, post = timezone.now(), claim.post
    with transaction.atomic():
        mine = Post.objects.filter(
            pk=post.pk, claim=claim.token, state__in=[State.ASKED, State.IN_DOUBT, *TO_SEND]
        )
        changes: dict[str, Any] = {"state": State.DONE, "done_at": now, "reason": ""}
        if posted is not None:
            changes |= {"remote_id": posted.remote_id, "remote_url": posted.url}
            if posted.extra:
                changes["steps"] = {**post.steps, **posted.extra}
        if not mine.update(**changes):
            return
        _note_try(post, at=now, status=200, detail="", seconds=seconds)
        after_it_was_done(post, at=now)


def after_it_was_done(post: Post, *, at: datetime) -> None:
    """What the end of one row means for the others of the same post."""
    Account.objects.filter(pk=post.account_id).exclude(trouble="").update(trouble="")
    if post.act == Act.RECORD:
        tell_pages(outlet_id=post.account.outlet_id, at=at)
    head = Post.objects.filter(pk=post.of_id or 0)
    if post.act == Act.DELETE:
        head.update(ended_at=at)
    elif post.act == Act.EDIT:
        head.update(text=post.text, link=post.link)
    else:
        waiting = Post.objects.filter(of=post.pk, state__in=TO_SEND)
        waiting.update(due_at=at)


def note_failure(claim: Claim, error: NetworkError | None, *, seconds: float) -> Again | None:
    """
    The network has not said that it did it. None: we did not ask after all.

    Answers when to try, or to find out, again.
    """
    now, post = timezone.now(), claim.post
    mine = Post.objects.filter(pk=post.pk, claim=claim.token, state=State.ASKED)
    with transaction.atomic():
        if error is not None:
            _note_try(post, at=now, status=error.status, detail=str(error), seconds=seconds)
        state, again_at = _what_now(post, error, now)
        if claim.cost and not isinstance(error, MaybeDone):  # nothing posted, nothing paid
            mine.update(cost_cents=F("cost_cents") - claim.cost)
        if not mine.update(state=state, due_at=again_at or now, reason=_reason(error)):
            return None
        if isinstance(error, NoLongerAllowed):
            trouble = shorten(str(error), most=300)
            Account.objects.filter(pk=post.account_id).update(trouble=trouble)
    return Again(again_at) if again_at else None


def _what_now(
    post: Post, error: NetworkError | None, now: datetime
) -> tuple[State, datetime | None]:
    if isinstance(error, NotPossible):
        return State.BY_HAND, None
    if isinstance(error, MaybeDone) and post.act not in REPEATABLE:
        return State.IN_DOUBT, now + timedelta(seconds=FIRST_WAIT_SECONDS)
    if isinstance(error, Declined) and (post.act != Act.TELL or error.status == FOR_GOOD):
        return State.GIVEN_UP, None
    at_least = error.seconds if isinstance(error, TryLater) else 0
    again_at = now + max(wait_before(post.attempts), timedelta(seconds=at_least))
    if again_at > post.give_up_at:
        return State.GIVEN_UP, None
    return State.FAILED, again_at


def wait_before(attempts: int) -> timedelta:
    """15 s, 1 min, 4 min … 1 h, give or take a quarter, so that what failed together spreads."""
    seconds = min(FIRST_WAIT_SECONDS * 4 ** min(attempts - 1, 8), LONGEST_WAIT_SECONDS)
    return timedelta(seconds=seconds * uniform(0.75, 1.25))  # noqa: S311  # no secret


def _reason(error: NetworkError | None) -> str:
    return shorten(str(error), most=MOST_REASON) if error else ""


def _note_try(post: Post, *, at: datetime, status: int | None, detail: str, seconds: float) -> None:
    Try.objects.create(
        post=post,
        at=at,
        status=status,
        detail=shorten(detail, most=MOST_REASON),
        milliseconds=int(seconds * 1000),
    )


def end_unsent(post: Post, state: State, reason: str, *, at: datetime) -> None:
    """What ends before the network is asked. A dropped one leaves room for another post."""
    ended = {"done_at": at, "ended_at": at} if state == State.DROPPED else {}
    Post.objects.filter(pk=post.pk, state__in=TO_SEND).update(state=state, reason=reason, **ended)


def hold(post: Post, said: Said | None) -> None:
    """Let a person who may publish see first what would be sent now."""
    words = {"text": said.text, "link": said.link} if said else {}
    Post.objects.filter(pk=post.pk, state__in=TO_SEND).update(state=State.HELD, by=None, **words)
