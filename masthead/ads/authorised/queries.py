"""The files in force, and those before."""

from django.db.models import QuerySet

from masthead.ads.models import SellersFile


def history_of(*, root: str, name: str) -> QuerySet[SellersFile]:
    """Newest first."""
    return SellersFile.objects.filter(root=root, name=name).order_by("-made_at", "-pk")


def find_file(*, root: str, name: str) -> SellersFile | None:
    """The one in force."""
    return history_of(root=root, name=name).first()
