"""The way back from what moderators did."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from masthead.accounts.models import User
from masthead.comments.actions.deciding import locked
from masthead.comments.actions.moving import (
    lock_thread,
    move,
    save_with_counts,
    show_anew,
    standing,
)
from masthead.comments.models import Act, Appeal, Ban, Comment, Decision, Report, State, Thread


class CannotUndo(Exception):
    """It was undone before, or what it changed has been changed again."""


def undo_decision(*, decision: Decision, by: User, at: datetime) -> Decision:
    """
    Take an act back: each comment gets the state it had, unless somebody changed it since.

    Raises CannotUndo.
    """
    with transaction.atomic():
        decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
        if decision.undone_at is not None or decision.comment_id is None:
            raise CannotUndo(_("That has been undone already."))
        number = _take_back(decision, at=at)
        decision.undone_at = at
        decision.save(update_fields=["undone_at"])
        return Decision.objects.create(
            act=Act.UNDO,
            at=at,
            by=by,
            outlet_id=decision.outlet_id,
            thread_id=decision.thread_id,
            comment_id=decision.comment_id,
            reader_id=decision.reader_id,
            undoes=decision,
            number=number,
        )


_MADE: dict[str, str] = {
    Act.APPROVE: State.APPROVED,
    Act.REJECT: State.REJECTED,
    Act.REMOVE_THREAD: State.REMOVED,
    Act.HOLD: State.HELD,
}


def _take_back(decision: Decision, *, at: datetime) -> int:
    comment = decision.comment
    assert comment is not None
    thread = lock_thread(comment.thread_id)
    if decision.act in {Act.PICK, Act.UNPICK}:
        comment = locked(comment)
        counted = standing(comment)
        comment.is_pick = decision.act == Act.UNPICK
        save_with_counts(comment, counted, thread=thread)
        show_anew(thread, [comment], at=at)
        return 1
    if decision.act == Act.DISMISS:
        comment = locked(comment)
        if comment.state != State.APPROVED:
            raise CannotUndo(_("What it changed has been changed again since."))
        return _count_again(decision, comment, thread=thread)
    if decision.act not in _MADE:
        raise CannotUndo(_("That cannot be undone here."))
    states: dict[str, str] = decision.before.get("states") or {
        str(comment.pk): decision.before["state"]
    }
    states |= _give_back_to_bans(decision.before.get("hidden", {}))
    rows = (
        Comment.objects.select_for_update(of=("self",))
        .filter(pk__in=[int(pk) for pk in states], state=_MADE[decision.act])
        .order_by("posted_at", "pk")
    )
    number = 0
    for row in rows:
        to = State(states[str(row.pk)])
        row.reason = decision.before.get("reason", "")
        move(row, to=State.HELD if to == State.UNPROVED else to, at=at, thread=thread)
        _count_again(decision, row, thread=thread)
        number += 1
    if not number:
        raise CannotUndo(_("What it changed has been changed again since."))
    return number


def _give_back_to_bans(hidden: dict[str, tuple[int, str]]) -> dict[str, str]:
    """What bans in force hid before stays hidden by them; the others' states, to be given back."""
    lifted: dict[str, str] = {}
    in_force = Ban.objects.filter(pk__in={ban for ban, _state in hidden.values()}, lifted_at=None)
    bans = set(in_force.values_list("pk", flat=True))
    for pk, (ban, state) in hidden.items():
        if ban in bans:
            Comment.objects.filter(pk=int(pk), state=State.REMOVED, hidden_by=None).update(
                hidden_by=ban, state_before=state
            )
        else:
            lifted[pk] = state
    return lifted


def _count_again(decision: Decision, comment: Comment, *, thread: Thread) -> int:
    """What was said against it and had been decided with that is open again; how many."""
    decided = Report.objects.filter(decision=decision, comment=comment)
    # What was objected to is no more; whoever did hears of the next decision, and can do so again.
    Appeal.objects.filter(report__in=decided, state=Appeal.State.OPEN).delete()
    reopened = decided.update(state=Report.State.OPEN, decision=None, decided_at=None)
    if reopened:
        counted = standing(comment)
        comment.reports += reopened
        save_with_counts(comment, counted, thread=thread)
    return reopened
