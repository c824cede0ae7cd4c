"""What a worker left in the middle: asking the network what happened, where that can be asked."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from masthead.core.keys import SealedByAnotherKey
from masthead.posting.actions.outcomes import (
    REPEATABLE,
    Again,
    after_it_was_done,
    wait_before,
)
from masthead.posting.drafts import NotLive, prepare
from masthead.posting.models import Post, State
from masthead.posting.networks import find_network
from masthead.posting.networks.asking import NetworkError
from masthead.posting.networks.base import Network, Posted
from masthead.posting.queries import CLAIM_HOLDS


def find_out(*, post: Post, at: datetime) -> Again | None:
    """
    Settle a row that is `ASKED` with a claim that has run out, or `IN_DOUBT`.

    It is sent again only where that cannot stand there twice: an edit or deletion, or a post that
    the network says it has not and may be believed. Otherwise it stays in doubt for a person.
    """
    if post.state == State.ASKED:
        if post.claimed_at is not None and post.claimed_at + CLAIM_HOLDS > at:
            return Again(post.claimed_at + CLAIM_HOLDS)
        if post.act in REPEATABLE:
            return _send_again(post, at)
        if not _is_in_doubt_now(post):
            return None
    if post.state != State.IN_DOUBT:
        return None
    network = find_network(post.account.network)
    if network is None or not network.can_find:
        return None
    return _ask_what_happened(post, network, at)


def _is_in_doubt_now(post: Post) -> bool:
    reason = _("The program stopped while it was being sent. It may be there or not.")
    changed = Post.objects.filter(pk=post.pk, state=State.ASKED, claim=post.claim).update(
        state=State.IN_DOUBT, reason=reason
    )
    post.refresh_from_db()
    return bool(changed)


def _ask_what_happened(post: Post, network: Network, at: datetime) -> Again | None:
    try:
        work = prepare(post, at=at)
    except (NotLive, SealedByAnotherKey):
        return None  # a person looks; the deletion that may wait for it does so meanwhile
    try:
        found = network.find(work.access, work.draft)
    except NetworkError as error:
        return _ask_later(post, str(error), at)
    if found is not None:
        _it_is_there(post, found, at)
        return None
    return _send_again(post, at) if network.absence_counts else None


def _ask_later(post: Post, reason: str, at: datetime) -> Again | None:
    again_at = at + wait_before(post.attempts + 1)
    Post.objects.filter(pk=post.pk, state=State.IN_DOUBT).update(
        reason=reason[:500], attempts=post.attempts + 1
    )
    return Again(again_at) if again_at < post.give_up_at else None


def _it_is_there(post: Post, found: Posted, at: datetime) -> None:
    with transaction.atomic():
        changed = Post.objects.filter(pk=post.pk, state=State.IN_DOUBT).update(
            state=State.DONE,
            done_at=at,
            reason="",
            remote_id=found.remote_id,
            remote_url=found.url,
            steps={**post.steps, **found.extra},
        )
        if changed:
            after_it_was_done(post, at=at)


def _send_again(post: Post, at: datetime) -> Again | None:
    """With the same key, so that a network that keeps keys knows it as the first asking."""
    changed = Post.objects.filter(
        pk=post.pk, state__in=[State.ASKED, State.IN_DOUBT], claim=post.claim
    ).update(state=State.FAILED, due_at=at)
    return Again(at) if changed else None
