"""What is said below one article on one outlet."""

from django.db import models


class Thread(models.Model):
    """
    The comments of one public address of an article, with all that its page shows of them.

    Made with its first comment. `first` holds the count's neighbours: the newest comments with
    their first replies, as the article's page prints them, so that the page reads one value; an
    empty one has to be worked out. Counts are kept, never counted when somebody looks.

    rules: what was set for this article alone, e.g. {"who": "nobody"}; the rest is the section's.
    """

    published = models.OneToOneField(
        "articles.PublishedArticle", on_delete=models.CASCADE, related_name="+"
    )
    article = models.ForeignKey("articles.ArticlePage", on_delete=models.CASCADE, related_name="+")
    outlet = models.ForeignKey("outlets.Outlet", on_delete=models.CASCADE, related_name="+")
    shown = models.PositiveIntegerField(default=0)  # approved comments
    held = models.PositiveIntegerField(default=0)
    reported = models.PositiveIntegerField(default=0)
    rules = models.JSONField(default=dict)
    first = models.JSONField(default=dict)
    newest_at = models.DateTimeField(null=True)  # of the newest comment that is shown

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(shown__gte=0, held__gte=0, reported__gte=0),
                name="thread_counts_are_counts",
            )
        ]
        indexes = [models.Index(fields=["outlet", "-newest_at"], name="liveliest_threads")]
