"""Wagtail's page signals, where they change what readers' pages know of the outlets."""

from typing import Any

from django.utils import timezone
from wagtail.models import Page

from masthead.outlets.actions import record_move, write_sheets
from masthead.outlets.addresses import path_below
from masthead.outlets.models import Outlet, PlainPage, Section

IN_SHEETS = (Outlet, Section, PlainPage)


def rewrite_sheets(sender: type[Page], instance: Page, **_: Any) -> None:
    if issubclass(sender, IN_SHEETS):
        write_sheets(at=timezone.now())


def follow_slug(sender: type[Page], instance: Page, instance_before: Page, **_: Any) -> None:
    """A renamed address: a redirect for it and all below."""
    if isinstance(instance, Outlet):
        write_sheets(at=timezone.now())
        return
    _moved(instance, instance_before.url_path, instance.url_path)


def follow_move(
    sender: type[Page], instance: Page, url_path_before: str, url_path_after: str, **_: Any
) -> None:
    """A page moved to another parent of the same outlet."""
    _moved(instance, url_path_before, url_path_after)
    if issubclass(sender, IN_SHEETS):
        write_sheets(at=timezone.now())


def _moved(page: Page, before: str, after: str) -> None:
    outlet = Outlet.objects.filter(path=page.path[: 2 * Page.steplen]).first()
    if outlet is not None and before.split("/")[1:2] == after.split("/")[1:2]:
        record_move(outlet_id=outlet.pk, old_path=path_below(before), new_path=path_below(after))
