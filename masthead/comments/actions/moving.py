"""
From one state to another: the one place that changes a comment's state, with all that hangs on it.

Places in the thread, counts, the author's record, the page's own branches and what is printed are
changed in the same transaction, so none of them ever tells of a text that is not approved.
"""

from datetime import datetime

from django.db.models import F
from django.db.models.functions import Greatest

from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.comments.models import Comment, House, Person, State, Thread
from masthead.comments.shown import for_page

REFUSED = {State.REJECTED, State.REMOVED}
QUEUES = ("held", "reported", "new", "picks", "all")


def lock_thread(thread_id: int) -> Thread:
    """Before anything in it is changed: whoever comes second waits here."""
    return Thread.objects.select_for_update().get(pk=thread_id)


def move(comment: Comment, *, to: State, at: datetime, thread: Thread) -> None:
    """
    Put a comment into another state. Call inside a transaction that holds `thread`'s lock.

    Its other fields are saved as they are. A comment that goes but has answers keeps its place
    without its text; one that went without leaves nothing, nor does a place it was the last
    answer to.
    """
    before = _standing(comment)
    had_place, was = comment.has_place, comment.state
    comment.state = to
    if to == State.APPROVED and comment.decided_at is None:
        comment.decided_at = at
    comment.has_place = to == State.APPROVED or (had_place and _has_answers(comment))
    comment.save()
    after = _standing(comment)
    count(comment, before, after, thread=thread)
    _keep_record(comment, was=was)
    if comment.has_place != had_place:
        _change_places(comment, thread=thread)
    if to == State.APPROVED and was != to:
        _tell_answered(comment)
    if had_place or comment.has_place:
        show_anew(thread, [comment], at=at, at_once=was == State.APPROVED)


def save_with_counts(comment: Comment, before: dict[str, int], *, thread: Thread) -> None:
    """After something that counts changed but not the state: a report, a look, a pick."""
    comment.save()
    count(comment, before, _standing(comment), thread=thread)


def standing(comment: Comment) -> dict[str, int]:
    """In which queues a comment is now: 1 or 0 of each."""
    return _standing(comment)


def _standing(comment: Comment) -> dict[str, int]:
    if comment.pk is None:
        return dict.fromkeys((*QUEUES, "shown"), 0)
    is_shown = comment.state == State.APPROVED
    return {
        "shown": int(is_shown),
        "held": int(comment.state == State.HELD),
        "reported": int(is_shown and comment.reports > 0),
        "new": int(is_shown and not comment.seen),
        "picks": int(is_shown and comment.is_pick),
        "all": int(comment.state != State.UNPROVED),
    }


def count(
    comment: Comment, before: dict[str, int], after: dict[str, int], *, thread: Thread
) -> None:
    changed = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    if not changed:
        return
    for name in ("shown", "held", "reported"):
        setattr(thread, name, max(0, getattr(thread, name) + changed.get(name, 0)))
    thread.save(update_fields=["shown", "held", "reported"])
    of_house = {name: F(name) + changed[name] for name in QUEUES if name in changed}
    if of_house and not House.objects.filter(outlet=comment.outlet_id).update(**of_house):
        House.objects.get_or_create(outlet_id=comment.outlet_id)
        House.objects.filter(outlet=comment.outlet_id).update(**of_house)


def _tell_answered(comment: Comment) -> None:
    """An answer is shown for the first time: whoever is answered may hear of it."""
    if comment.parent_id is None:
        return
    from masthead.comments.jobs import tell_answered

    tell_answered.later(comment_id=comment.pk)


def _has_answers(comment: Comment) -> bool:
    return Comment.objects.filter(parent=comment, has_place=True).exists()


def _change_places(comment: Comment, *, thread: Thread) -> None:
    """Its branch's number of answers, and the place of whatever it answers."""
    step = 1 if comment.has_place else -1
    if comment.root_id:
        Comment.objects.filter(pk=comment.root_id).update(replies=F("replies") + step)
    above = comment.parent_id
    while above:
        parent = Comment.objects.get(pk=above)
        wanted = parent.state == State.APPROVED or _has_answers(parent)
        if wanted == parent.has_place:
            return
        Comment.objects.filter(pk=parent.pk).update(has_place=wanted)
        if parent.root_id:
            Comment.objects.filter(pk=parent.root_id).update(
                replies=F("replies") + (1 if wanted else -1)
            )
        above = parent.parent_id


def _keep_record(comment: Comment, *, was: str) -> None:
    if comment.author_id is None or was == comment.state:
        return
    steps = {
        "approved": (comment.state == State.APPROVED) - (was == State.APPROVED),
        "rejected": (comment.state in REFUSED) - (was in REFUSED),
    }
    changed = {name: Greatest(F(name) + step, 0) for name, step in steps.items() if step}
    if changed:
        people = Person.objects.filter(reader=comment.author_id)
        if not people.exists():
            Person.objects.create(reader_id=comment.author_id, first_at=comment.posted_at)
        people.update(**changed)


def show_anew(
    thread: Thread, comments: list[Comment], *, at: datetime, at_once: bool = False
) -> None:
    """
    The page's own branches, and a note of what is printed elsewhere.

    at_once: pages that show it must not be served again, not even for a moment.
    """
    times = [each.posted_at for each in comments if each.has_place]
    thread.newest_at = max([*times, *filter(None, [thread.newest_at])], default=None)
    thread.first = for_page(thread)
    thread.save(update_fields=["first", "newest_at"])
    touched = [keys.comments(thread.article_id)]
    touched += [keys.branch(each.root_id or each.pk) for each in comments]
    if at_once:
        note_change(gone=touched, at=at)
    else:
        note_change(keys=touched, at=at)
