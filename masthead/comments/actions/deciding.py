"""Writes of moderators: approve, reject, remove a thread, pick, and the way back from each."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from masthead.accounts.models import User
from masthead.comments.actions.moving import (
    lock_thread,
    move,
    save_with_counts,
    show_anew,
    standing,
)
from masthead.comments.models import Act, Comment, Decision, Reason, Report, State, Thread
from masthead.comments.reporters import tell_later
from masthead.comments.scoring import learn
from masthead.comments.statements import statement

DECIDABLE = {State.HELD, State.APPROVED, State.REJECTED, State.REMOVED}


class AlreadyDecided(Exception):
    """Somebody else was faster. The text says who did what; `by` is their name."""

    def __init__(self, text: str, *, by: str = "") -> None:
        super().__init__(text)
        self.by = by


def approve_comment(
    *, comment: Comment, by: User, at: datetime, seen_as: str | None = None
) -> Decision:
    """
    Let readers see it; reports against it are dismissed.

    seen_as: `Comment.seen_as` when the moderator saw it. When it is another by now, nothing is
    done: of two moderators one wins and the other is told, and nobody approves words that its
    author has put there since. Raises AlreadyDecided.
    """
    return _decide(comment, to=State.APPROVED, act=Act.APPROVE, by=by, at=at, seen_as=seen_as)


def reject_comment(
    *,
    comment: Comment,
    by: User,
    at: datetime,
    reason: str,
    words: str = "",
    seen_as: str | None = None,
) -> Decision:
    """
    Take it away, or never show it. Its author is told why, with a statement of reasons.

    words: the moderator's own, to the author. As `approve_comment`.
    """
    return _decide(
        comment,
        to=State.REJECTED,
        act=Act.REJECT,
        by=by,
        at=at,
        seen_as=seen_as,
        reason=reason,
        words=words,
    )


def _decide(
    comment: Comment,
    *,
    to: State,
    act: Act,
    by: User,
    at: datetime,
    seen_as: str | None,
    reason: str = "",
    words: str = "",
) -> Decision:
    with transaction.atomic():
        thread = lock_thread(comment.thread_id)
        comment = locked(comment)
        _refuse_second(comment, seen_as=seen_as)
        was = comment.state
        before = {"state": was, "reason": comment.reason, "phase": comment.phase}
        had_reports = comment.reports
        counted = standing(comment)
        comment.reports, comment.seen, comment.decided_at = 0, True, at
        save_with_counts(comment, counted, thread=thread)
        if was != to:
            comment.reason, comment.hidden_by = reason, None
            move(comment, to=to, at=at, thread=thread)
        decision = _write_down(
            comment,
            act if was != to else Act.DISMISS,
            at=at,
            by=by,
            thread=thread,
            reason=reason,
            words=words[:1_000],
            before=before,
            statement=statement(comment, act=act, reason=reason, by_machine=False),
        )
        if had_reports:
            _decide_reports(comment, decision, upheld=to != State.APPROVED, at=at)
        if was != to:
            learn([(comment.text, to == State.REJECTED)], language=comment.outlet.language)
    _tell_author(decision)
    return decision


def locked(comment: Comment) -> Comment:
    return (
        Comment.objects.select_for_update(of=("self",))
        .select_related("outlet", "author")
        .get(pk=comment.pk)
    )


def _refuse_second(comment: Comment, *, seen_as: str | None) -> None:
    if comment.state not in DECIDABLE:
        raise AlreadyDecided(_("Its author has taken it back."))
    if seen_as is None or comment.seen_as == seen_as:
        return
    if comment.state == seen_as.partition(" ")[0]:
        raise AlreadyDecided(_("Its author has changed it since. Please look again."))
    last = comment.decisions.filter(by__isnull=False).order_by("-at", "-pk").first()
    who = str(last.by) if last else ""
    words = _("%(who)s was faster: it is “%(state)s” now.")
    raise AlreadyDecided(words % {"who": who, "state": comment.get_state_display()}, by=who)


def _write_down(
    comment: Comment, act: Act, *, at: datetime, by: User | None, **more: Any
) -> Decision:
    """One line of the log about this comment. more: the thread, and what else there is to say."""
    return Decision.objects.create(
        comment=comment,
        act=act,
        at=at,
        by=by,
        outlet_id=comment.outlet_id,
        reader_id=comment.author_id,
        **more,
    )


def _decide_reports(comment: Comment, decision: Decision, *, upheld: bool, at: datetime) -> None:
    Report.objects.filter(comment=comment, state=Report.State.OPEN).update(
        state=Report.State.UPHELD if upheld else Report.State.DISMISSED,
        decision=decision,
        decided_at=at,
    )
    tell_later([comment.pk], at=at)


def record_refusal_by_pipeline(*, comment: Comment, at: datetime) -> Decision:
    """What the program refused by itself is written down as an act of its own."""
    reason = comment.reason if comment.reason in Reason.values else Reason.OTHER
    return _write_down(
        comment,
        Act.REJECT,
        at=at,
        by=None,
        thread_id=comment.thread_id,
        reason=comment.reason,
        before={"state": State.UNPROVED},
        statement=statement(comment, act=Act.REJECT, reason=reason, by_machine=True),
    )


def hold_reported(*, comment: Comment, thread: Thread, at: datetime) -> Decision:
    """Too many readers reported it and nobody has looked: away until somebody has. Call inside the
    transaction that holds the thread's lock."""
    was = comment.state
    comment.phase, comment.reason = "reports", "reported"
    move(comment, to=State.HELD, at=at, thread=thread)
    return _write_down(
        comment,
        Act.HOLD,
        at=at,
        by=None,
        thread=thread,
        reason="reported",
        before={"state": was},
    )


def remove_branch(
    *, comment: Comment, by: User, at: datetime, reason: str, words: str = ""
) -> Decision:
    """
    Take away a comment with everything that answers it. Raises AlreadyDecided.

    What a ban hides in it is this decision's from now on: lifting the ban does not bring it back,
    undoing the decision gives it back to the ban, or shows it when that was lifted meanwhile.
    """
    with transaction.atomic():
        thread = lock_thread(comment.thread_id)
        comment = locked(comment)
        below = [comment, *_below(comment)]
        touched = [each for each in below if each.state in {State.HELD, State.APPROVED}]
        if not touched:
            raise AlreadyDecided(_("Nothing of it is shown any more."))
        before = {"states": {str(each.pk): each.state for each in touched}}
        before |= _take_from_bans(below)
        for each in reversed(touched):  # answers first, so that nothing keeps a place for them
            counted = standing(each)
            each.reports, each.seen = 0, True
            save_with_counts(each, counted, thread=thread)
            each.reason, each.decided_at = reason, at
            move(each, to=State.REMOVED, at=at, thread=thread)
        decision = _write_down(
            comment,
            Act.REMOVE_THREAD,
            at=at,
            by=by,
            thread=thread,
            reason=reason,
            words=words[:1_000],
            before=before,
            number=len(touched),
            statement=statement(comment, act=Act.REMOVE_THREAD, reason=reason, by_machine=False),
        )
        Report.objects.filter(comment__in=touched, state=Report.State.OPEN).update(
            state=Report.State.UPHELD, decision=decision, decided_at=at
        )
        tell_later([each.pk for each in touched], at=at)
    _tell_author(decision)
    return decision


def _take_from_bans(below: list[Comment]) -> dict[str, Any]:
    """Of each its ban and the state it had before; what it has now is the same."""
    hidden = [each for each in below if each.state == State.REMOVED and each.hidden_by_id]
    Comment.objects.filter(pk__in=[each.pk for each in hidden]).update(
        hidden_by=None, state_before=""
    )
    return {"hidden": {str(each.pk): [each.hidden_by_id, each.state_before] for each in hidden}}


def _below(comment: Comment) -> list[Comment]:
    """Everything that answers it, or an answer to it, in the order it was written."""
    root = comment.root_id or comment.pk
    rows = (
        Comment.objects.select_for_update(of=("self",))
        .filter(root=root)
        .order_by("posted_at", "pk")
    )
    inside = {comment.pk}
    found = []
    for row in rows:
        if row.parent_id in inside:
            inside.add(row.pk)
            found.append(row)
    return found


def pick_comment(*, comment: Comment, by: User, at: datetime, pick: bool = True) -> Decision:
    """Show it as worth reading, or no longer. Only what readers can see can be a pick."""
    with transaction.atomic():
        thread = lock_thread(comment.thread_id)
        comment = locked(comment)
        if comment.state != State.APPROVED or comment.is_pick == pick:
            raise AlreadyDecided(_("That has been done already, or it is not shown."))
        counted = standing(comment)
        comment.is_pick, comment.seen = pick, True
        save_with_counts(comment, counted, thread=thread)
        show_anew(thread, [comment], at=at)
        return _write_down(
            comment,
            Act.PICK if pick else Act.UNPICK,
            at=at,
            by=by,
            thread=thread,
        )


def _tell_author(decision: Decision) -> None:
    """By mail and on their page, as soon as the decision is committed."""
    if decision.statement:
        from masthead.comments.jobs import tell_author

        tell_author.later(decision_id=decision.pk)
