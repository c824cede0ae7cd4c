"""Who may connect accounts, and who may post."""

from typing import Any

from wagtail.models import Page

from masthead.accounts.rules import may_edit_outlet
from masthead.fronts.rules import may_curate


def may_connect(user: Any, outlet: Page) -> bool:
    """Keys, budgets, pausing: the outlet's publisher, and owners."""
    return bool(user.is_active) and may_edit_outlet(user, outlet)


def may_post(user: Any, outlet: Page) -> bool:
    """Approving, trying again, settling doubts, posting by hand: the outlet's editors."""
    return may_curate(user, outlet)


def may_write_words(user: Any, article: Page) -> bool:
    """Own words for networks: whoever may change the article now, which a lock may forbid."""
    may = article.permissions_for_user(user)
    return bool(may.can_edit() and not may.page_locked())
