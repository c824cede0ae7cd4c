"""An outlet's own words for a letter."""

from django.db import models


class LetterText(models.Model):
    """
    Subject and text in place of ours; without a row ours are used.

    kind: a key of `lettering.KINDS`. text: plain, paragraphs with an empty line between them, and
    placeholders such as {plan}, which were checked when it was kept.
    """

    outlet = models.ForeignKey("outlets.Outlet", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=150)
    text = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outlet", "kind"], name="one_text_of_a_letter")
        ]
