"""
The two links that every mail carries: to leave the list, and to change what one gets.

They work for whoever has the mail, without signing in, and for as long as the mail is kept.
"""

from dataclasses import dataclass

from masthead.outlets.sheet import Sheet
from masthead.readers.tokens import make_token, read_token

LEAVE, PREFERENCES = "leave", "preferences"
DELIVERY, SUBSCRIPTION = "d", "s"


@dataclass(frozen=True)
class Links:
    """Absolute addresses; `leave` is the one that RFC 8058's POST goes to."""

    leave: str
    preferences: str


def for_delivery(*, delivery_id: int, sheet: Sheet) -> Links:
    """Those of one copy of an edition. No query, some microseconds."""
    return _links(DELIVERY, delivery_id, sheet)


def for_subscription(*, subscription_id: int, sheet: Sheet) -> Links:
    """Those of a mail that is no edition, e.g. the welcome to a newsletter."""
    return _links(SUBSCRIPTION, subscription_id, sheet)


def leave_token(*, delivery_id: int | None = None, subscription_id: int | None = None) -> str:
    """For one of the two."""
    if delivery_id is not None:
        return make_token(LEAVE, DELIVERY, delivery_id)
    if subscription_id is None:
        raise ValueError("A token to leave is for a delivery or for a subscription.")
    return make_token(LEAVE, SUBSCRIPTION, subscription_id)


def read_leave_token(token: str) -> tuple[str, int]:
    """`DELIVERY` or `SUBSCRIPTION`, and its row's number. Raises NoSuchToken."""
    return read_token(LEAVE, token)


def leave_url(sheet: Sheet, token: str) -> str:
    return sheet.absolute(f"newsletters/leave/{token}/")


def preferences_url(sheet: Sheet, token: str) -> str:
    return sheet.absolute(f"readers/preferences/{token}/")


def _links(kind: str, number: int, sheet: Sheet) -> Links:
    return Links(
        leave=leave_url(sheet, make_token(LEAVE, kind, number)),
        preferences=preferences_url(sheet, make_token(PREFERENCES, kind, number)),
    )
