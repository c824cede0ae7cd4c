"""Who may publish what."""

from wagtail.models import Page

from masthead.accounts.models import User


def may_publish(user: User, page: Page) -> bool:
    return bool(page.permissions_for_user(user).can_publish())
