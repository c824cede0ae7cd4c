"""Wagtail's page signals, where they change what readers' pages know of the outlets."""

from typing import Any

from django.utils import timezone
from wagtail.models import Page

from masthead.accounts.grants import collection_for
from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.outlets.actions import record_move, write_sheets
from masthead.outlets.addresses import path_below
from masthead.outlets.models import Outlet, PlainPage, Section
from masthead.outlets.queries import find_outlet_before, find_outlet_of

IN_SHEETS = (Outlet, Section, PlainPage)


def rewrite_sheets(sender: type[Page], instance: Page, **_: Any) -> None:
    if issubclass(sender, IN_SHEETS):
        write_sheets(at=timezone.now())
    if isinstance(instance, Outlet):
        collection_for(instance)  # its files are found under the name it has now
    if issubclass(sender, PlainPage):
        _note(instance, keys.plain_page(instance.pk))


def take_off(sender: type[Outlet], instance: Outlet, **_: Any) -> None:
    """A deleted outlet takes its sheet along, before anybody sees that it is gone."""
    note_change(gone=[keys.outlet(instance.pk)], at=timezone.now())


def _note(page: Page, key: str) -> None:
    """What was taken down or deleted must not be shown again."""
    is_there = PlainPage.objects.live().filter(pk=page.pk).exists()
    note_change(keys=[key] if is_there else [], gone=[] if is_there else [key], at=timezone.now())


def follow_slug(sender: type[Page], instance: Page, instance_before: Page, **_: Any) -> None:
    """A renamed address: a redirect for it and all below."""
    if isinstance(instance, Outlet):
        write_sheets(at=timezone.now())
        return
    _moved(instance, instance_before.url_path, instance.url_path)


def follow_move(
    sender: type[Page], instance: Page, url_path_before: str, url_path_after: str, **_: Any
) -> None:
    """A page moved to another parent, of the same outlet or of another."""
    _moved(instance, url_path_before, url_path_after)
    if issubclass(sender, IN_SHEETS):
        write_sheets(at=timezone.now())


def _moved(page: Page, before: str, after: str) -> None:
    outlet = find_outlet_of(page)
    former = outlet and find_outlet_before(outlet, before=before, after=after)
    if outlet is not None and former is not None:
        record_move(
            outlet_id=former.pk,
            old_path=path_below(before),
            new_path=path_below(after),
            to_outlet_id=outlet.pk,
        )
