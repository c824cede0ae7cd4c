"""Writes about readers."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from masthead.accounts.models import User
from masthead.readers.classes import note_benefits
from masthead.readers.models import Benefit, Consent, Entitlement, Label, Note, Reader


class AlreadyEnded(Exception):
    """A grant that is over; the text can be shown to a person."""


def find_or_add_reader(*, email: str, at: datetime, user: User | None = None) -> Reader:
    """The reader with this address; made when new, and tied to the user when one is given."""
    reader, _made = Reader.objects.get_or_create(
        email=email.strip().lower(), defaults={"joined_at": at}
    )
    if user is not None and reader.user_id is None:
        reader.user = user
        reader.save(update_fields=["user"])
    return reader


def grant_entitlement(
    *,
    reader: Reader,
    benefit: Benefit,
    by: User,
    at: datetime,
    until: datetime | None = None,
    named: str = "",
) -> Entitlement:
    """
    Give a benefit by hand; named: which of several. Granting again changes the end of the grant
    that runs, never adds a second one; one that is over stays as history.
    """
    what = {
        "reader": reader,
        "benefit": benefit,
        "named": named,
        "source": Entitlement.Source.BY_HAND,
    }
    with transaction.atomic():
        Reader.objects.select_for_update().get(pk=reader.pk)  # two at once count as two
        given = Entitlement.objects.filter(**what)
        entitlement = given.filter(Q(ends_at=None) | Q(ends_at__gt=at)).first()
        if entitlement is None:
            number = given.count()
            entitlement = Entitlement(**what, source_ref=str(number or ""), starts_at=at)
        entitlement.ends_at, entitlement.granted_by = until, by
        entitlement.save()
        note_benefits(reader=reader, at=at)
    return entitlement


def end_entitlement(*, entitlement: Entitlement, at: datetime) -> None:
    """
    End a grant now; it stays as history, unless it has not begun. Raises AlreadyEnded.
    """
    if entitlement.ends_at is not None and entitlement.ends_at <= at:
        raise AlreadyEnded(_("That has ended already."))
    with transaction.atomic():
        if entitlement.starts_at >= at:
            entitlement.delete()
        else:
            entitlement.ends_at = at
            entitlement.save(update_fields=["ends_at"])
        note_benefits(reader=entitlement.reader, at=at)


def note_consent(
    *,
    reader: Reader,
    what: str,
    given: bool,
    words: str,
    place: str,
    proof: str,
    at: datetime,
    outlet_id: int | None = None,
    detail: str = "",
) -> Consent:
    """One line of history: what a reader agreed to or took back (see `Consent`)."""
    return Consent.objects.create(
        reader=reader,
        what=what,
        given=given,
        words=words,
        place=place[:300],
        proof=proof,
        detail=detail[:200],
        outlet_id=outlet_id,
        at=at,
    )


def label_reader(*, reader: Reader, name: str) -> Label:
    """Put a label on; it is made when nobody has it yet. Again changes nothing."""
    label, _made = Label.objects.get_or_create(name=" ".join(name.split())[:40])
    reader.labels.add(label)
    return label


def take_label_off(*, reader: Reader, label: Label) -> None:
    """A label that is on nobody any more goes too."""
    with transaction.atomic():
        reader.labels.remove(label)
        if not label.readers.exists():
            label.delete()


def write_note(*, reader: Reader, text: str, by: User, at: datetime) -> Note:
    return Note.objects.create(reader=reader, text=text.strip()[:2_000], by=by, at=at)
