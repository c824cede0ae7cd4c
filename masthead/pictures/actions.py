"""Adding pictures, and asking for their copies."""

from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.models import Collection

from masthead.pictures.jobs import make_copies
from masthead.pictures.looking import Look, check_bytes, look_at
from masthead.pictures.models import CopiesState, Licence, Picture


def add_picture(
    *,
    file: Path,
    title: str,
    alt: str,
    caption: str = "",
    credit: str = "",
    licence: str = Licence.UNKNOWN,
    by: Any = None,
    collection: Collection | None = None,
    focal: tuple[int, int] | None = None,
    trusted: bool = False,
) -> Picture:
    """
    Add a picture from a file on disk, as the demo and the importers do.

    One write transaction: the row and the job that makes its copies. Empty caption and credit are
    filled from the words in the file.
    focal: percent from the left and the top; the middle when left out.
    trusted: the file came with the program, so it is not looked at in the workshop (0.1 s each).
    Raises PictureRefused, whose text is a sentence for a person; OSError.
    """
    check_bytes(file.stat().st_size)
    content = file.read_bytes()
    look = Look("", 0, 0) if trusted else look_at(data=content, name=file.name)
    picture = Picture(
        title=title[:255],
        description=alt[:255],
        caption=caption or look.caption,
        credit=(credit or look.credit_line)[:200],
        licence=licence,
        taken_on=look.taken_on,
        uploaded_by_user=by,
        collection=collection or Collection.get_first_root_node(),
    )
    # The content needs its name too: without one Django does not measure it.
    picture.file.save(file.name, ContentFile(content, name=file.name), save=False)
    picture._set_image_file_metadata()
    picture.file.close()
    if focal is not None:
        _set_focal(picture, focal)
    with transaction.atomic():
        picture.save()
        ask_for_copies(picture=picture)
    return picture


def forget_copies(*, picture: Picture) -> None:
    """
    The file is another one: pages show a plain ground until its copies are made. Does not save.

    The old copies stay on disk, because printed pages may still point to them; the sweep takes
    them away later.
    """
    picture.copies = []
    picture.copies_state = CopiesState.WAITING
    picture.copies_error = picture.colour = ""


def ask_for_copies(*, picture: Picture) -> None:
    """Have the worker make the picture's copies once the open transaction has committed."""
    make_copies.later(picture_id=picture.pk)


def _set_focal(picture: Picture, focal: tuple[int, int]) -> None:
    """Wagtail keeps a rectangle in px; ours is a fifth of the shorter side."""
    left, top = focal
    side = max(1, min(picture.width, picture.height) // 5)
    picture.focal_point_x = round(picture.width * left / 100)
    picture.focal_point_y = round(picture.height * top / 100)
    picture.focal_point_width = picture.focal_point_height = side
