"""An edition until it is sent: made, arranged, scheduled, held, dropped."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from masthead.accounts.models import User
from masthead.accounts.rules import may_see_file
from masthead.newsletters.audiences import (
    NoSuchAudience,
    members_of,
    name_of,
    read_audience,
)
from masthead.newsletters.blocks import clean_blocks, pictures_in
from masthead.newsletters.models import Edition, EditionState, Newsletter
from masthead.newsletters.queries import OPEN
from masthead.newsletters.recipes import NothingNew, build_blocks
from masthead.newsletters.wording import words_for
from masthead.outlets.queries import get_sheet
from masthead.pictures.models import Picture

MOST_SUBJECT, MOST_PREHEADER = 150, 200


class EditionRefusal(Exception):
    """It is not done, and the text says why to a person."""


def make_edition(
    *, newsletter: Newsletter, by: User, at: datetime, from_recipe: bool = True
) -> Edition:
    """
    A draft, built by the newsletter's recipe as far as there is anything for it.

    Raises EditionRefusal when the newsletter is closed.
    """
    if newsletter.closed_at is not None:
        raise EditionRefusal(_("This newsletter is closed."))
    blocks = _built(newsletter, at=at) if from_recipe else []
    subject, preheader = words_for(blocks, newsletter=newsletter)
    with transaction.atomic():
        edition = Edition.objects.create(
            newsletter=newsletter,
            subject=subject,
            preheader=preheader,
            blocks=blocks,
            segment=newsletter.audience,
            made_at=at,
            made_by=by,
        )
        _log(edition, "newsletters.edition.make", by)
    return edition


def rebuild_edition(*, edition: Edition, by: User, at: datetime) -> None:
    """The blocks anew by the recipe; subject and the line after it stay. Raises EditionRefusal."""
    blocks = _built(edition.newsletter, at=at)
    if not blocks:
        raise EditionRefusal(_("The recipe finds nothing new at the moment."))
    _change(edition, blocks=blocks)
    _log(edition, "newsletters.edition.arrange", by)


def arrange_edition(
    *,
    edition: Edition,
    subject: str,
    preheader: str,
    blocks: Any,
    by: User,
) -> None:
    """
    Keep what an editor wrote. Raises EditionRefusal once it is on its way, BadBlocks.
    """
    subject, preheader = " ".join(subject.split()), " ".join(preheader.split())
    if len(subject) > MOST_SUBJECT or len(preheader) > MOST_PREHEADER:
        raise EditionRefusal(_("The subject or the line after it is too long."))
    clean = clean_blocks(blocks)
    strangers = pictures_in(clean) - pictures_in(edition.blocks)
    if any(not may_see_file(by, each) for each in Picture.objects.filter(pk__in=strangers)):
        raise EditionRefusal(_("A picture in it belongs to another title; choose one of your own."))
    _change(edition, subject=subject, preheader=preheader, blocks=clean)


def choose_audience(*, edition: Edition, audience: str, by: User) -> None:
    """
    Of the list only those in that part, by its value in `audiences.choices`; empty: everybody.

    Who is in it is asked when the edition is frozen. Raises EditionRefusal once it is on its way,
    or where the part is kept no longer.
    """
    try:
        chosen = read_audience(audience)
    except NoSuchAudience as gone:
        raise EditionRefusal(str(gone)) from gone
    with transaction.atomic():
        _change(edition, segment=chosen)
        _log(edition, "newsletters.edition.audience", by, audience=name_of(chosen))


def schedule_edition(*, edition: Edition, due_at: datetime, by: User, at: datetime) -> None:
    """
    Goes out then by itself; at once for a moment that has come.

    Raises EditionRefusal without a subject or blocks, for a part of the readers that is kept no
    longer, and for a moment more than a year ahead.
    """
    if not edition.subject:
        raise EditionRefusal(_("An edition needs a subject."))
    if not edition.blocks:
        raise EditionRefusal(_("There is nothing in this edition yet."))
    if edition.newsletter.closed_at is not None:
        raise EditionRefusal(_("This newsletter is closed."))
    if edition.segment:
        try:
            members_of(edition.segment)
        except NoSuchAudience as gone:
            raise EditionRefusal(str(gone)) from gone
    if (due_at - at).days > 366:
        raise EditionRefusal(_("That is more than a year ahead."))
    with transaction.atomic():
        _change(edition, state=EditionState.SCHEDULED, due_at=max(due_at, at), trouble="")
        _log(edition, "newsletters.edition.schedule", by, due_at=edition.due_at)


def hold_edition(*, edition: Edition, by: User) -> None:
    """Out of the schedule, for an editor. Raises EditionRefusal once it is on its way."""
    if edition.state == EditionState.HELD:
        raise EditionRefusal(_("It is held already."))
    with transaction.atomic():
        _change(edition, state=EditionState.HELD)
        _log(edition, "newsletters.edition.hold", by)


def drop_edition(*, edition: Edition, by: User) -> None:
    """It is not sent. Raises EditionRefusal once it is on its way."""
    with transaction.atomic():
        _change(edition, state=EditionState.DROPPED)
        _log(edition, "newsletters.edition.drop", by)


def _built(newsletter: Newsletter, *, at: datetime) -> list[dict[str, Any]]:
    sheet = get_sheet(outlet_id=newsletter.outlet_id)
    try:
        return build_blocks(newsletter, sheet=sheet, at=at)
    except NothingNew:
        return []


def _change(edition: Edition, **fields: Any) -> None:
    """Only while it is open, whoever else is at it; in one statement."""
    if not Edition.objects.filter(pk=edition.pk, state__in=OPEN).update(**fields):
        raise EditionRefusal(_("It is on its way, or was dropped; it cannot be changed any more."))
    for field, value in fields.items():
        setattr(edition, field, value)


def _log(edition: Edition, action: str, by: User, **data: Any) -> None:
    told = {"edition": edition.subject, "newsletter": edition.newsletter.name}
    told |= {name: str(value) for name, value in data.items()}
    log(edition.newsletter.outlet, action, user=by, data=told)
