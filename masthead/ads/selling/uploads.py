"""Pictures that somebody sends for a creative: looked at in the workshop, as all pictures are."""

import tempfile
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Collection

from masthead.pictures.actions import add_picture
from masthead.pictures.looking import PictureRefused
from masthead.pictures.models import Picture


def keep_upload(
    file: Any, *, title: str, alt: str, by: Any, collection: Collection | None = None
) -> Picture:
    """A picture of ours from what was sent. Raises ValidationError with a sentence for a person."""
    with tempfile.TemporaryDirectory(prefix="masthead-creative-") as folder:
        kept = Path(folder) / f"creative{Path(str(file.name)).suffix.lower()[:6]}"
        with kept.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        try:
            return add_picture(
                file=kept,
                title=title or _("Advertisement"),
                alt=alt,
                by=by,
                collection=collection,
            )
        except PictureRefused as refused:
            raise ValidationError(str(refused)) from refused
