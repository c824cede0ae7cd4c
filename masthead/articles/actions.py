"""Writes: what follows when a topic changes."""

from datetime import datetime

from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.outlets.models import Outlet


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
