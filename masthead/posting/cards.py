"""The picture that goes with an article to networks which want it handed over."""

from pathlib import Path

from django.conf import settings

from masthead.articles.models import PublishedArticle
from masthead.articles.structured_data import share_card_path

MOST_PICTURE = 950_000  # bytes; networks take at most a million


def card_of(row: PublishedArticle) -> bytes | None:
    """The share picture, when it is drawn."""
    file = Path(settings.MEDIA_ROOT) / share_card_path(row.public_id, row.version_number)
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return None
    return content if len(content) <= MOST_PICTURE else None
