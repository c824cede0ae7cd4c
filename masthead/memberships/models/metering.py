"""How an outlet's members' articles may be read by others, and who read which of them."""

from django.db import models


class ReadingRules(models.Model):
    """
    What an outlet allows for its members' articles; without a row it is nothing.

    free_a_month: how many anybody may read in a month. links_a_month: how many a member may give
    away in one, each good for link_days. crawlers: names of those who read all (`press.crawlers`).
    """

    outlet = models.OneToOneField("outlets.Outlet", on_delete=models.CASCADE, related_name="+")
    free_a_month = models.PositiveSmallIntegerField(default=0)
    links_a_month = models.PositiveSmallIntegerField(default=0)
    link_days = models.PositiveSmallIntegerField(default=14)
    crawlers = models.JSONField(default=list)


class MeteredRead(models.Model):
    """One members' article that somebody signed in has read for nothing in a month."""

    reader = models.ForeignKey("readers.Reader", on_delete=models.CASCADE, related_name="+")
    outlet = models.ForeignKey("outlets.Outlet", on_delete=models.CASCADE, related_name="+")
    month = models.DateField()  # its first day, by the outlet's clock
    article_id = models.PositiveBigIntegerField()  # of the article's page
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "outlet", "month", "article_id"],
                name="one_free_read_of_an_article",
            )
        ]
