"""The lists, for the shelf."""

from typing import Any
from uuid import UUID

from masthead.comments import pages
from masthead.outlets.page import PageMissing, ReaderPage
from masthead.press.asking import Asking
from masthead.press.reader_view import ReaderView
from masthead.press.render import Printed


def _newest(asking: Asking, public_id: UUID) -> ReaderPage:
    return pages.list_page(asking, public_id=public_id, order="newest")


def _in_order(asking: Asking, public_id: str, order: str) -> ReaderPage:
    try:
        return pages.list_page(asking, public_id=UUID(public_id), order=order)
    except ValueError as error:
        raise PageMissing from error


def _branch(asking: Asking, public_id: UUID, comment_id: UUID) -> ReaderPage:
    return pages.branch_page(asking, public_id=public_id, comment_id=comment_id)


def _live(asking: Asking, public_id: UUID) -> Printed:
    return pages.live(asking, public_id=public_id)


def _busy(asking: Asking) -> ReaderPage:
    return pages.busy(asking)


def _busy_words(asking: Asking) -> Printed:
    return pages.busy_words(asking)


_LIST: dict[str, Any] = {"params": ("after",), "on_shelf": True, "is_linked": pages.is_linked}
newest = ReaderView(_newest, **_LIST)
in_order = ReaderView(_in_order, **_LIST)
branch = ReaderView(_branch, **_LIST)
live = ReaderView(_live, params=(), on_shelf=True)
busy = ReaderView(_busy, params=(), on_shelf=True)
busy_words = ReaderView(_busy_words, params=(), on_shelf=True)
