"""A membership that somebody else has paid for, as a code."""

from django.db import models

from masthead.core.ids import uuid7


class Gift(models.Model):
    """
    A plan for some days, for whoever brings the code.

    code_hash: the code itself is only in the giver's mail. ended_at: taken back, because what was
    paid for it was given back.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    plan = models.ForeignKey("memberships.Plan", on_delete=models.PROTECT, related_name="+")
    purchase = models.OneToOneField(
        "memberships.Purchase", null=True, on_delete=models.PROTECT, related_name="gift"
    )
    days = models.PositiveSmallIntegerField()
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    good_until = models.DateTimeField()
    redeemed_by = models.ForeignKey(
        "readers.Reader", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    redeemed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
