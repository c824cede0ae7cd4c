"""Threads follow their articles to other outlets."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet

from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.comments.actions.moving import QUEUES, lock_thread
from masthead.comments.models import Appeal, Comment, Decision, House, Report, State, Thread


def moved_threads() -> QuerySet[Thread]:
    """Those whose article is another outlet's by now. One query over all threads."""
    return Thread.objects.exclude(outlet=F("published__outlet")).order_by("pk")


def follow_article(*, thread: Thread, at: datetime) -> None:
    """Hand a thread over to the outlet its article went to, with its queues' numbers. Repeatable"""
    with transaction.atomic():
        thread = lock_thread(thread.pk)
        old, new = thread.outlet_id, thread.published.outlet_id
        if old == new:
            return
        numbers = _numbers(thread)
        for outlet, step in ((old, -1), (new, 1)):
            House.objects.get_or_create(outlet_id=outlet)
            changed = {name: F(name) + step * numbers[name] for name in QUEUES}
            House.objects.filter(outlet=outlet).update(**changed)
        Comment.objects.filter(thread=thread).update(outlet=new)
        Report.objects.filter(comment__thread=thread).update(outlet=new)
        Appeal.objects.filter(decision__thread=thread).update(outlet=new)
        Decision.objects.filter(thread=thread).update(outlet=new)
        Thread.objects.filter(pk=thread.pk).update(outlet=new)
        note_change(keys=[keys.comments(thread.article_id)], at=at)


def _numbers(thread: Thread) -> dict[str, int]:
    shown = Q(state=State.APPROVED)
    found: dict[str, int] = Comment.objects.filter(thread=thread).aggregate(
        held=Count("pk", filter=Q(state=State.HELD)),
        reported=Count("pk", filter=shown & Q(reports__gt=0)),
        new=Count("pk", filter=shown & Q(seen=False)),
        picks=Count("pk", filter=shown & Q(is_pick=True)),
        all=Count("pk", filter=~Q(state=State.UNPROVED)),
    )
    return found
