"""A newsletter of the Courier and its editions, for tests."""

from datetime import datetime, time
from typing import Any

from masthead.newsletters.blocks import clean_blocks
from masthead.newsletters.models import Edition, EditionState, Newsletter
from masthead.outlets.models import Outlet
from tests.factories import NOON


def a_newsletter(outlet: Outlet, **fields: Any) -> Newsletter:
    usual = {
        "name": "The Evening Courier",
        "slug": "evening",
        "promise": "The day at six, every day.",
        "days": [0, 1, 2, 3, 4, 5, 6],
        "hour": time(18, 0),
    }
    return Newsletter.objects.create(outlet=outlet, **usual | fields)


def an_edition(newsletter: Newsletter, *blocks: dict[str, Any], **fields: Any) -> Edition:
    usual = {"subject": "Ships by night", "preheader": "And the crab quota", "made_at": NOON}
    return Edition.objects.create(
        newsletter=newsletter, blocks=clean_blocks(list(blocks)), **usual | fields
    )


def sent(edition: Edition, *, at: datetime) -> Edition:
    """As if it had gone out to nobody."""
    edition.state = EditionState.SENT
    edition.released_at = at
    edition.save()
    return edition


def article(page: Any, **fields: Any) -> dict[str, Any]:
    return {"kind": "article", "article": page.pk, **fields}
