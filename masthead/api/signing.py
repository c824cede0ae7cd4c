"""
Addresses that open one thing to one partner for a time, for programs that cannot send a key.

Signed with the program's own secret and the hash of the partner's key: a new key, a revoked one or
another secret make them good for nothing.
"""

import hmac
from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

from masthead.api.addresses import api_url
from masthead.api.models import Partner
from masthead.outlets.sheet import Sheet

_SALT = "masthead.api.signed-address"


def signed_url(
    *, sheet: Sheet, parts: tuple[object, ...], partner: Partner, until: datetime
) -> str:
    """The absolute address of something below ninjs/, good until then (aware)."""
    expires = int(until.timestamp())
    path = "/".join(map(str, parts))
    query = {
        "partner": partner.public_id.hex,
        "expires": expires,
        "signature": _signature(sheet.id, path, partner, expires, settings.SECRET_KEY),
    }
    return f"{api_url(sheet, 'ninjs', *parts)}?{urlencode(query)}"


def find_signer(
    *, sheet: Sheet, path: str, partner: str, expires: str, signature: str, at: datetime
) -> tuple[Partner, datetime] | None:
    """
    Whom an address was signed for and until when it is good; None for one that is not ours, has
    ended, or whose partner may no more. At most one query.
    """
    try:
        public_id = UUID(hex=partner)
        until = datetime.fromtimestamp(int(expires), tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None
    found = Partner.objects.filter(public_id=public_id).first() if at < until else None
    if found is None or not found.is_valid(at=at):
        return None
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    good = [_signature(sheet.id, path, found, int(expires), secret) for secret in secrets]
    given = signature.encode()
    matches = [hmac.compare_digest(given, each.encode()) for each in good]
    return (found, until) if any(matches) else None


def _signature(outlet_id: int, path: str, partner: Partner, expires: int, secret: str) -> str:
    said = "\n".join([str(outlet_id), path, partner.public_id.hex, partner.key_hash, str(expires)])
    return salted_hmac(_SALT, said, secret=secret, algorithm="sha256").hexdigest()
