"""Who may have which stored file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from wagtail.models import CollectionViewRestriction
from wagtail.permissions import policy_registry

from masthead.pictures.models import Attachment, Picture, Recording, Rendition

FOR_EVER = "public, max-age=31536000, immutable"
# A share picture may be drawn anew under its name, and goes with its article.
FOR_A_WHILE = "public, max-age=300"
# A document may move into a private collection; within the hour shared caches know.
FOR_AN_HOUR = "public, max-age=3600"
FOR_THIS_PERSON = "private, max-age=3600"


@dataclass(frozen=True)
class Shelf:
    """How a file that may be had is handed out."""

    cache_control: str
    is_public: bool = True
    is_download: bool = False


def shelf_of(path: str, *, user: Callable[[], Any]) -> Shelf | None:
    """
    The shelf of a path under MEDIA_ROOT, None when this person may not have it.

    user: called for files of the desk only, so that public ones never depend on a cookie.
    """
    match path.partition("/")[0]:
        case "pictures":  # the file's contents are part of its path
            return Shelf(FOR_EVER)
        case "share":
            return Shelf(FOR_A_WHILE)
        case "documents" if _in_public(Attachment, file=path):
            return Shelf(FOR_AN_HOUR, is_download=True)
        case "media" if _in_public(Recording, file=path):
            return Shelf(FOR_AN_HOUR)
        case "media_thumbnails" if _in_public(Recording, thumbnail=path):
            return Shelf(FOR_AN_HOUR)
        case "images" if _may_see_thumbnail(path, user()):
            return Shelf(FOR_THIS_PERSON, is_public=False)
        case "avatar_images" if user().has_perm("wagtailadmin.access_admin"):
            return Shelf(FOR_THIS_PERSON, is_public=False)
    return None


def _in_public(model: type[Model], **named: str) -> bool:
    found = model._default_manager.filter(**named).select_related("collection").first()
    if found is None:
        return False
    restricted = CollectionViewRestriction.objects.filter(
        collection__in=found.collection.get_ancestors(inclusive=True)  # type: ignore[attr-defined]
    )
    return not restricted.exists()


def _may_see_thumbnail(path: str, user: Any) -> bool:
    """Wagtail's thumbnails in the desk: for those who may use or change their picture."""
    if not user.has_perm("wagtailadmin.access_admin"):
        return False
    rendition = Rendition.objects.filter(file=path).select_related("image__collection").first()
    if rendition is None:
        return False
    policy = policy_registry.get_by_type(Picture)
    allowed: bool = policy.user_has_any_permission_for_instance(
        user, ["choose", "change", "delete"], rendition.image
    )
    return allowed
