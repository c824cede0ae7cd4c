"""Who may see readers' records: publishers and owners."""

from typing import Any

from masthead.accounts.rules import may_manage_any_people


def may_see_readers(user: Any) -> bool:
    """A reader belongs to no outlet, so whoever publishes one of them may see all."""
    return may_manage_any_people(user)
