"""The desk's read API of pictures and documents, narrowed to one's own collections."""

from typing import Any

from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry

_ACTIONS = ["choose", "add", "change", "delete"]


class _OfMyCollections:
    """Wagtail's endpoints answer any member of staff with all files."""

    def get_queryset(self) -> Any:
        files = super().get_queryset()  # type: ignore[misc]  # of the viewset mixed in
        policy = policy_registry.get_by_type(files.model)
        user = self.request.user  # type: ignore[attr-defined]
        return files & policy.instances_user_has_any_permission_for(user, _ACTIONS)


class PicturesOfMine(_OfMyCollections, ImagesAdminAPIViewSet):
    pass


class DocumentsOfMine(_OfMyCollections, DocumentsAdminAPIViewSet):
    pass
