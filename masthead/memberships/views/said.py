"""A price that was said holds for an hour, in the period for which it was worked out."""

from datetime import UTC, datetime

from django.core import signing

from masthead.memberships.models import Membership
from masthead.memberships.providers.base import Preview

_SALT = "masthead.memberships.said"
HOLDS_SECONDS = 3_600


def sealed(preview: Preview, member: Membership, what: str | int) -> str:
    """The moment for which the price was worked out, so that no other can be asked for."""
    said = [member.ref, what, _period(member), int(preview.at.timestamp())]
    return signing.dumps(said, salt=_SALT)


def said_at(seal: str, member: Membership, what: str | int) -> datetime | None:
    """None: not said, too long ago, or before what was paid for began anew: it is said again."""
    try:
        *of, at = signing.loads(seal, salt=_SALT, max_age=HOLDS_SECONDS)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    is_of_it = of == [member.ref, what, _period(member)]
    return datetime.fromtimestamp(at, tz=UTC) if is_of_it else None


def _period(member: Membership) -> int:
    return int(member.period_ends_at.timestamp())
