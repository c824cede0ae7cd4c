"""Writes: arranging a front and releasing it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from masthead.accounts.models import User
from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.fronts.models import FrontLayout
from masthead.fronts.queries import ZONES
from masthead.outlets.models import Outlet


class BadLayout(Exception):
    """The slots sent make no front; the text says why."""


class NothingToRelease(Exception):
    pass


def arrange_front(
    *, outlet: Outlet, slots: list[dict[str, Any]], by: User | None, at: datetime
) -> FrontLayout:
    """Keep the editor's draft; readers see it after `release_front`. Raises BadLayout."""
    layout, _created = FrontLayout.objects.update_or_create(
        outlet=outlet,
        state=FrontLayout.State.DRAFT,
        defaults={"slots": [_checked(slot) for slot in slots], "changed_at": at, "by": by},
    )
    return layout


def discard_front(*, outlet: Outlet) -> None:
    """Throw the draft away; what readers see stays."""
    FrontLayout.objects.filter(outlet=outlet, state=FrontLayout.State.DRAFT).delete()


def release_front(*, outlet: Outlet, by: User | None, at: datetime) -> FrontLayout:
    """Make the draft what readers see; the one before is kept. Raises NothingToRelease."""
    with transaction.atomic():
        draft = (
            FrontLayout.objects.select_for_update()
            .filter(outlet=outlet, state=FrontLayout.State.DRAFT)
            .first()
        )
        if draft is None:
            raise NothingToRelease(_("Nothing has been arranged since the last release."))
        FrontLayout.objects.filter(outlet=outlet, state=FrontLayout.State.RELEASED).update(
            state=FrontLayout.State.REPLACED
        )
        draft.state = FrontLayout.State.RELEASED
        draft.released_at = at
        draft.by = by
        draft.save(update_fields=["state", "released_at", "by"])
        note_change(keys=[keys.front(outlet.pk)], at=at)
    return draft


def _checked(slot: dict[str, Any]) -> dict[str, Any]:
    zone = slot.get("zone")
    if not isinstance(zone, str) or zone not in ZONES:
        raise BadLayout(_("There is no such place on the front."))
    return {"zone": zone, "article": _article_id(slot), **_dates(slot)}


def _article_id(slot: dict[str, Any]) -> int:
    no_article = BadLayout(_("A place on the front names no article."))
    try:
        article = int(slot["article"])
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise no_article from error
    if not 0 < article < 2**63:  # more than a column holds; kept, it would break the front
        raise no_article
    return article


def _dates(slot: dict[str, Any]) -> dict[str, str | None]:
    dates: dict[str, str | None] = {}
    for name in ("pinned_from", "pinned_until"):
        text = slot.get(name) or ""
        try:
            instant = parse_datetime(text) if text else None
        except (TypeError, ValueError):
            instant = None
        if text and (instant is None or instant.tzinfo is None):
            raise BadLayout(_("A date of a place on the front cannot be read."))
        dates[name] = instant.isoformat() if instant else None
    if dates["pinned_from"] and dates["pinned_until"]:
        begins, ends = parse_datetime(dates["pinned_from"]), parse_datetime(dates["pinned_until"])
        if begins and ends and begins >= ends:
            raise BadLayout(_("A place on the front ends before it begins."))
    return dates
