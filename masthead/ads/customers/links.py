"""
The link that opens an advertiser's own page, without an account.

Signed with the program's own secret over who it is and their address: another address, or another
secret, makes every former link good for nothing.
"""

from uuid import UUID

from django.core import signing

from masthead.ads.models import Advertiser
from masthead.outlets.sheet import Sheet

PREFIX = "advertise/"
GOOD_FOR_DAYS = 365
_SALT = "masthead.ads.customers"


def link_for(advertiser: Advertiser, sheet: Sheet) -> str:
    """The absolute address of their page in an outlet's look."""
    return sheet.absolute(f"{PREFIX}{token_for(advertiser)}/")


def token_for(advertiser: Advertiser) -> str:
    return signing.dumps([advertiser.public_id.hex, advertiser.email.lower()], salt=_SALT)


def find_advertiser(token: str) -> Advertiser | None:
    """Whose page it is; None for a link that is not ours, too old, or replaced."""
    try:
        public_id, email = signing.loads(token, salt=_SALT, max_age=GOOD_FOR_DAYS * 86_400)
        advertiser = Advertiser.objects.filter(public_id=UUID(hex=public_id)).first()
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return advertiser if advertiser and advertiser.email.lower() == email else None
