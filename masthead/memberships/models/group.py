"""Seats that somebody pays for, or is given, for other people."""

from datetime import datetime

from django.db import models

from masthead.core.ids import uuid7
from masthead.memberships.models.plan import Plan


class Group(models.Model):
    """
    Seats of one plan, with somebody who gives them away.

    Bought: membership, whose quantity is how many seats there are, and with which it ends. Given by
    the newsroom: plan, seats and, where it is not for ever, ends_at. owner: who invites; null when
    they had themselves erased. domain: everybody who proves an address there may take a seat;
    empty: only those invited.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    membership = models.OneToOneField(
        "memberships.Membership", null=True, on_delete=models.PROTECT, related_name="group"
    )
    plan = models.ForeignKey(
        "memberships.Plan", null=True, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        "readers.Reader", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(max_length=100)
    domain = models.CharField(max_length=100, blank=True)
    seats_given = models.PositiveIntegerField(default=0, db_default=0)
    ends_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(membership__isnull=False, plan__isnull=True)
                | models.Q(membership__isnull=True, plan__isnull=False),
                name="group_is_bought_or_given",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def size(self) -> int:
        """How many seats there are; no query where the membership was read with it."""
        return self.membership.quantity if self.membership else self.seats_given

    @property
    def to_give(self) -> int:
        """How many of them may be given away: not those that go with the period."""
        planned = self.membership.next_quantity if self.membership else 0
        return min(self.size, planned or self.size)

    @property
    def what(self) -> Plan | None:
        return self.membership.plan if self.membership else self.plan

    def is_over(self, *, at: datetime) -> bool:
        if self.membership is not None:
            return self.membership.status not in {"active", "trialing", "past_due"}
        return self.ends_at is not None and self.ends_at <= at


class Seat(models.Model):
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="seats")
    reader = models.ForeignKey("readers.Reader", on_delete=models.CASCADE, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "reader"], name="one_seat_in_a_group")
        ]


class Invitation(models.Model):
    """A seat kept for an address until its owner takes it."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    invited_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "email"], name="one_invitation_an_address")
        ]
