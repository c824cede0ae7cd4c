"""Columns of our own: the original file, and where it came from."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.db import models
from django.forms import Field
from PIL import Image, UnidentifiedImageError
from wagtail.images import models as wagtail_images

from masthead.pictures.workshop import READ_FORMATS, SIDEWAYS

UNREADABLE = (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError)


class UprightFile(wagtail_images.WagtailImageFieldFile):
    """
    Its size is read from the header, and as seen upright.

    Willow decodes all pixels to learn the size, in the web process, and takes a photograph that
    a camera stored on its side for a wide one.
    """

    def get_image_dimensions(self) -> tuple[int | None, int | None]:
        close = self.closed
        try:
            self.open()
            return self._size()
        except UNREADABLE:
            # Lost or spoilt: what the row says still holds the picture's place on the page.
            return self.instance.width, self.instance.height
        finally:
            if close:
                self.close()
            elif not self.closed:
                self.seek(0)

    def _size(self) -> tuple[int, int]:
        with Image.open(self, formats=READ_FORMATS) as image:
            width, height = image.size
            orientation = None
            with suppress(Exception):  # a broken EXIF block says nothing
                orientation = image.getexif().get(0x0112)
        return (height, width) if orientation in SIDEWAYS else (width, height)


class OriginalField(wagtail_images.WagtailImageField):
    attr_class = UprightFile

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        # The column is Wagtail's; migrations need not know how its size is read.
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.images.models.WagtailImageField", args, kwargs


# Django's fields take no type arguments when the program runs.
class AddressField(models.URLField):  # type: ignore[type-arg]
    """An address; one typed without a scheme is taken for https, as Django 6 will."""

    def formfield(self, **kwargs: Any) -> Field | None:
        return super().formfield(**{"assume_scheme": "https"} | kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs
