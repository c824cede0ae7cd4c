"""How often articles were opened from an edition. Nothing about by whom."""

from django.db import models

from masthead.newsletters.models.edition import Edition


class ClicksOnArticle(models.Model):
    """
    From one edition to one article: `people` as far as we can tell, `machines` that looked at
    every link before anybody read the mail.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="clicks")
    article = models.ForeignKey("articles.ArticlePage", on_delete=models.CASCADE, related_name="+")
    people = models.PositiveIntegerField(default=0)
    machines = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "article"], name="clicks_of_edition_on_article"
            )
        ]
