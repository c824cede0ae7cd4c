"""What a person does to a row of the ledger from the desk; each leaves a line in the audit log."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from masthead.accounts.models import User
from masthead.posting.actions.outcomes import after_it_was_done
from masthead.posting.actions.planning import KEEP_TRYING
from masthead.posting.jobs import send
from masthead.posting.models import Act, Post, State
from masthead.posting.models.post import TO_SEND
from masthead.posting.networks import find_network
from masthead.posting.networks.base import is_web_address


class PostRefusal(Exception):
    """The row is not in a state that this needs; the text says so to a person."""


def approve_post(*, post: Post, by: User, at: datetime) -> None:
    """Send what waited for a person. Raises PostRefusal."""
    _wait_anew(post, {State.HELD}, _("This does not wait for you any more."), by=by, at=at)
    log(post.article, "posting.approve", user=by, data=_said(post))


def try_again(*, post: Post, by: User, at: datetime) -> None:
    """Start afresh with what was given up or waits for its next try. Raises PostRefusal."""
    states = {State.GIVEN_UP, State.FAILED}
    _wait_anew(post, states, _("This was not given up."), by=by, at=at)
    log(post.article, "posting.again", user=by, data=_said(post))


def send_after_all(*, post: Post, by: User, at: datetime) -> None:
    """
    A person has looked, and it is not there: send it. As a new asking, with a new key.

    Raises PostRefusal.
    """
    states = {State.IN_DOUBT}
    _wait_anew(post, states, _("This is not in doubt any more."), by=by, at=at)
    log(post.article, "posting.settle", user=by, data={**_said(post), "there": False})


def replay(*, post: Post, by: User, at: datetime) -> None:
    """Tell a program once more what it was told; it knows the delivery by its id."""
    states = {State.DONE, State.GIVEN_UP, State.FAILED}
    if post.act != Act.TELL:
        raise PostRefusal(_("Only what programs were told is told again."))
    _wait_anew(post, states, _("This is being told already."), by=by, at=at)
    log(post.article, "posting.again", user=by, data=_said(post))


def it_is_there(*, post: Post, by: User, at: datetime, url: str = "") -> None:
    """
    A person has seen, or done, what the row asks for.

    url: where it stands, if anywhere; http or https. With it the program can change and delete
    the post later on, where it tells the post's number. Raises PostRefusal.
    """
    if url and not is_web_address(url):
        raise PostRefusal(_("Paste the address of the post, beginning with https://."))
    network = find_network(post.account.network)
    remote_id = network.id_in(url) if network and url else ""
    with transaction.atomic():
        changed = Post.objects.filter(pk=post.pk, state__in=[State.IN_DOUBT, State.BY_HAND]).update(
            state=State.DONE, by=by, done_at=at, remote_url=url, remote_id=remote_id, reason=""
        )
        if not changed:
            raise PostRefusal(_("Somebody has settled this already."))
        after_it_was_done(post, at=at)
        log(post.article, "posting.settle", user=by, data={**_said(post), "url": url})


def leave_out(*, post: Post, by: User, at: datetime) -> None:
    """It is not to be posted. Raises PostRefusal."""
    states = {*TO_SEND, State.HELD, State.BY_HAND, State.GIVEN_UP}
    changed = Post.objects.filter(pk=post.pk, state__in=states).update(
        state=State.DROPPED, by=by, done_at=at, ended_at=at if post.act == Act.POST else None
    )
    if not changed:
        raise PostRefusal(_("It has been sent, or is being sent."))
    log(post.article, "posting.leave", user=by, data=_said(post))


def _wait_anew(
    post: Post, states: Collection[State], refusal: str, *, by: User, at: datetime
) -> None:
    changed = Post.objects.filter(pk=post.pk, state__in=states).update(
        state=State.WAITING,
        by=by,
        due_at=at,
        attempts=0,
        give_up_at=at + max(KEEP_TRYING, timedelta(0)),
        reason="",
    )
    if not changed:
        raise PostRefusal(refusal)
    send.later(post_id=post.pk)


def _said(post: Post) -> dict[str, Any]:
    return {"account": str(post.account), "act": post.act}
