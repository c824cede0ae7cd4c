"""All writes of newsletters and editions before an edition is frozen."""

from masthead.newsletters.actions.building import build_edition
from masthead.newsletters.actions.editions import (
    EditionRefusal,
    arrange_edition,
    choose_audience,
    drop_edition,
    hold_edition,
    make_edition,
    rebuild_edition,
    schedule_edition,
)
from masthead.newsletters.actions.newsletters import (
    NewsletterRefusal,
    change_newsletter,
    close_newsletter,
    make_newsletter,
)

__all__ = [
    "EditionRefusal",
    "NewsletterRefusal",
    "arrange_edition",
    "build_edition",
    "change_newsletter",
    "choose_audience",
    "close_newsletter",
    "drop_edition",
    "hold_edition",
    "make_edition",
    "make_newsletter",
    "rebuild_edition",
    "schedule_edition",
]
