"""
Sending one row of the ledger: look again, claim it, ask the network, write down what it said.

Between the claim's commit and what is written down afterwards a crash leaves the row `ASKED`.
Nothing sends it from there: `doubts` finds out what happened, or a person does.
"""

import secrets as chance
import time
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from masthead.core.keys import SealedByAnotherKey
from masthead.posting.actions.outcomes import (
    Again,
    Claim,
    end_unsent,
    hold,
    note_done,
    note_failure,
)
from masthead.posting.drafts import NotLive, Work, prepare
from masthead.posting.models import Account, Act, Post, State
from masthead.posting.models.post import TO_SEND
from masthead.posting.networks import find_network
from masthead.posting.networks.asking import NetworkError
from masthead.posting.networks.base import Network, Posted
from masthead.posting.queries import sent_since, spent_cents
from masthead.posting.terms import Terms
from masthead.posting.words import Said

A_DAY = timedelta(days=1)
LOOK_AT_HEAD_AGAIN = timedelta(minutes=2)
LOOK_AGAIN = timedelta(seconds=15)  # longer than a network is waited for
# A claim older than this is not acted on: this process may have slept over it.
CLAIM_IS_GOOD_FOR_SECONDS = 30.0


def send_post(*, post: Post, at: datetime) -> Again | None:
    """
    Send what is due; answers when to look again, if at all.

    At most one asking for a claim, and no claim before the article is live and the row is due.
    """
    if post.state not in TO_SEND or post.account.is_paused:
        return None  # resuming puts it in line again
    if post.due_at > at:
        return Again(post.due_at)
    try:
        network = _network_for(post)
        if waits_until := _waits_for_head(post, at):
            return waits_until
        if at > post.give_up_at:
            raise NotToBeSent(_("Its time is over: it is no news any more."), State.GIVEN_UP)
        work = _work_for(post, at)
        if work.must_wait:
            hold(post, work.said)
            return None
        claim = _claim(post, work.said, at=at)
    except NotToBeSent as end:
        end_unsent(post, end.state, str(end), at=at)
        return None
    return _ask(claim, network, work) if isinstance(claim, Claim) else claim


class NotToBeSent(Exception):
    """The row ends, or waits for a person, before the network is asked; the text says why."""

    def __init__(self, text: str, state: State) -> None:
        super().__init__(text)
        self.state = state


def _network_for(post: Post) -> Network:
    if post.account.removed_at is not None:
        raise NotToBeSent(_("The account was disconnected."), State.DROPPED)
    network = find_network(post.account.network)
    if network is None:
        words = _("This network has no way to do that by program.")
        raise NotToBeSent(words, State.BY_HAND)
    if post.of is not None and post.of.state == State.DONE and not post.of.remote_id:
        words = _("A person posted it, so a person has to do this as well.")
        raise NotToBeSent(words, State.BY_HAND)
    return network


def _waits_for_head(post: Post, at: datetime) -> Again | None:
    """Until it is known whether what the row is about stands there."""
    head = post.of
    if head is None or (head.state == State.DONE and head.ended_at is None):
        return None
    if head.state in {State.ASKED, State.IN_DOUBT, *TO_SEND} and at < post.give_up_at:
        return Again(at + LOOK_AT_HEAD_AGAIN)
    raise NotToBeSent(_("There is no post that this could be about."), State.DROPPED)


def _work_for(post: Post, at: datetime) -> Work:
    try:
        return prepare(post, at=at)
    except NotLive as not_live:
        raise NotToBeSent(str(not_live), State.DROPPED) from not_live
    except SealedByAnotherKey as sealed:
        words = _("These keys were sealed with another secret key; enter them again.")
        raise NotToBeSent(words, State.GIVEN_UP) from sealed


def _claim(post: Post, said: Said | None, *, at: datetime) -> Claim | Again | None:
    """
    Take the row for ourselves, in a commit of its own, within the account's pace and budget.

    Locks the account, so that two workers do not both find room. None: somebody else has it, or
    somebody has paused the account.
    """
    token = chance.token_hex(16)
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=post.account_id)
        if account.is_paused or account.removed_at is not None:
            return None
        if room_at := _room_at(account, account.terms, at=at):
            return Again(room_at)
        if post.act == Act.RECORD and (again := _after_other_records(post, at)):
            return again
        cost = _cost_within_budget(account, post, said, at=at)
        taken = Post.objects.filter(pk=post.pk, state__in=TO_SEND).update(
            state=State.ASKED,
            claim=token,
            claimed_at=at,
            attempts=post.attempts + 1,
            cost_cents=post.cost_cents + cost,
            reason="",
            **({"text": said.text, "link": said.link} if said else {}),
        )
        if not taken:
            return None
    post.refresh_from_db()
    return Claim(post, token, cost, time.monotonic())


def _after_other_records(post: Post, at: datetime) -> Again | None:
    """
    One record of an article at a time, so that an older state never comes after a newer one.

    Raises NotToBeSent when a newer row says all there is to say.
    """
    records = Post.objects.filter(
        account=post.account_id, article=post.article_id, act=Act.RECORD
    ).exclude(pk=post.pk)
    if records.filter(pk__gt=post.pk).exists():
        raise NotToBeSent(_("A newer release has been kept, or will be."), State.DROPPED)
    return Again(at + LOOK_AGAIN) if records.filter(state=State.ASKED).exists() else None


def _room_at(account: Account, terms: Terms, *, at: datetime) -> datetime | None:
    """When the account may post next; None for now."""
    gap = timedelta(seconds=terms.pace_seconds)
    newest = sent_since(account, at - gap).order_by("-claimed_at").first() if gap else None
    if newest is not None and newest.claimed_at is not None:
        return newest.claimed_at + gap
    if not terms.most_per_day:
        return None
    today = sent_since(account, at - A_DAY).order_by("-claimed_at")
    first_of_full_day = today[terms.most_per_day - 1 : terms.most_per_day].first()
    if first_of_full_day is None or first_of_full_day.claimed_at is None:
        return None
    return first_of_full_day.claimed_at + A_DAY


def _cost_within_budget(
    account: Account, post: Post, said: Said | None, *, at: datetime
) -> Decimal:
    """What asking will cost. Raises NotToBeSent when that is not left this month."""
    terms = account.terms
    if said is None or post.act not in {Act.POST, Act.REPLY}:
        return Decimal(0)
    has_link = "://" in said.text
    cost = Decimal(str(terms.price_with_link_cents if has_link else terms.price_cents))
    if cost and spent_cents(account, at=at) + cost > account.budget_cents:
        words = _("This month's budget of this account, %(budget)s cents, is used up.")
        raise NotToBeSent(words % {"budget": account.budget_cents}, State.GIVEN_UP)
    return cost


def _ask(claim: Claim, network: Network, work: Work) -> Again | None:
    began = time.monotonic()
    if began - claim.made_at > CLAIM_IS_GOOD_FOR_SECONDS:
        return note_failure(claim, None, seconds=0)
    try:
        posted = _act(network, work, claim.post)
    except NetworkError as error:
        return note_failure(claim, error, seconds=time.monotonic() - began)
    note_done(claim, posted, seconds=time.monotonic() - began)
    return None


def _act(network: Network, work: Work, post: Post) -> Posted | None:
    """What the row asks of the network. Edits and deletions may be repeated without harm."""
    if post.act in {Act.POST, Act.REPLY, Act.TELL}:
        return network.post(work.access, work.draft)
    if work.document is not None:
        return network.keep(work.access, work.document)
    head = work.head
    if head is None:
        return None
    if post.act == Act.EDIT:
        return network.edit(work.access, head, work.draft)
    for reply in work.replies:
        network.delete(work.access, reply)
    network.delete(work.access, head)
    return None
