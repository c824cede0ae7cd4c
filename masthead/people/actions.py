"""Writes: what follows when an author changes."""

from datetime import datetime

from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.outlets.actions import record_move_everywhere
from masthead.outlets.models import Outlet
from masthead.people.models import Author


def keep_former_address(*, author: Author, former_slug: str, at: datetime) -> None:
    """
    Lead an author's former page and feeds to the present ones, on every outlet.

    Call in the transaction that saves the author. Does nothing when the address is the same.
    """
    record_move_everywhere(
        old_path=f"authors/{former_slug}/", new_path=f"authors/{author.slug}/", at=at
    )


def note_author(*, author_id: int, is_elsewhere: bool, at: datetime) -> None:
    """
    Say that pages with the author are others now.

    is_elsewhere: the author's page came, went or has another address; sitemaps tell of that.
    """
    touched = {keys.author(author_id)}
    if is_elsewhere:
        outlets = Outlet.objects.order_by("pk").values_list("pk", flat=True)
        touched |= {keys.newest(keys.author(author_id)), *(keys.counts(each) for each in outlets)}
    note_change(keys=touched, at=at)
