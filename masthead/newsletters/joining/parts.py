"""The box below an article by which readers join."""

from collections.abc import Mapping
from typing import Any

from masthead.newsletters.joining.offered import offered_by
from masthead.press.page_parts import PagePart


def sign_up(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """The sheet says what is offered: no query. It posts plainly and needs no script."""
    offered = offered_by(context["sheet"])
    return {"offered": offered} if offered else None


SIGN_UP = PagePart(
    name="sign-up",
    place="after_text",
    template="newsletters/joining/box.html",
    build=sign_up,
    css=("sign-up",),
    order=50,
    is_of_sheet=True,
)


def account_links(context: Mapping[str, Any]) -> dict[str, Any] | None:
    return {}


ACCOUNT_LINKS = PagePart(
    name="account-links",
    place="footer",
    template="newsletters/joining/account_links.html",
    build=account_links,
    is_of_sheet=True,
)
