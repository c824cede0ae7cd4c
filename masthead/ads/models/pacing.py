"""How likely each flight is chosen, and what is expected to come."""

from django.db import models


class FlightPace(models.Model):
    """
    What the minute's turn last worked out for a flight, and what it remembers until the next.

    chance: how likely a device chooses it where it fits; before: the same a turn earlier. need:
    before it was held back; more than 1 cannot all be had. rank: where it stands among those that
    devices walk through.
    done: of its goal; settled, settled_hour: of that, what was counted before that hour since
    1970, so that old hours are summed up once an hour only.
    offered, visible, clicked: in all, when last looked at. told and the other `_lately`: what the
    turn learns from, sums in which older ones weigh less. a_second: chances in its places lately.
    """

    flight = models.OneToOneField(
        "ads.Flight", on_delete=models.CASCADE, primary_key=True, related_name="paced"
    )
    chance = models.FloatField(default=0)
    before = models.FloatField(default=0)
    need = models.FloatField(default=0)
    rank = models.PositiveIntegerField(default=0)
    done = models.PositiveBigIntegerField(default=0)
    settled = models.JSONField(default=list)  # offered, visible, clicked
    settled_hour = models.PositiveIntegerField(default=0)
    offered = models.PositiveBigIntegerField(default=0)
    visible = models.PositiveBigIntegerField(default=0)
    clicked = models.PositiveBigIntegerField(default=0)
    told_lately = models.FloatField(default=0)
    offered_lately = models.FloatField(default=0)
    visible_lately = models.FloatField(default=0)
    clicked_lately = models.FloatField(default=0)
    a_second = models.FloatField(default=0)
    worked_at = models.DateTimeField()


class Outlook(models.Model):
    """
    What is expected in one place of one outlet, made anew each hour (`ads.pacing.curves`).

    hours: chances by the hour of the week on the outlet's clock, 168 from Monday midnight.
    growth: how many times that a week later, from `since` on.
    """

    outlet = models.ForeignKey("outlets.Outlet", on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=10)
    hours = models.JSONField(default=list)
    growth = models.FloatField(default=1)
    since = models.DateTimeField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outlet", "place"], name="one_outlook_a_place"),
        ]


class PacingTurn(models.Model):
    """
    The last turn. chances: by outlet, place and hour, e.g. {"3 top 496128": 412}, so that the next
    one knows what came since. There is one row, 1.
    """

    at = models.DateTimeField()
    chances = models.JSONField(default=dict)
