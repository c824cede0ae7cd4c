"""What a person decides about an edition that goes out."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from masthead.accounts.models import User
from masthead.mail.models import State
from masthead.newsletters.models import Delivery, DomainPace, Edition, EditionState, WarmUp
from masthead.newsletters.sending import doubts
from masthead.newsletters.sending.claims import WAITING

SCHEDULABLE = (EditionState.DRAFT, EditionState.HELD, EditionState.SCHEDULED)
GOING_OUT = (EditionState.FREEZING, EditionState.SENDING)


class NotNow(Exception):
    """The edition is in another state than that; the text says so to a person."""


class NoDoubt(Exception):
    """Somebody has decided already, or there never was a doubt."""


def schedule_edition(*, edition: Edition, at: datetime, by: User | None) -> None:
    """
    It goes out at that moment, or at once when that has passed less than an hour ago.

    Printed and frozen then, not now. at: aware. Raises NotNow.
    """
    _change(edition, SCHEDULABLE, state=EditionState.SCHEDULED, due_at=at, trouble="")


def unschedule_edition(*, edition: Edition, by: User | None) -> None:
    """Back to a draft. Raises NotNow when it is already going out."""
    _change(edition, (EditionState.SCHEDULED,), state=EditionState.DRAFT, trouble="")


def pause_edition(*, edition: Edition, by: User | None) -> None:
    """
    Nothing more is given to the mail server from the next commit on; what it has been given it
    has. Raises NotNow.
    """
    _change(edition, GOING_OUT, state=EditionState.PAUSED)


def resume_edition(*, edition: Edition, by: User | None) -> None:
    """Goes on where it was. Raises NotNow."""
    state = EditionState.SENDING if edition.frozen_at else EditionState.FREEZING
    _change(edition, (EditionState.PAUSED,), state=state, trouble="", lease_until=None)


def stop_edition(*, edition: Edition, by: User | None, at: datetime) -> None:
    """
    Nobody else gets it, for good. Rows that wait are noted as not sent; what is under way just now
    or in doubt stays to be cleared. Raises NotNow.
    """
    with transaction.atomic():
        _change(edition, (*GOING_OUT, EditionState.PAUSED), state=EditionState.STOPPED, trouble="")
        waiting = Delivery.objects.filter(edition=edition, state__in=WAITING)
        waiting.update(state=State.SUPPRESSED, answer="")


def send_to_new_joiners(*, edition: Edition, by: User | None) -> None:
    """Frozen once more: whoever has no copy yet and may have one gets it. Raises NotNow."""
    _change(edition, (EditionState.SENT,), state=EditionState.FREEZING, finished_at=None)


def resolve_doubt(*, delivery: Delivery, sent: bool, by: User | None, at: datetime) -> None:
    """
    A person knows what became of a mail. sent: it was accepted; else it is sent again, once.

    Raises NoDoubt.
    """
    if not doubts.settle_doubt(delivery, sent=sent, at=at):
        raise NoDoubt(gettext("Nothing is in doubt about this mail any more."))
    wake(delivery.edition_id)


def wake(edition_id: int) -> None:
    """Have its rows looked at again at once, when no sender does already."""
    Edition.objects.filter(pk=edition_id, lease_by="").update(lease_until=None)


def set_pace(*, domain: str, a_minute: int | None, a_day: int | None) -> DomainPace:
    """domain: lower-case, "" for all mail together. None: no limit. What was used stays counted."""
    pace, _ = DomainPace.objects.update_or_create(
        domain=domain.lower().strip(), defaults={"a_minute": a_minute, "a_day": a_day}
    )
    _wake_all()
    return pace


def drop_pace(*, domain: str) -> bool:
    deleted, _ = DomainPace.objects.filter(domain=domain.lower().strip()).delete()
    _wake_all()
    return bool(deleted)


def plan_warm_up(*, first: int, last: int, days: int, at: datetime) -> WarmUp:
    """In place of the plan before, from today (UTC) on."""
    with transaction.atomic():
        WarmUp.objects.all().delete()
        plan = WarmUp.objects.create(began_on=at.date(), first=first, last=last, days=days)
    _wake_all()
    return plan


def _wake_all() -> None:
    Edition.objects.filter(state__in=GOING_OUT, lease_by="").update(lease_until=None)


def _change(edition: Edition, before: tuple[EditionState, ...], **values: object) -> None:
    found = Edition.objects.filter(pk=edition.pk, state__in=before)
    if not found.update(**values):
        edition.refresh_from_db()
        state = edition.get_state_display()
        raise NotNow(gettext("The edition is in another state: %(state)s.") % {"state": state})
    edition.refresh_from_db()
