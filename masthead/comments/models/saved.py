"""What a moderator looks at again and again."""

from django.conf import settings
from django.db import models


class SavedView(models.Model):
    """
    A queue by a name of one's own: of all one's titles, of one, or below one article.

    why: of what is held, only what is held for this reason; empty for all.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, db_index=False, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(max_length=60)
    queue = models.CharField(max_length=10)
    outlet = models.ForeignKey(
        "outlets.Outlet", null=True, on_delete=models.CASCADE, related_name="+"
    )
    thread = models.ForeignKey(
        "comments.Thread", null=True, on_delete=models.CASCADE, related_name="+"
    )
    why = models.CharField(max_length=30, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="one_view_of_a_name")]
