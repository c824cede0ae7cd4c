"""Writes of authors about what they wrote: a change, and its end."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from masthead.comments.actions.deciding import record_refusal_by_pipeline
from masthead.comments.actions.moving import (
    lock_thread,
    move,
    save_with_counts,
    standing,
)
from masthead.comments.actions.posting import (
    STATES,
    NotTaken,
    Writer,
    judged,
    make_draft,
    note_verdict,
)
from masthead.comments.models import Comment, CommentVersion, Report, State
from masthead.comments.reporters import tell_later
from masthead.comments.wording import TOLD
from masthead.outlets.sheet import Sheet
from masthead.readers.models import Reader

MAY_EDIT_FOR = timedelta(minutes=15)


def edit_comment(
    *, comment: Comment, sheet: Sheet, writer: Writer, text: str, at: datetime
) -> Comment:
    """
    Change one's own comment while that is possible; what it said before is kept for moderators.

    It is judged anew: what was shown can be held again. Raises NotTaken.
    """
    is_own = writer.reader is not None and comment.author_id == writer.reader.pk
    if not is_own or not may_edit(comment, at=at):
        raise NotTaken(str(TOLD["late"]), reason="late")
    draft = make_draft(text, at=at, is_edit=True)
    if draft.text == comment.text:
        return comment
    verdict = judged(comment.thread.published, sheet, writer, draft)
    with transaction.atomic():
        thread = lock_thread(comment.thread_id)
        comment = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
        if not may_edit(comment, at=at):
            raise NotTaken(str(TOLD["late"]), reason="late")
        CommentVersion.objects.create(
            comment=comment,
            number=comment.versions.count() + 1,
            text=comment.text,
            written_at=comment.edited_at or comment.posted_at,
            replaced_at=at,
        )
        counted, comment.seen = standing(comment), False  # nobody has looked at these words
        comment.text, comment.html = draft.text, draft.html
        comment.fingerprint, comment.edited_at = draft.fingerprint, at
        note_verdict(comment, verdict)
        save_with_counts(comment, counted, thread=thread)
        # Held text stays held, whoever edits it until nothing is found in it.
        to = State.HELD if comment.state == State.HELD else STATES[verdict.outcome]
        move(comment, to=to, at=at, thread=thread)
        if to == State.REJECTED:
            record_refusal_by_pipeline(comment=comment, at=at)
    return comment


def may_edit(comment: Comment, *, at: datetime) -> bool:
    return comment.state in {State.APPROVED, State.HELD} and at < comment.posted_at + MAY_EDIT_FOR


def delete_comment(*, comment: Comment, reader: Reader, at: datetime) -> None:
    """
    Take one's own comment back for good. Answers to it stay. Raises NotTaken for another's.

    Its text and what it said before are gone from the database as well.
    """
    if comment.author_id != reader.pk:
        raise NotTaken(_("That is not your comment."), reason="not-yours")
    with transaction.atomic():
        thread = lock_thread(comment.thread_id)
        comment = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
        if comment.state in {State.DELETED, State.ERASED}:
            return
        empty(comment)
        before, comment.reports = standing(comment), 0
        save_with_counts(comment, before, thread=thread)
        void_reports([comment.pk], at=at)
        move(comment, to=State.DELETED, at=at, thread=thread)


def void_reports(comments: list[int], *, at: datetime) -> None:
    """There is nothing left to decide about what was said against these."""
    open_ones = Report.objects.filter(comment__in=comments, state=Report.State.OPEN)
    open_ones.update(state=Report.State.VOID, decided_at=at)
    tell_later(comments, at=at)


def empty(comment: Comment) -> None:
    """Nothing of what it said is left."""
    comment.versions.all().delete()
    comment.text = comment.html = comment.fingerprint = ""
    comment.marks = []
    comment.is_pick = False
    comment.address = None
