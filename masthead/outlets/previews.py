"""
How `press` prints pages and what a front looks like, for the previews of the apps below them.

Both are handed in when the program starts; nothing here imports upwards.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils import timezone, translation

from masthead.outlets.page import ReaderPage
from masthead.outlets.sheet import Sheet

_printers: list[Callable[[ReaderPage, datetime], HttpResponse]] = []
_fronts: list[Callable[[Sheet, datetime], ReaderPage]] = []


def set_preview_printer(printer: Callable[[ReaderPage, datetime], HttpResponse]) -> None:
    _printers[:] = [printer]


def set_front_builder(builder: Callable[[Sheet, datetime], ReaderPage]) -> None:
    _fronts[:] = [builder]


def preview_response(page: ReaderPage, *, at: datetime) -> HttpResponse:
    """The page with a ribbon saying that it is a preview; never stored on the way."""
    return _printers[0](page, at)


def preview_outlet(outlet: Any) -> HttpResponse:
    """The outlet's front in the look of its unsaved draft."""
    from masthead.outlets.actions import sheet_data
    from masthead.outlets.models import Outlet

    sisters = list(Outlet.objects.live().order_by("path"))
    sheet = Sheet.from_row(sheet_data(outlet=outlet, sisters=sisters), prefix=f"/{outlet.slug}")
    now = timezone.now()
    with translation.override(sheet.language), timezone.override(sheet.timezone):
        return preview_response(_fronts[0](sheet, now), at=now)
