"""What the newsroom notes of readers: labels, notes, segments, lists brought in."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.core.ids import uuid7
from masthead.readers.models.reader import Reader


class Label(models.Model):
    """A word that the newsroom puts on readers, e.g. "founding member"; shared by all outlets."""

    name = models.CharField(_("label"), max_length=40, unique=True)

    def __str__(self) -> str:
        return self.name


class Note(models.Model):
    """What somebody of the newsroom wrote down about a reader, who gets it with their export."""

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(_("note"), max_length=2_000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()


class Segment(models.Model):
    """
    A named part of the readers: those who fit all its rules at the moment it is asked.

    rules: as `readers.segments` reads them.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=80, unique=True)
    rules = models.JSONField(default=list)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Import(models.Model):
    """
    One list of readers that was brought in, with who says that they agreed, when and how.

    lines: the report, [number, address, what became of it] for each line of the file; addresses
    are taken out again a while later.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    file_name = models.CharField(max_length=200)
    agreed_on = models.DateField(_("when they agreed"))
    agreed_how = models.CharField(_("how they agreed, and to what"), max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    counts = models.JSONField(default=dict)
    lines = models.JSONField(default=list)
