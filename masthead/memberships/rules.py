"""Who may do what with memberships at the desk."""

from typing import Any

from wagtail.models import Page

from masthead.accounts.rules import may_edit_outlet, may_manage_any_people, may_manage_people
from masthead.outlets.models import Outlet


def may_see_members(user: Any) -> bool:
    """
    Members, money, refunds, groups: publishers and owners. A member belongs to no outlet, so
    whoever publishes one of them may see all, as with readers.
    """
    return may_manage_any_people(user)


def may_offer(user: Any, outlet: Outlet | None) -> bool:
    """
    Plans, prompts and letters of an outlet: its publisher, owners. outlet: None: those of the whole
    network, for whoever publishes all of it.
    """
    if outlet is not None:
        return may_see_members(user) and may_edit_outlet(user, outlet)
    root = Page.objects.filter(depth=1).first()
    return root is not None and may_manage_people(user, root)


def outlets_to_offer_on(user: Any) -> list[Outlet]:
    """In the network's order."""
    if not may_see_members(user):
        return []
    return [each for each in Outlet.objects.live().order_by("path") if may_offer(user, each)]
