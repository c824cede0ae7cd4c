"""A deletion, whichever screen or command it comes from."""

from typing import Any

from django.utils import timezone

from masthead.articles.actions import note_topic
from masthead.articles.models import PublishedArticle, Topic
from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.pictures.models import Picture


def on_topic_deleted(sender: type[Topic], instance: Topic, **_: Any) -> None:
    note_topic(topic_id=instance.pk, is_elsewhere=True, at=timezone.now())


def on_picture_going(sender: type[Picture], instance: Picture, **_: Any) -> None:
    """Sitemaps of months tell of lead pictures, of too many to carry the key of each."""
    led = PublishedArticle.objects.filter(lead_picture=instance.pk)
    months = {keys.month(*each) for each in led.values_list("outlet_id", "published_at")}
    note_change(keys=months, at=timezone.now())
