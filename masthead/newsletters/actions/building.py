"""Editions that build themselves: one for each hour of a newsletter, and never two."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from masthead.newsletters.models import Edition, EditionState, Newsletter, Pace
from masthead.newsletters.recipes import NothingNew, build_blocks
from masthead.newsletters.wording import words_for
from masthead.outlets.queries import get_sheet

# News that comes so late is not sent without a person's looking at it.
STALE_AFTER = timedelta(hours=1)


def build_edition(*, newsletter: Newsletter, slot: datetime, at: datetime) -> Edition | None:
    """
    The edition of an hour; None when that hour has one already, from whichever worker.

    By the newsletter's pace it goes out by itself or waits for an editor. With nothing new it is
    written down as not sent, so that the desk can tell. When the hour is long past, an editor is
    asked. One transaction.
    """
    if Edition.objects.filter(newsletter=newsletter, slot=slot).exists():
        return None
    sheet = get_sheet(outlet_id=newsletter.outlet_id)
    edition = Edition(newsletter=newsletter, slot=slot, due_at=max(slot, at), made_at=at)
    edition.segment = newsletter.audience
    with translation.override(sheet.language):
        try:
            edition.blocks = build_blocks(newsletter, sheet=sheet, at=at)
        except NothingNew:
            edition.state = EditionState.DROPPED
            edition.trouble = _("There was nothing new for this hour.")
        else:
            edition.state = _state(newsletter, slot=slot, at=at)
            if newsletter.pace == Pace.STRAIGHT and edition.state == EditionState.HELD:
                edition.trouble = _overdue()
        edition.subject, edition.preheader = words_for(edition.blocks, newsletter=newsletter)
    try:
        with transaction.atomic():
            edition.save()
    except IntegrityError:
        return None
    return edition


def _state(newsletter: Newsletter, *, slot: datetime, at: datetime) -> EditionState:
    goes_straight = newsletter.pace == Pace.STRAIGHT and at - slot <= STALE_AFTER
    return EditionState.SCHEDULED if goes_straight else EditionState.HELD


def _overdue() -> str:
    return _("Its hour was more than an hour ago. Look at it, then send it or drop it.")
