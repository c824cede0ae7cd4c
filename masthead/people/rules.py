"""Who may add and change what belongs to the whole network: bylines, topics."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.models import GroupPagePermission, Page
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import policy_registry

# What somebody must be allowed to do with pages somewhere to do it with these.
_ASKS_FOR = {
    "add": "publish_page",
    "change": "publish_page",
    "delete": "bulk_delete_page",
    "view": "publish_page",
}


class NetworkRecords(BasePermissionPolicy):
    """
    Records that every outlet shares.

    Whoever may publish somewhere adds and changes them, publishers delete them, all staff choose
    from them. They carry no rows of their own: the rows of somebody's roles decide.
    """

    def user_has_permission(self, user: Any, action: str) -> bool:
        if not user.is_active:
            return False
        if user.is_superuser:
            return True
        held = {
            row.permission.codename
            for row in policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
        }
        return _ASKS_FOR[action] in held if action in _ASKS_FOR else bool(held)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        codenames = [_ASKS_FOR.get(action, "add_page") for action in actions]
        groups = GroupPagePermission.objects.filter(permission__codename__in=codenames)
        users = get_user_model().objects.filter(is_active=True)
        return users.filter(Q(is_superuser=True) | Q(groups__in=groups.values("group"))).distinct()
