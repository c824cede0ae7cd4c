"""Who may see mail: those who may see readers; what lets somebody into the desk, owners only."""

from typing import Any

from masthead.accounts.rules import may_manage_any_people


def may_see_mail(user: Any) -> bool:
    return may_manage_any_people(user)


def may_see_staff_mail(user: Any) -> bool:
    """Whoever can read another's link for a new password can be that other."""
    return bool(user.is_active and user.is_superuser)
