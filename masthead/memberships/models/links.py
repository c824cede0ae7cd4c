"""Members' articles that members gave away."""

from django.db import models

from masthead.core.ids import uuid7


class GiftLink(models.Model):
    """
    A link by which whoever has it reads one members' article.

    month: the first day of the one it counts for. ended_at: taken back. opened: how often a page
    was sent for it.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    reader = models.ForeignKey("readers.Reader", on_delete=models.CASCADE, related_name="+")
    published = models.ForeignKey(
        "articles.PublishedArticle", on_delete=models.CASCADE, related_name="+"
    )
    month = models.DateField()
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            # Asked for again, it is the same link.
            models.UniqueConstraint(
                fields=["reader", "published", "month"],
                condition=models.Q(ended_at=None),
                name="one_link_a_month_of_an_article",
            )
        ]
