"""
How `press` prints a page for one person, for the apps below it; handed in when the program starts.

Such a page lies on no shelf and in no cache.
"""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from masthead.outlets.page import ReaderPage

Printer = Callable[[ReaderPage, HttpRequest, datetime], HttpResponse]
_printers: list[Printer] = []


def set_personal_printer(printer: Printer) -> None:
    _printers[:] = [printer]


def personal_response(page: ReaderPage, *, request: HttpRequest, at: datetime) -> HttpResponse:
    """The page in its outlet's look, `private, no-store`; its address is told to no other site."""
    return _printers[0](page, request, at)
