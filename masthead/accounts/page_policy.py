"""
Which of somebody's permission rows count on which page.

Wagtail's rows reach from a place down to everything below it, the place included: whoever may
change the articles of an outlet could change its name and domains. Here the outlet's own page
asks for a publisher, sections and plain pages for an editor, articles for what the rows say.
"""

from collections.abc import Iterable
from typing import Any

from wagtail.models import GroupPagePermission, Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from masthead.accounts.grants import OUTLET_DEPTH


def is_article(page: Page) -> bool:
    """Whether it is a leaf below a section; outlets, sections and plain pages are not."""
    model = page.specific_class
    if page.depth is None or page.depth <= OUTLET_DEPTH + 1 or model is None:
        return False
    return not model.allowed_subpage_models()


def rows_that_count(page: Page, rows: Iterable[GroupPagePermission]) -> list[GroupPagePermission]:
    covering = [row for row in rows if page.path.startswith(row.page.path)]
    held = {row.permission.codename for row in covering}
    counts = _codenames_that_count(page, held)
    return [row for row in covering if row.permission.codename in counts]


def _codenames_that_count(page: Page, held: set[str]) -> set[str]:
    publishes, rules = "publish_page" in held, "bulk_delete_page" in held
    if is_article(page):
        return held
    if page.depth is None or page.depth < OUTLET_DEPTH:
        return set()  # outlets are founded by the owner alone
    if page.depth == OUTLET_DEPTH:
        return held if rules else {"add_page"} & held if publishes else set()
    return held if publishes else {"add_page"} & held


class DeskPagePolicy(PagePermissionPolicy):
    """
    Wagtail's page permissions with the rule above.

    The registry calls a callable value with the page it is asked about, so that Wagtail's own
    `PagePermissionTester` also gets the rows that count on that page.
    """

    def __call__(self, page: Page) -> "PolicyOfOnePage":
        return PolicyOfOnePage(page)

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: Page
    ) -> bool:
        certain = self._base_user_has_permission(user)
        if certain is not None:
            return bool(certain)
        rows = rows_that_count(
            instance, PagePermissionPolicy.get_cached_permissions_for_user(self, user)
        )
        held = {row.permission.codename for row in rows}
        if "add_page" in held and instance.owner_id == user.pk and is_article(instance):
            held.add("change_page")
        return bool(self._get_permission_codenames(actions) & held)


class PolicyOfOnePage(DeskPagePolicy):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page

    def get_cached_permissions_for_user(self, user: Any) -> list[GroupPagePermission]:
        return rows_that_count(self.page, super().get_cached_permissions_for_user(user))
