"""This machine's shelf, as the program's own processes use it."""

from functools import cache

from django.conf import settings

from masthead.press.shelf import Shelf
from masthead.press.shelf.opening import open_shelf


@cache
def own_shelf() -> Shelf:
    return open_shelf(settings.DATA)
