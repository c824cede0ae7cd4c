"""Writes: the views that a moderator keeps."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from masthead.accounts.models import User
from masthead.comments.models import SavedView, Thread
from masthead.outlets.models import Outlet

MOST_OF_ONE = 20


class TooManyViews(Exception):
    """The text can be shown to a person."""


@dataclass(frozen=True)
class Seen:
    """What a moderator has before them. outlet: None for all of theirs."""

    queue: str
    outlet: Outlet | None = None
    thread: Thread | None = None
    why: str = ""


def keep_view(*, owner: User, name: str, seen: Seen, at: datetime) -> SavedView:
    """Keep it by a name; another of that name is replaced. Raises TooManyViews."""
    mine = SavedView.objects.filter(owner=owner)
    if not mine.filter(name=name).exists() and mine.count() >= MOST_OF_ONE:
        raise TooManyViews(_("You keep many views already. Drop one first."))
    values = {"queue": seen.queue, "outlet": seen.outlet, "thread": seen.thread, "why": seen.why}
    kept, _made = SavedView.objects.update_or_create(
        owner=owner, name=name, defaults={**values, "made_at": at}
    )
    return kept
