"""Who may do what, and where."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from wagtail.models import Page
from wagtail.permissions import policy_registry

from masthead.accounts.grants import OUTLET_DEPTH
from masthead.accounts.models import Assignment, Role, User

TRUSTED_ROLES = [Role.EDITOR, Role.MODERATOR, Role.SELLER, Role.PUBLISHER, Role.OWNER]


def may(user: User | AnonymousUser, action: str, page: Page) -> bool:
    """Whether the user may "add", "change", "publish", "lock", "unlock" or "bulk_delete" here."""
    policy = policy_registry.get_by_type(Page)
    return bool(policy.user_has_permission_for_instance(user, action, page))


def may_publish(user: User | AnonymousUser, page: Page) -> bool:
    return may(user, "publish", page)


def may_edit_outlet(user: User | AnonymousUser, outlet: Page) -> bool:
    """Name, domains, look: for its publisher and for owners."""
    return outlet.depth == OUTLET_DEPTH and may(user, "change", outlet)


def may_delete(user: User, page: Page) -> bool:
    """
    Publishers may, below their outlet; writers only what is theirs and was never published.

    What readers have seen is withdrawn, not deleted, so that its address says so.
    """
    if user.is_superuser and user.is_active:
        return True
    if page.depth <= OUTLET_DEPTH:
        return False
    if may(user, "bulk_delete", page):
        return True
    never_out = not page.live and page.first_published_at is None
    return never_out and page.owner_id == user.pk and may(user, "change", page)


def may_see(user: User, page: Page) -> bool:
    """Whether the page is in the user's part of the tree, or on the way down to it."""
    if may_see_all_below(user, page):
        return True
    return any(path.startswith(page.path) for path in _parts_of(user))


def may_see_all_below(user: User, page: Page) -> bool:
    """Whether the page and whatever is below it is in the user's part of the tree."""
    if user.is_superuser and user.is_active:
        return True
    return any(page.path.startswith(path) for path in _parts_of(user))


def _parts_of(user: User) -> list[str]:
    rows = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    return [row.page.path for row in rows]


def may_see_file(user: User, file: Any) -> bool:
    """Whether a picture, document or recording is in a collection the user works with."""
    policy = policy_registry.get_by_type(type(file))
    actions = {"choose", "add", "change", "delete"}
    return bool(policy.user_has_any_permission_for_instance(user, actions, file))


def may_manage_people(user: User | AnonymousUser, place: Page) -> bool:
    """Publishers below the place they publish; owners everywhere."""
    if not isinstance(user, User) or not user.is_active:
        return False
    if user.is_superuser:
        return True
    return any(
        place.path.startswith(top.place.path)
        for top in user.assignments.filter(role=Role.PUBLISHER).select_related("place")
    )


def may_manage_any_people(user: User | AnonymousUser) -> bool:
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.is_superuser or user.assignments.filter(role=Role.PUBLISHER).exists()


def roles_to_give(user: User) -> list[Role]:
    """A publisher makes publishers, only an owner makes owners."""
    return [role for role in Role if role != Role.OWNER or user.is_superuser]


def needs_second_factor(user: User) -> bool:
    """Whoever may publish, take money or see readers' data."""
    if user.is_superuser:
        return True
    return Assignment.objects.filter(user=user, role__in=TRUSTED_ROLES).exists()


def only_moderates(user: User | AnonymousUser) -> bool:
    """Whether somebody's roles are moderators' alone. No query for whoever writes or publishes."""
    if not isinstance(user, User) or user.is_superuser:
        return False
    if policy_registry.get_by_type(Page).get_cached_permissions_for_user(user):
        return False
    roles = Assignment.objects.filter(user=user).values_list("role", flat=True)
    return set(roles) == {Role.MODERATOR}
