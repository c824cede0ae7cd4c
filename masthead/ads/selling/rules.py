"""
Who may sell what, and where: the ad desk.

Ad sellers and publishers sell in their outlets, owners in all. Whoever has the role for the whole
network also sells what runs in all outlets. HTML is only for those who run an outlet: it shows
whatever its author likes, though in a frame that reaches nothing.
"""

from collections.abc import Collection
from typing import Any

from masthead.accounts.models import Role, User
from masthead.accounts.queries import places_of
from masthead.outlets.models import Outlet

SELLERS = [Role.SELLER, Role.PUBLISHER]


def outlets_sold_by(user: Any, *, roles: Collection[Role] = SELLERS) -> list[Outlet]:
    """In the network's order."""
    if not isinstance(user, User) or not user.is_active:
        return []
    tops = [place.path for place in places_of(user, roles=list(roles))]
    if not tops:
        return []
    outlets = Outlet.objects.order_by("path")
    return [each for each in outlets if any(each.path.startswith(top) for top in tops)]


def sells_everywhere(user: Any) -> bool:
    """For the whole network, with the outlets that will come."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.is_superuser or places_of(user, roles=SELLERS).filter(depth=1).exists()


def may_sell(user: Any) -> bool:
    """Enter the ad desk at all."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.is_superuser or bool(outlets_sold_by(user))


def may_sell_in(user: User, outlets: Collection[Outlet]) -> bool:
    """outlets: as a flight names them; none means everywhere."""
    if not outlets or sells_everywhere(user):
        return sells_everywhere(user)
    return {each.pk for each in outlets} <= {each.pk for each in outlets_sold_by(user)}


def may_bring_html(user: Any) -> bool:
    """Book and approve creatives of HTML: publishers and owners."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.is_superuser or bool(outlets_sold_by(user, roles=[Role.PUBLISHER]))
