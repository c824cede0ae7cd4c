"""What is sent: an edition as one kind of reader gets it, and which versions stand in it."""

from django.db import models

from masthead.newsletters.models.edition import Edition


class EditionCopy(models.Model):
    """
    An edition printed for one kind of reader; never changed once a copy has gone out.

    replaced_at: when it was printed anew because readers may no longer read something in it; kept
    for those who were sent it. corrected: articles that its list of corrections names, by their
    pages' ids; null in copies from before that was noted.

    variant: a class of readers (`press.variants`). parts: the whole message between the fields
    that differ for each recipient, see `newsletters.splicing`. html, text: for the archive and
    the desk.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="copies")
    variant = models.CharField(max_length=20)
    parts = models.BinaryField()
    html = models.TextField()
    text = models.TextField()
    printed_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    corrected = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "variant"],
                condition=models.Q(replaced_at=None),
                name="one_copy_stands_for_a_variant",
            )
        ]


class CopyArticle(models.Model):
    """
    One article in one copy, as which version of it: so a correction can be sent to exactly those
    who were mailed the wrong one.
    """

    copy = models.ForeignKey(EditionCopy, on_delete=models.CASCADE, related_name="articles")
    version = models.ForeignKey("publishing.Version", on_delete=models.PROTECT, related_name="+")
    outlet = models.ForeignKey("outlets.Outlet", on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["copy", "place"], name="one_article_at_a_place"),
        ]
