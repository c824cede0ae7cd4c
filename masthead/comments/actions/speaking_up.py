"""Writes of readers about others' comments: respect, reports, whom they ignore."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from masthead.comments.actions.deciding import hold_reported
from masthead.comments.actions.moving import lock_thread, save_with_counts, standing
from masthead.comments.models import Comment, Ignored, Person, Report, Respect, State
from masthead.comments.reporters import address_of
from masthead.comments.shown import who
from masthead.readers.models import Reader

# A crowd's respect is printed a moment later, once for all of it.
PRINTED_AFTER = timedelta(seconds=30)
# So many readers' reports take a comment away until somebody has looked.
HOLDS_AFTER = 5


class NotPossible(Exception):
    """Not with this comment, or not by this reader; the text can be shown to them."""


def respect_comment(*, comment: Comment, reader: Reader, at: datetime) -> int:
    """
    Respect a comment, or take it back when one did already; answers how many do.

    Nobody respects themselves. Raises NotPossible.
    """
    if comment.author_id == reader.pk:
        raise NotPossible(_("That is your own comment."))
    with transaction.atomic():
        taken, _by_kind = Respect.objects.filter(comment=comment, reader=reader).delete()
        if not taken:
            try:
                with transaction.atomic():
                    Respect.objects.create(comment=comment, reader=reader, at=at)
            except IntegrityError:  # twice at once
                return comment.respects
        step = -1 if taken else 1
        mine = Comment.objects.filter(pk=comment.pk, state=State.APPROVED)
        if not mine.update(respects=F("respects") + step):
            raise NotPossible(_("That comment is no longer there."))
        if comment.author_id:
            Person.objects.filter(reader=comment.author_id, respected__gte=max(0, -step)).update(
                respected=F("respected") + step
            )
        from masthead.comments.jobs import write_first

        write_first.later(thread_id=comment.thread_id, run_at=at + PRINTED_AFTER)
    return int(Comment.objects.values_list("respects", flat=True).get(pk=comment.pk))


@dataclass(frozen=True)
class Notice:
    """
    What somebody says against a comment. law, name, email: of a notice of illegal content, which
    needs no account. is_answered: whether a mail confirms it, see `readers.budget`.
    """

    reason: str
    words: str = ""
    law: str = ""
    name: str = ""
    email: str = ""
    is_answered: bool = True


def report_comment(
    *, comment: Comment, notice: Notice, reader: Reader | None, at: datetime
) -> Report:
    """
    Tell the moderators about a comment; a reader's second report of it is their first.

    Reports of several readers hold what nobody of the desk has looked at. Notices without an
    account never do by themselves. Who gives notice of illegal content and can be written to is
    told that it has arrived.
    Raises NotPossible for one's own, and for what is gone.
    """
    if reader is not None and comment.author_id == reader.pk:
        raise NotPossible(_("That is your own comment. You can delete it."))
    with transaction.atomic():
        thread = lock_thread(comment.thread_id)
        comment = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
        if comment.state != State.APPROVED:
            raise NotPossible(_("That comment is no longer there."))
        values = {
            "reason": notice.reason,
            "words": notice.words[:1_000],
            "law": notice.law[:500],
            "name": notice.name[:120],
            "email": notice.email[:254],
            "outlet_id": comment.outlet_id,
        }
        if reader is not None:
            mine = Report.objects.filter(comment=comment, reader=reader).first()
            if mine is not None:
                return mine
        report = Report.objects.create(comment=comment, reader=reader, at=at, **values)
        before = standing(comment)
        comment.reports += 1
        save_with_counts(comment, before, thread=thread)
        if comment.author_id:
            Person.objects.filter(reader=comment.author_id).update(reported=F("reported") + 1)
        if reader is not None and not comment.seen and _of_readers(comment) >= HOLDS_AFTER:
            hold_reported(comment=comment, thread=thread, at=at)
        if notice.is_answered and address_of(report):
            from masthead.comments.jobs import confirm_notice

            confirm_notice.later(report_id=report.pk)
    return report


def _of_readers(comment: Comment) -> int:
    """Reports nobody has decided on; notices without an account are as many as one person likes."""
    open_ones = Report.objects.filter(comment=comment, state=Report.State.OPEN)
    return open_ones.filter(reader__isnull=False).count()


def ignore(*, reader: Reader, other: Reader, at: datetime, stop: bool = False) -> None:
    """See nothing of somebody any more, nor hear of them; or stop that. Repeatable."""
    if reader.pk == other.pk:
        raise NotPossible(_("That is you."))
    if stop:
        Ignored.objects.filter(reader=reader, ignored=other).delete()
    else:
        Ignored.objects.get_or_create(reader=reader, ignored=other, defaults={"at": at})


def ignored_by(reader: Reader) -> list[str]:
    """As the names that pages have for people, see `shown.who`."""
    rows = Ignored.objects.filter(reader=reader).order_by("pk")
    return [who(each) for each in rows.values_list("ignored__public_id", flat=True)]
