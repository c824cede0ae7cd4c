"""Writes: what follows when a topic changes."""

from datetime import datetime

from masthead.articles.models import Topic
from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.outlets.actions import record_move_everywhere
from masthead.outlets.models import Outlet


def keep_former_address(*, topic: Topic, former_slug: str, at: datetime) -> None:
    """
    Lead a topic's former page and feeds to the present ones, on every outlet.

    Call in the transaction that saves the topic. Does nothing when the address is the same.
    """
    record_move_everywhere(
        old_path=f"topics/{former_slug}/", new_path=f"topics/{topic.slug}/", at=at
    )


def note_topic(*, topic_id: int, is_elsewhere: bool, at: datetime) -> None:
    """
    Say that pages of the topic are others now.

    is_elsewhere: they came, went or have another address; sitemaps tell of that.
    """
    touched = {keys.topic(topic_id)}
    if is_elsewhere:
        outlets = Outlet.objects.order_by("pk").values_list("pk", flat=True)
        touched |= {keys.newest(keys.topic(topic_id)), *(keys.counts(each) for each in outlets)}
    note_change(keys=touched, at=at)
