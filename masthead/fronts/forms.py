"""What the curating screen sends: the slots of a front as JSON, and the version to bring back."""

import json
from datetime import UTC, datetime
from typing import Any

from django.utils.timezone import is_aware, localtime, make_aware
from django.utils.translation import gettext as _

from masthead.fronts.actions import BadLayout

MOST_SLOTS = 60
DATES = ("pinned_from", "pinned_until")
WRITTEN = "%Y-%m-%dT%H:%M"  # as a field of type datetime-local has it


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
    return [{**slot, **{key: _instant(slot.get(key)) for key in DATES}} for slot in slots]


def _instant(written: Any) -> Any:
    """A date as the screen's field gives it, on the outlet's clock, as an instant."""
    try:
        local = datetime.fromisoformat(written)
        return (local if is_aware(local) else make_aware(local)).astimezone(UTC).isoformat()
    except (TypeError, ValueError, OverflowError):
        return written  # judged with the rest of the slot


def as_written(instant: str | None) -> str:
    """The other way round: what the field shows."""
    return localtime(datetime.fromisoformat(instant)).strftime(WRITTEN) if instant else ""
