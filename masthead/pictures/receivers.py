"""A deletion, whichever screen or command it comes from."""

from typing import Any

from django.utils import timezone

from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.pictures.models import Picture


def on_picture_deleted(sender: type[Picture], instance: Picture, **_: Any) -> None:
    """Whoever takes a picture out of the house may have to: nobody is shown it any more."""
    note_change(gone=[keys.picture(instance.pk)], at=timezone.now())
