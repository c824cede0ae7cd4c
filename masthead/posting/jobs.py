"""What happens in the background: planning after a release, sending, finding out."""

from typing import Any

from django.utils import timezone

from masthead.jobs.decorator import job
from masthead.jobs.schedule import every
from masthead.posting.actions.doubts import find_out
from masthead.posting.actions.planning import plan_posts
from masthead.posting.actions.sending import send_post
from masthead.posting.models import Post, State
from masthead.posting.queries import due_posts
from masthead.publishing.queries import get_release

MOST_AT_ONCE = 200


def carry(*, release_id: int, **_: Any) -> None:
    """The way out: only rows and jobs are written here, no network is asked. Repeatable."""
    now = timezone.now()
    for post in plan_posts(release=get_release(release_id), at=now):
        if post.state == State.WAITING:
            send.later(post_id=post.pk)


@job(retries=5, priority=2, unique="post {post_id}", lease_seconds=60)
def send(*, post_id: int, **_: Any) -> None:
    """Do the next thing that a row of the ledger needs, and come back when it needs more."""
    rows = Post.objects.select_related("account", "article", "release", "of")
    post = rows.filter(pk=post_id).first()
    if post is None:  # its outlet was deleted
        return
    now = timezone.now()
    look = find_out if post.state in {State.ASKED, State.IN_DOUBT} else send_post
    again = look(post=post, at=now)
    if again is not None:
        send.later(post_id=post_id, run_at=again.at)


@every(seconds=60)
def send_what_is_due(**_: Any) -> None:
    """
    Put rows in line that are due and have no job: after resuming, a restore, a discarded job.

    A job that waits already is not added again.
    """
    for post_id in due_posts(at=timezone.now()).values_list("pk", flat=True)[:MOST_AT_ONCE]:
        send.later(post_id=post_id)
