"""A deletion, whichever screen or command it comes from."""

from typing import Any

from django.utils import timezone

from masthead.people.actions import note_author
from masthead.people.models import Author


def on_author_deleted(sender: type[Author], instance: Author, **_: Any) -> None:
    note_author(author_id=instance.pk, is_elsewhere=True, at=timezone.now())
