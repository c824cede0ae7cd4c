"""What the curating screen sends: the slots of a front as JSON, and the version to bring back."""

import json
from typing import Any

from django.utils.translation import gettext as _

from masthead.fronts.actions import BadLayout

MOST_SLOTS = 60


def slots_from(body: bytes) -> list[dict[str, Any]]:
    """The slots in a request's body. Raises BadLayout for anything else."""
    try:
        sent = json.loads(body)
        slots = sent["slots"]
    except (ValueError, KeyError, TypeError) as error:
        raise BadLayout(_("What was sent is not a front.")) from error
    if not isinstance(slots, list) or len(slots) > MOST_SLOTS:
        raise BadLayout(_("A front holds at most %(most)d placed articles.") % {"most": MOST_SLOTS})
    if not all(isinstance(slot, dict) for slot in slots):
        raise BadLayout(_("What was sent is not a front."))
    return slots
