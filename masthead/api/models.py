"""Partners: other houses that take a title's articles over, each with a key of its own."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.core.ids import uuid7


class Partner(models.Model):
    """
    Somebody who may fetch articles as ninjs from some outlets.

    Of the key only a hash is kept, so it is shown once, when it is made. A revoked partner stays,
    for the record.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    note = models.CharField(_("note"), max_length=300, blank=True)
    outlets = models.ManyToManyField("outlets.Outlet", related_name="+", verbose_name=_("titles"))
    key_hash = models.CharField(max_length=64, unique=True)  # SHA-256, hex
    key_ends_with = models.CharField(max_length=4)
    expires_at = models.DateTimeField(_("until"), null=True, blank=True)  # null: no end
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    last_used_at = models.DateTimeField(null=True)  # to the minute
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at=None) | models.Q(expires_at__gt=models.F("made_at")),
                name="partner_expires_after_made",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_valid(self, *, at: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)
