"""Where a reader is signed in."""

from django.db import models

from masthead.core.ids import uuid7


class SignedIn(models.Model):
    """
    One session of a reader on one host.

    key: of the session's row, which is a hash of the cookie's. chain: shared by the session on the
    network's own host and those handed on from it to outlets' own domains, which end together.
    device: what the browser says of itself, in short.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    reader = models.ForeignKey("readers.Reader", on_delete=models.CASCADE, related_name="sessions")
    key = models.CharField(max_length=40, unique=True)
    chain = models.UUIDField(db_index=True)
    host = models.CharField(max_length=253)
    device = models.CharField(max_length=120, blank=True)
    through = models.CharField(max_length=10)  # "code", "passkey" or "handed-on"
    since = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)
