"""How fast mail may go out, kept in tables so that a restart changes nothing."""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class DomainPace(models.Model):
    """
    How much one receiving domain is sent; the row whose domain is empty is for all mail together.

    What was used is counted when rows are claimed, so a process that is killed has used what it
    had claimed, and never sends more than was meant.
    """

    domain = models.CharField(_("receiving domain"), max_length=253, unique=True, blank=True)
    a_minute = models.PositiveIntegerField(_("mails a minute"), null=True, blank=True)
    a_day = models.PositiveIntegerField(_("mails a day"), null=True, blank=True)
    minute = models.DateTimeField(null=True, editable=False)
    minute_used = models.PositiveIntegerField(default=0, editable=False)
    day = models.DateField(null=True, editable=False)  # by UTC
    day_used = models.PositiveIntegerField(default=0, editable=False)

    def __str__(self) -> str:
        return self.domain or str(_("all mail"))


class WarmUp(models.Model):
    """
    A plan for a sender that receivers do not know yet: so many mails on the first day, growing
    evenly to `last` on the last of `days`; after that it no longer counts. One row or none.
    """

    began_on = models.DateField(_("first day"))
    first = models.PositiveIntegerField(_("mails on the first day"))
    last = models.PositiveIntegerField(_("mails on the last day"))
    days = models.PositiveSmallIntegerField(_("days"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(days__gte=2, first__gte=1, last__gte=models.F("first")),
                name="warm_up_grows",
            )
        ]

    def allowance(self, on: date) -> int | None:
        """Mails on that day; None when the plan is over."""
        passed = max((on - self.began_on) / timedelta(days=1), 0)
        if passed >= self.days:
            return None
        return round(self.first * (self.last / self.first) ** (passed / (self.days - 1)))


class SendingHome(models.Model):
    """
    Which database sends: this row is copied with it, its identity is not.

    A restored or cloned copy knows by that that it is one, and sends nothing until a person says
    that it is to (`masthead letters here`). One row or none.
    """

    identity = models.CharField(max_length=200)
    since = models.DateTimeField()
