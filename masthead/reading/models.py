"""How often articles were read, by the hour, and what is read most. Nothing about by whom."""

from django.db import models


class HourOfReads(models.Model):
    """
    How often one public address of an article was read in one hour.

    hour: in hours since 1970, UTC.
    """

    published = models.ForeignKey(
        "articles.PublishedArticle", on_delete=models.CASCADE, related_name="+"
    )
    hour = models.PositiveIntegerField()
    reads = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["published", "hour"], name="reads_once_an_hour"),
        ]
        indexes = [models.Index(fields=["hour"], name="reads_by_hour")]


class TakenBatch(models.Model):
    """A batch that a machine handed over. It is known again, so it never counts twice."""

    name = models.CharField(max_length=32, primary_key=True)
    taken_at = models.DateTimeField(db_index=True)


class MostRead(models.Model):
    """
    What is read most on an outlet, in order; one more than is shown, for the page of one of them.

    place: from 0.
    """

    outlet = models.ForeignKey("outlets.Outlet", on_delete=models.CASCADE, related_name="+")
    published = models.ForeignKey(
        "articles.PublishedArticle", on_delete=models.CASCADE, related_name="+"
    )
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outlet", "place"], name="most_read_in_order"),
        ]
