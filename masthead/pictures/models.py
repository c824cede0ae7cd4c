"""Pictures with what the law and the reader need to know of them; documents; recordings."""

import secrets
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition, get_upload_to
from wagtailmedia.models import AbstractMedia

from masthead.core.ids import uuid7
from masthead.pictures.fields import AddressField, OriginalField


class Licence(models.TextChoices):
    OWN = "own", _("Our own")
    AGENCY = "agency", _("Agency, under contract")
    HANDOUT = "handout", _("Handed out for free use")
    CC_BY = "cc-by", _("Creative Commons BY")
    CC_BY_SA = "cc-by-sa", _("Creative Commons BY-SA")
    CC0 = "cc0", _("CC0 or public domain")
    UNKNOWN = "unknown", _("Not known")


class CopiesState(models.TextChoices):
    WAITING = "waiting", _("Copies are being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Copies could not be made")


class Picture(AbstractImage):
    """
    An image. `description` (Wagtail's) is its alternative text.

    `copies` is written by a job: a list of
    `{"format": "avif"|"webp"|"jpeg", "width": px, "height": px, "path": under MEDIA_ROOT,
    "bytes": n}`, all with the original's proportions; pages crop them around the focal point.
    """

    file = OriginalField(
        _("file"), upload_to=get_upload_to, width_field="width", height_field="height"
    )
    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    caption = models.TextField(_("caption"), blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    licence = models.CharField(
        _("licence"), max_length=12, choices=Licence.choices, default=Licence.UNKNOWN
    )
    source_url = AddressField(_("web address it came from"), blank=True)
    taken_on = models.DateField(_("taken on"), null=True, blank=True)
    copies = models.JSONField(default=list, editable=False)
    copies_state = models.CharField(
        max_length=8, choices=CopiesState.choices, default=CopiesState.WAITING, editable=False
    )
    copies_error = models.CharField(max_length=300, blank=True, editable=False)
    colour = models.CharField(max_length=7, blank=True, editable=False)  # its average, #rrggbb

    admin_form_fields = (
        "title",
        "file",
        "description",
        "caption",
        "credit",
        "licence",
        "source_url",
        "taken_on",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    @property
    def focal_percent(self) -> tuple[int, int]:
        """Where the eye should rest, as percent from the left and the top."""
        if self.focal_point_x is None or not self.width or not self.height:
            return 50, 50
        return round(100 * self.focal_point_x / self.width), round(
            100 * self.focal_point_y / self.height
        )


class Rendition(AbstractRendition):
    """Wagtail's own thumbnails in the desk; readers get `Picture.copies`."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_filter"
            )
        ]
        # Each thumbnail asked for is looked up by its file, to see who may look at it.
        indexes = [models.Index(fields=["file"], name="renditions_by_file")]


def document_path(attachment: Any, name: str) -> str:
    """An address nobody can guess before the document has been linked to."""
    return f"documents/{secrets.token_hex(8)}/{name}"


class Attachment(AbstractDocument):
    """A file that readers may download."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    file = models.FileField(_("file"), upload_to=document_path)
    admin_form_fields: Any = ("title", "file", "collection", "tags")


class Recording(AbstractMedia):
    """Audio or video, with the words spoken in it for those who cannot hear or play it."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    transcript = models.TextField(_("transcript"), blank=True)

    admin_form_fields: Any = (
        "title",
        "file",
        "collection",
        "duration",
        "width",
        "height",
        "thumbnail",
        "credit",
        "transcript",
        "tags",
    )
