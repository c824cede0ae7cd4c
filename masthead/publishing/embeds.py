"""The way out that gives the embeds of a released article their cards."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from masthead.articles.embed_cards import add_cards
from masthead.publishing.on_release import WayOut
from masthead.publishing.queries import get_release


def add_cards_for_release(*, release_id: int, **_: Any) -> None:
    """May run again: embeds that have a card are left alone."""
    version = get_release(release_id).version
    if version is None:  # withdrawn
        return
    add_cards(urls=[part["url"] for part in version.snapshot["body"] if part["kind"] == "embed"])


EMBED_CARDS = WayOut("embed-cards", add_cards_for_release, label=_("Cards of videos and posts"))
