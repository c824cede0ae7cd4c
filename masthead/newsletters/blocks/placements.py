"""
Where sold advertising comes into an edition. Nobody has sold any until a feature registers.

The edition asks with its newsletter, the name of the place and the moment; it gets a placement of
words and a picture of ours, or nothing, and then nothing is shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from masthead.newsletters.models import Edition


@dataclass(frozen=True)
class SoldPlacement:
    """
    sponsor: who pays; always told. html: harmless. picture: id of one of our pictures. link:
    where it leads, an address of the advertiser or one of ours that counts.
    """

    sponsor: str
    title: str
    html: str
    link: str
    label: str = ""
    picture: int | None = None
    alt: str = ""


Sell = Callable[[Edition, str, datetime], SoldPlacement | None]
_sellers: dict[str, Sell] = {}


def register_seller(name: str, sell: Sell) -> None:
    """
    Add one; call from `apps.ready()`. `sell(edition, slot, at)` is asked once for each print of a
    place; at most one query. Raises ValueError for a name that is taken.
    """
    if name in _sellers:
        raise ValueError(f"A seller of places in newsletters named {name} is registered already.")
    _sellers[name] = sell


def sold(*, edition: Edition, slot: str, at: datetime) -> SoldPlacement | None:
    """What the first of the sellers has for this place."""
    offers = (sell(edition, slot, at) for sell in _sellers.values())
    return next((each for each in offers if each is not None), None)
