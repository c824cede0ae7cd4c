"""What happens later: mails to authors, an outlet's rules after it was changed."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.comments.actions.erasing import forget_bans
from masthead.comments.actions.following import follow_article, moved_threads
from masthead.comments.actions.policies import write_house
from masthead.comments.models import Appeal, Comment, Decision, Person, Report, State, Thread
from masthead.comments.notices import tell_daily, tell_of_answer, tell_of_decision, tell_of_reply
from masthead.comments.reporters import confirm_receipt, tell_of_objection, tell_of_outcome
from masthead.comments.shown import for_page
from masthead.jobs.decorator import job
from masthead.jobs.schedule import daily, every

MOVED_AT_ONCE = 500
ADDRESS_KEPT, UNPROVED_KEPT = timedelta(days=30), timedelta(days=7)
NOTIFIER_KEPT = timedelta(days=183)


@job(retries=5, unique=True)
def follow_sheet(*, outlet_id: int, **_: Any) -> None:
    """A new outlet gets the network's rules. Repeatable."""
    write_house(outlet_id=outlet_id, at=timezone.now())


@job(retries=5, unique=True)
def write_first(*, thread_id: int) -> None:
    """The branches on the article's own page, after changes that were left for later."""
    with transaction.atomic():
        thread = Thread.objects.select_for_update().filter(pk=thread_id).first()
        if thread is None:
            return
        first = for_page(thread)
        if first == thread.first:
            return
        thread.first = first
        thread.save(update_fields=["first"])
        note_change(keys=[keys.comments(thread.article_id)], at=timezone.now())


def _is_any_moved() -> bool:
    return moved_threads().exists()


@every(seconds=300, when=_is_any_moved)
def follow_articles(**_: Any) -> None:
    """Threads whose article went to another outlet are that one's to moderate."""
    for thread in moved_threads()[:MOVED_AT_ONCE]:
        follow_article(thread=thread, at=timezone.now())


@daily(at="03:50")
def forget_addresses(**_: Any) -> None:
    """
    Where comments came from is kept for a month; what nobody confirmed, for a week; who gave notice
    without an account, until six months after the decision, or until their objection is answered;
    that somebody is shut out who had themselves erased, for as long as they are.
    """
    now = timezone.now()
    old = Comment.objects.filter(address__isnull=False, posted_at__lt=now - ADDRESS_KEPT)
    old.update(address=None)
    Comment.objects.filter(state=State.UNPROVED, posted_at__lt=now - UNPROVED_KEPT).delete()
    decided = Report.objects.filter(decided_at__lt=now - NOTIFIER_KEPT)
    decided = decided.exclude(appeals__state=Appeal.State.OPEN)  # who objected is told the outcome
    decided.exclude(name="", email="").update(name="", email="")
    forget_bans(at=now)


@job(retries=5)
def tell_author(*, decision_id: int) -> None:
    """Mail a decision's statement of reasons to its author; once, whatever is repeated."""
    rows = Decision.objects.select_related("reader", "comment__thread__published", "ban")
    decision = rows.filter(pk=decision_id).first()
    if decision is not None:
        tell_of_decision(decision=decision, at=timezone.now())


@job(retries=5)
def tell_appealed(*, appeal_id: int) -> None:
    """Mail the answer to an objection; once."""
    found = Appeal.objects.select_related("reader").filter(pk=appeal_id).first()
    if found is None:
        return
    if found.report_id is None:
        tell_of_answer(appeal=found, at=timezone.now())
        return
    report = _reports().get(pk=found.report_id)
    tell_of_objection(appeal=found, report=report, at=timezone.now())


@job(retries=5)
def confirm_notice(*, report_id: int, **_: Any) -> None:
    """Mail that a notice of illegal content has arrived; once."""
    found = _reports().filter(pk=report_id).first()
    if found is not None:
        confirm_receipt(report=found, at=timezone.now())


@job(retries=5, unique=True)
def tell_notifiers(*, comment_id: int, **_: Any) -> None:
    """Mail to who gave notice of a comment what was decided; once for each decision."""
    for report in _reports().filter(comment=comment_id).order_by("pk"):
        tell_of_outcome(report=report, at=timezone.now())


def _reports() -> QuerySet[Report]:
    return Report.objects.select_related("reader", "decision", "comment__thread__published")


@job(retries=5)
def tell_answered(*, comment_id: int) -> None:
    """Mail that somebody answered to whom they answered, who wants it; once for each reply."""
    rows = Comment.objects.select_related("parent__author", "author", "thread__published")
    comment = rows.filter(pk=comment_id).first()
    if comment is not None:
        tell_of_reply(comment=comment, at=timezone.now())


@daily(at="05:30")
def tell_of_the_day(**_: Any) -> None:
    """The daily mails about answers."""
    now = timezone.now()
    wanted = Person.objects.filter(notices=Person.Notices.DAILY).select_related("reader")
    for person in wanted.order_by("pk").iterator():
        tell_daily(person=person, at=now)
