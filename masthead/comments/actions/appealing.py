"""An author objects to a decision, and a person answers."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from masthead.accounts.models import User
from masthead.comments.actions.banning import AlreadyLifted, lift_ban
from masthead.comments.actions.undoing import CannotUndo, undo_decision
from masthead.comments.models import Act, Appeal, Comment, Decision
from masthead.readers.models import Reader

OPEN_FOR = timedelta(days=183)  # six months, as Article 20 of the Digital Services Act asks for
LONGEST = 2_000


class CannotAppeal(Exception):
    """Not against this, not any more, or not twice; the text can be shown to its author."""


class AlreadyAnswered(Exception):
    """Somebody else was faster; the text can be shown to a person."""


def appeal(*, decision: Decision, reader: Reader, words: str, at: datetime) -> Appeal:
    """Object to a decision on one's own comment, or to one's ban, once. Raises CannotAppeal."""
    words = words.strip()[:LONGEST]
    if decision.reader_id != reader.pk or not decision.statement:
        raise CannotAppeal(_("You cannot object to that."))
    if decision.undone_at is not None:
        raise CannotAppeal(_("That has been undone already."))
    if at > decision.at + OPEN_FOR:
        raise CannotAppeal(_("The time to object is over."))
    if not words:
        raise CannotAppeal(_("Please say why you object."))
    outlet_id = decision.outlet_id or _last_outlet(reader)
    if outlet_id is None:
        raise CannotAppeal(_("You cannot object to that."))
    try:
        with transaction.atomic():
            return Appeal.objects.create(
                decision=decision, outlet_id=outlet_id, reader=reader, words=words, at=at
            )
    except IntegrityError as error:
        raise CannotAppeal(_("You have objected to that already.")) from error


def _last_outlet(reader: Reader) -> int | None:
    wrote = Comment.objects.filter(author=reader).order_by("-posted_at", "-pk")
    return wrote.values_list("outlet", flat=True).first()


def answer_appeal(
    *, appeal: Appeal, by: User, at: datetime, grant: bool, answer: str = ""
) -> Decision:
    """
    Grant it, which undoes the decision, or refuse it. Raises AlreadyAnswered.

    What has been changed since stays as it is; the appeal is granted all the same.
    """
    with transaction.atomic():
        appeal = (
            Appeal.objects.select_for_update(of=("self",))
            .select_related("decision__ban")
            .get(pk=appeal.pk)
        )
        if appeal.state != Appeal.State.OPEN:
            raise AlreadyAnswered(_("Somebody has answered already."))
        appeal.state = Appeal.State.GRANTED if grant else Appeal.State.REFUSED
        appeal.answer, appeal.answered_at, appeal.answered_by = answer[:LONGEST], at, by
        appeal.save()
        if grant:
            _take_back(appeal.decision, by=by, at=at)
        made = Decision.objects.create(
            act=Act.APPEAL,
            at=at,
            by=by,
            outlet_id=appeal.outlet_id,
            comment_id=appeal.decision.comment_id,
            reader_id=appeal.reader_id,
            reason=appeal.state,
            words=answer[:1_000],
        )
        from masthead.comments.jobs import tell_appealed

        tell_appealed.later(appeal_id=appeal.pk)
    return made


def _take_back(decision: Decision, *, by: User, at: datetime) -> None:
    try:
        with transaction.atomic():
            if decision.ban is not None:
                lift_ban(ban=decision.ban, by=by, at=at)
            else:
                undo_decision(decision=decision, by=by, at=at)
    except (CannotUndo, AlreadyLifted):
        return
