"""Memberships that somebody else pays for."""

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


class Group(models.Model):
    """
    Seats that one membership pays for; its quantity is how many.

    domain: everybody with a proved address there may take one; empty: only those invited.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    membership = models.OneToOneField(
        "memberships.Membership", on_delete=models.PROTECT, related_name="group"
    )
    name = models.CharField(max_length=100)
    domain = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField()


class Seat(models.Model):
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="seats")
    reader = models.ForeignKey("readers.Reader", on_delete=models.CASCADE, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "reader"], name="one_seat_in_a_group")
        ]
