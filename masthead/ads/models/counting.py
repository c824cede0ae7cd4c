"""What was counted, by the hour and about nobody."""

from django.db import models


class HourOfAds(models.Model):
    """
    One creative in one place of one outlet in one hour.

    hour: in hours since 1970, UTC. chances: how often the place could have shown it (page views
    with the place, by people); written with creative null. offered: chosen on a device.
    visible: half of it in view for a second. clicked. refused: events that did not count (forged,
    late, doubled, of a machine, in a flood).
    """

    outlet = models.ForeignKey("outlets.Outlet", on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=10)
    creative = models.ForeignKey(
        "ads.Creative", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    hour = models.PositiveIntegerField()
    chances = models.PositiveIntegerField(default=0)
    offered = models.PositiveIntegerField(default=0)
    visible = models.PositiveIntegerField(default=0)
    clicked = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["outlet", "place", "creative", "hour"],
                condition=models.Q(creative__isnull=False),
                name="ads_once_an_hour",
            ),
            models.UniqueConstraint(
                fields=["outlet", "place", "hour"],
                condition=models.Q(creative__isnull=True),
                name="chances_once_an_hour",
            ),
        ]
        indexes = [models.Index(fields=["hour"], name="ads_by_hour")]


class CountedBatch(models.Model):
    """
    A batch that a machine handed over. It is known again, so it never counts twice.

    added: what it added to which hour, as sums in the order chances, offered, visible, clicked,
    refused: {"489215": [120, 80, 61, 2, 4]}. left_out: of outlets and creatives that are no more.
    """

    name = models.CharField(max_length=32, primary_key=True)
    counted_at = models.DateTimeField(db_index=True)
    added = models.JSONField(default=dict)
    left_out = models.PositiveIntegerField(default=0)


class StrayEvent(models.Model):
    """
    An event told to another machine than the one that gave the token, on its way to that one:
    it alone has the mark that tells whether the token was used before.

    book: which book the mark is in. what: as `ads.door.tally.What`. at: Unix seconds.
    """

    book = models.CharField(max_length=12, db_index=True)
    token = models.CharField(max_length=47)
    what = models.PositiveSmallIntegerField()
    at = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token", "what"], name="a_stray_event_once"),
        ]
