"""Who may arrange and release a front."""

from typing import Any

from wagtail.models import Page
from wagtail.permissions import policy_registry


def may_curate(user: Any, outlet: Page) -> bool:
    """
    Whoever publishes in the whole outlet: its editors, its publisher, owners.

    Asked of the rows themselves: what may be done with the outlet's own page is narrower
    (`accounts.page_policy`), and somebody who publishes in one section only has no row up here.
    """
    if not user.is_active:
        return False
    if user.is_superuser:
        return True
    rows = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    return any(
        row.permission.codename == "publish_page" and outlet.path.startswith(row.page.path)
        for row in rows
    )
