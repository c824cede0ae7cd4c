"""Writes: a place of an outlet as the ad desk wants it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from masthead.accounts.models import User
from masthead.ads.models import Place, Placement
from masthead.ads.places.offered import KINDS, LEAST_WORDS, tell_pages
from masthead.ads.providers import find_provider
from masthead.ads.selling.actions.telling import note, refuse_elsewhere
from masthead.outlets.models import Outlet


@dataclass(frozen=True)
class Wanted:
    """
    As `Placement` says; kinds: empty for all the place has. consent_script: a path on the outlet's
    own host, for a provider that needs consent.
    """

    is_on: bool
    kinds: Sequence[str] = ()
    words: int = 300
    provider: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)


def set_place(*, outlet: Outlet, place: Place, wanted: Wanted, by: User, at: datetime) -> Placement:
    """
    Open, close or change a place; the outlet's pages are printed anew.

    One write transaction. Raises NotAllowed for whoever does not sell there, ValidationError with
    sentences for what cannot be.
    """
    refuse_elsewhere(by, [outlet])
    _check(place, wanted)
    values = {
        "is_on": wanted.is_on,
        "page_kinds": list(wanted.kinds),
        "words_between": wanted.words,
        "provider": wanted.provider,
        "settings": dict(wanted.settings) if wanted.provider else {},
    }
    with transaction.atomic():
        placement, _made = Placement.objects.update_or_create(
            outlet=outlet, place=place, defaults=values
        )
        note(outlet, "place.set", by=by, place=place.value, is_on=wanted.is_on)
        tell_pages(at=at)
    return placement


def _check(place: Place, wanted: Wanted) -> None:
    if not set(wanted.kinds) <= set(KINDS[place]):
        raise ValidationError(_("This place does not exist on such pages."))
    if place == Place.IN_TEXT and wanted.words < LEAST_WORDS:
        raise ValidationError(
            _("Leave at least %(words)s words between two places.") % {"words": LEAST_WORDS}
        )
    if not wanted.provider:
        return
    provider = find_provider(wanted.provider)
    if provider is None:
        raise ValidationError(_("Nobody of that name fills places."))
    provider.check(dict(wanted.settings))
