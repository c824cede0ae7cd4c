"""What was brought in from elsewhere, so that it is accounted for and never brought in twice."""

from django.db import models


class CopiedPage(models.Model):
    """
    One copied page: the article it became and where each field came from.

    The bytes themselves are kept under `brought-in/` in the data folder, named by their hash.
    """

    outlet = models.ForeignKey("outlets.Outlet", on_delete=models.CASCADE, related_name="+")
    content_hash = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    article = models.ForeignKey("articles.ArticlePage", on_delete=models.CASCADE, related_name="+")
    fields = models.JSONField(default=dict)  # {name: {"value", "origin", "confidence"}}
    brought_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["outlet", "content_hash"], name="a_copied_page_once_per_outlet"
            )
        ]

    def __str__(self) -> str:
        return self.file_name
