"""Somebody objects to a decision, and a person answers."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from masthead.accounts.models import User
from masthead.comments.actions.banning import AlreadyLifted, lift_ban
from masthead.comments.actions.deciding import AlreadyDecided, reject_comment
from masthead.comments.actions.moving import lock_thread
from masthead.comments.actions.undoing import CannotUndo, undo_decision
from masthead.comments.models import Act, Appeal, Comment, Decision, Reason, Report
from masthead.comments.queries import decision_that_hides
from masthead.comments.rules import is_left_to_another, may_answer
from masthead.readers.models import Reader

OPEN_FOR = timedelta(days=183)  # six months, as Article 20 of the Digital Services Act asks for
LONGEST = 2_000


class CannotAppeal(Exception):
    """Not against this, not any more, or not twice; the text can be shown to its author."""


class AlreadyAnswered(Exception):
    """Somebody else was faster; the text can be shown to a person."""


class CannotAnswer(Exception):
    """Not by this person, or not without a reason; the text can be shown to them."""


def appeal(*, decision: Decision, reader: Reader, words: str, at: datetime) -> Appeal:
    """Object to a decision on one's own comment, or to one's ban, once. Raises CannotAppeal."""
    if decision.reader_id != reader.pk or not decision.statement:
        raise CannotAppeal(_("You cannot object to that."))
    if decision.undone_at is not None:
        raise CannotAppeal(_("That has been undone already."))
    outlet_id = decision.outlet_id or _last_outlet(reader)
    if outlet_id is None:
        raise CannotAppeal(_("You cannot object to that."))
    made = Appeal(decision=decision, outlet_id=outlet_id, reader=reader, words=words, at=at)
    return _kept(made, decided_at=decision.at)


def why_no_objection(report: Report, *, at: datetime) -> str:
    """Why whoever gave this notice cannot object to what became of it; empty: they can."""
    if report.state == Report.State.OPEN:
        return _("Nobody has decided on your notice yet.")
    if report.state != Report.State.DISMISSED or report.decision is None:
        return _("The comment is gone: there is nothing to object to.")
    if report.decided_at is None or at > report.decided_at + OPEN_FOR:
        return _("The time to object is over.")
    if Appeal.objects.filter(report=report, decision=report.decision_id).exists():
        return _("You have objected to that already.")
    return ""


def object_to_outcome(*, report: Report, words: str, at: datetime) -> Appeal:
    """
    Object to that a comment stays of which one gave notice, once a decision.

    Whoever calls this has seen that they can be written to as who gave it. Raises CannotAppeal.
    """
    cannot = why_no_objection(report, at=at)
    if cannot or report.decision is None or report.decided_at is None:
        raise CannotAppeal(cannot)
    made = Appeal(
        decision=report.decision,
        report=report,
        outlet_id=report.outlet_id,
        reader=report.reader,
        words=words,
        at=at,
    )
    return _kept(made, decided_at=report.decided_at)


def _kept(made: Appeal, *, decided_at: datetime) -> Appeal:
    made.words = made.words.strip()[:LONGEST]
    if made.at > decided_at + OPEN_FOR:
        raise CannotAppeal(_("The time to object is over."))
    if not made.words:
        raise CannotAppeal(_("Please say why you object."))
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise CannotAppeal(_("You have objected to that already.")) from error
    return made


def _last_outlet(reader: Reader) -> int | None:
    wrote = Comment.objects.filter(author=reader).order_by("-posted_at", "-pk")
    return wrote.values_list("outlet", flat=True).first()


def answer_appeal(
    *, appeal: Appeal, by: User, at: datetime, grant: bool, answer: str = ""
) -> Decision:
    """
    Grant it, which takes an author's decision back and a notifier's comment away, or refuse it.

    What has been changed since stays as it is; the appeal is granted all the same. Refusing needs
    an answer, and whoever decided first leaves it to somebody else, where there is one.
    Who answers has to have the right to the decision itself (`may_answer`).
    Raises AlreadyAnswered, CannotAnswer.
    """
    answer = answer.strip()[:LONGEST]
    with transaction.atomic():
        _lock_what_it_is_about(appeal)
        appeal = (
            Appeal.objects.select_for_update(of=("self",))
            .select_related(
                "decision__ban",
                "decision__comment__outlet",
                "decision__by",
                "decision__outlet",
                "outlet",
            )
            .get(pk=appeal.pk)
        )
        if appeal.state != Appeal.State.OPEN:
            raise AlreadyAnswered(_("Somebody has answered already."))
        if not may_answer(by, appeal):
            raise CannotAnswer(_("Whoever may take such a decision answers this objection."))
        if is_left_to_another(appeal, user=by):
            raise CannotAnswer(_("You decided first: somebody else answers this objection."))
        if not grant and not answer:
            raise CannotAnswer(_("Please say why the decision stands."))
        appeal.state = Appeal.State.GRANTED if grant else Appeal.State.REFUSED
        appeal.answer, appeal.answered_at, appeal.answered_by = answer, at, by
        appeal.save()
        if grant and appeal.report_id is None:
            _take_back(appeal.decision, by=by, at=at)
        elif grant:
            _take_away(appeal, by=by, at=at)
        made = Decision.objects.create(
            act=Act.APPEAL if appeal.report_id is None else Act.OBJECTION,
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


def _lock_what_it_is_about(appeal: Appeal) -> None:
    """First the decision and the thread, in the order in which undoing the decision locks them."""
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=appeal.decision_id)
    if decision.thread_id is not None:
        lock_thread(decision.thread_id)
    if not Appeal.objects.filter(pk=appeal.pk).exists():
        raise AlreadyAnswered(_("What it objected to has been undone."))


def _take_back(decision: Decision, *, by: User, at: datetime) -> None:
    try:
        with transaction.atomic():
            if decision.ban is not None:
                lift_ban(ban=decision.ban, by=by, at=at)
            else:
                undo_decision(decision=decision, by=by, at=at)
    except (CannotUndo, AlreadyLifted):
        return


def _take_away(appeal: Appeal, *, by: User, at: datetime) -> None:
    """
    The notice is upheld by what took the comment away, now or meanwhile for another reason; void
    when its author did. Undoing that opens the notice again, as with any decision on it.
    """
    comment = appeal.decision.comment
    if comment is None or appeal.report_id is None:
        return
    comment.refresh_from_db(fields=["state", "hidden_by"])
    taken = decision_that_hides(comment)
    if taken is None:
        with suppress(AlreadyDecided):  # by its author
            taken = reject_comment(comment=comment, by=by, at=at, reason=Reason.ILLEGAL)
    if taken is not None and taken.act == Act.BAN:
        # What a ban hides keeps the number of its reports, and is counted by it when it is back.
        Comment.objects.filter(pk=comment.pk).update(reports=F("reports") + 1)
    state = Report.State.UPHELD if taken is not None else Report.State.VOID
    Report.objects.filter(pk=appeal.report_id).update(state=state, decision=taken, decided_at=at)
