"""What readers' pages read of the outlets: one row each, written when something is published."""

from django.db import models


class OutletSheet(models.Model):
    """Everything a page needs to know of its outlet, in one row (shape: `outlets.sheet.Sheet`)."""

    outlet = models.OneToOneField(
        "outlets.Outlet", on_delete=models.CASCADE, primary_key=True, related_name="sheet"
    )
    slug = models.CharField(max_length=255, unique=True)
    sort_order = models.PositiveIntegerField(default=0)
    data = models.JSONField(default=dict)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.slug


class PathMove(models.Model):
    """An address that moved: `old_path` and everything below it now lives under `new_path`."""

    outlet = models.ForeignKey("outlets.Outlet", on_delete=models.CASCADE, related_name="+")
    old_path = models.CharField(max_length=600)
    to_outlet = models.ForeignKey(
        "outlets.Outlet", null=True, on_delete=models.CASCADE, related_name="+"
    )  # null: within the same outlet
    new_path = models.CharField(max_length=600)
    moved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outlet", "old_path"], name="one_move_per_path")
        ]

    def __str__(self) -> str:
        return f"{self.old_path} → {self.new_path}"


class FormerSlug(models.Model):
    """A path form that an outlet had once, e.g. /courier/; it leads to the one it has today."""

    slug = models.CharField(max_length=255, unique=True)
    outlet = models.ForeignKey(
        "outlets.Outlet", on_delete=models.CASCADE, related_name="former_slugs"
    )
    left_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.slug
