"""One comment, what it said before, and every index that a list of comments needs."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from masthead.core.ids import uuid7


class State(models.TextChoices):
    """Only the text of what is approved is ever shown to readers."""

    UNPROVED = "unproved", _("Waiting for its author’s address to be confirmed")
    HELD = "held", _("Held")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    REMOVED = "removed", _("Removed with its thread")
    DELETED = "deleted", _("Deleted by its author")
    ERASED = "erased", _("Erased")


SHOWN = (State.APPROVED,)
_OPEN_QUEUES = {
    "held": Q(state="held"),
    "reported": Q(state="approved", reports__gt=0),
    "new": Q(state="approved", seen=False),
    "picks": Q(state="approved", is_pick=True),
}


class Comment(models.Model):
    """
    What somebody wrote below an article.

    root: the comment that began the branch; null for that one itself. parent: what it answers.
    has_place: whether the thread shows something here: the comment, or that there was one and
    it has answers. reason, phase, marks: why it is held or was refused, by which phase of the
    pipeline, and where in the text the words stand that say so, as [from, to] pairs.
    client_id: whatever the author's device called the attempt; a second post with it is the same.
    author: null when erased, and for imported ones whose address nobody knows; `byline` is then
    what they called themselves. address: where it came from; emptied after a month.
    hidden_by: the ban that took it away, so that undoing the ban brings it back.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    # Those without an index of their own are at the head of one below.
    thread = models.ForeignKey(
        "comments.Thread", db_index=False, on_delete=models.CASCADE, related_name="comments"
    )
    outlet = models.ForeignKey(
        "outlets.Outlet", db_index=False, on_delete=models.CASCADE, related_name="+"
    )
    parent = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    root = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    author = models.ForeignKey(
        "readers.Reader", null=True, db_index=False, on_delete=models.SET_NULL, related_name="+"
    )
    byline = models.CharField(max_length=80, blank=True)
    badge = models.CharField(max_length=10, blank=True)  # "author", "staff" or nothing
    client_id = models.CharField(max_length=64, blank=True)
    text = models.TextField()
    html = models.TextField()
    fingerprint = models.CharField(max_length=32, blank=True)  # of the text, to find repeats
    state = models.CharField(max_length=10, choices=State.choices)
    phase = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=30, blank=True)
    marks = models.JSONField(default=list)
    score = models.FloatField(null=True)
    has_place = models.BooleanField(default=False)
    is_pick = models.BooleanField(default=False)
    seen = models.BooleanField(default=False)  # whether a person has looked at it
    respects = models.PositiveIntegerField(default=0)
    replies = models.PositiveIntegerField(default=0)  # of a root: those with a place
    reports = models.PositiveIntegerField(default=0)  # that nobody has decided on
    posted_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    address = models.GenericIPAddressField(null=True)
    state_before = models.CharField(max_length=10, blank=True)  # of what a ban took away
    hidden_by = models.ForeignKey(
        "comments.Ban", null=True, db_index=False, on_delete=models.SET_NULL, related_name="+"
    )
    source = models.CharField(max_length=12, blank=True)  # where it was imported from
    source_id = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author", "client_id"],
                condition=~Q(client_id=""),
                name="posted_once",
            ),
            models.UniqueConstraint(
                fields=["client_id"],
                condition=Q(author__isnull=True, state="unproved") & ~Q(client_id=""),
                name="posted_once_before_proof",
            ),
            models.UniqueConstraint(
                # Of one thread: ids of two titles' exports mean nothing to each other.
                fields=["thread", "source", "source_id"],
                condition=~Q(source=""),
                name="comment_imported_once",
            ),
            models.CheckConstraint(
                condition=Q(has_place=True) | ~Q(state="approved"),
                name="approved_comment_has_place",
            ),
        ]
        indexes = [
            # Readers: the beginnings of branches in three orders, and the answers in a branch.
            models.Index(
                fields=["thread", "posted_at", "id"],
                condition=Q(has_place=True, root__isnull=True),
                name="branches_by_time",
            ),
            models.Index(
                fields=["thread", "respects", "id"],
                condition=Q(has_place=True, root__isnull=True),
                name="branches_by_respect",
            ),
            models.Index(
                fields=["root", "posted_at", "id"],
                condition=Q(has_place=True),
                name="answers_in_branch",
            ),
            # Imports: which are here already.
            models.Index(
                fields=["source", "source_id"],
                condition=~Q(source=""),
                name="comments_by_former_id",
            ),
            # Moderators: each queue over the network, and of one outlet.
            *(
                models.Index(
                    fields=[*scope, "posted_at", "id"], condition=condition, name=f"{name}{where}"
                )
                for name, condition in _OPEN_QUEUES.items()
                for where, scope in {"_queue": [], "_queue_of": ["outlet"]}.items()
            ),
            # Of what is held, what is held for one reason.
            *(
                models.Index(
                    fields=[*scope, "reason", "posted_at", "id"],
                    condition=_OPEN_QUEUES["held"],
                    name=f"held_because{where}",
                )
                for where, scope in {"": [], "_of": ["outlet"]}.items()
            ),
            models.Index(fields=["posted_at", "id"], name="all_comments"),
            models.Index(fields=["outlet", "posted_at", "id"], name="all_comments_of"),
            models.Index(fields=["thread", "posted_at", "id"], name="comments_in_thread"),
            # The author's record, floods and repeats.
            models.Index(fields=["author", "posted_at", "id"], name="comments_of_author"),
            models.Index(
                fields=["address", "posted_at"],
                condition=Q(address__isnull=False),
                name="comments_from_address",
            ),
            models.Index(
                fields=["hidden_by", "thread"],
                condition=Q(hidden_by__isnull=False),
                name="comments_hidden_by_ban",
            ),
        ]

    @property
    def seen_as(self) -> str:
        """What a moderator saw: its state, and when its author last changed what it says."""
        return f"{self.state} {self.edited_at.isoformat()}" if self.edited_at else self.state


class CommentVersion(models.Model):
    """What a comment said until its author changed it. For moderators and its author alone."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()  # from 1
    text = models.TextField()
    written_at = models.DateTimeField()
    replaced_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "number"], name="one_version_of_comment")
        ]
