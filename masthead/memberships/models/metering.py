"""How many members' articles a signed-in reader has read for nothing this month."""

from django.db import models


class MeteredRead(models.Model):
    reader = models.ForeignKey("readers.Reader", on_delete=models.CASCADE, related_name="+")
    month = models.DateField()
    article_id = models.PositiveBigIntegerField()  # of the article's page
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "month", "article_id"], name="one_metered_read_of_an_article"
            )
        ]
