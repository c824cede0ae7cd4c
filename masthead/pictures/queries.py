"""What a page needs to know of its pictures, in one query for all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from masthead.changes import keys
from masthead.changes.shown import shows
from masthead.core.prepared import PreparedByIds
from masthead.pictures.models import CopiesState, Picture

MIDDLE_WIDTH = 800  # px, for readers whose browser understands neither srcset nor <picture>
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}
COLUMNS = (
    "id",
    "width",
    "height",
    "description",
    "caption",
    "credit",
    "licence",
    "copies",
    "copies_state",
    "colour",
    "focal_point_x",
    "focal_point_y",
)


@dataclass(frozen=True)
class PictureData:
    """
    A picture as templates, feeds and JSON-LD use it; plain values, no query behind any of them.

    width, height: px of the original, upright; copies have the same proportions.
    licence: a `Licence` value. focal: percent from the left and from the top.
    sources: `{"type", "srcset"}`, best format first, JPEG left out (that is `srcset`).
    Addresses are paths under MEDIA_URL. Without copies (`ready` False) they are empty, and
    largest_width and largest_height are 0.
    """

    id: int
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    licence: str
    focal: tuple[int, int]
    colour: str
    ready: bool
    sources: list[dict[str, str]]
    src: str
    srcset: str
    largest: str
    largest_width: int
    largest_height: int


def picture_data(pictures: Iterable[Picture | int | None]) -> dict[int, PictureData]:
    """
    Data of each picture by its id; unknown ids and None are left out.

    At most one query, and none when all are Picture objects.
    """
    known: dict[int, Picture] = {}
    wanted: set[int] = set()
    for picture in pictures:
        if isinstance(picture, Picture):
            known[picture.pk] = picture
        elif picture is not None:
            wanted.add(int(picture))
    if missing := wanted - known.keys():
        known.update((picture.pk, picture) for picture in _pictures.rows(sorted(missing)))
    shows(*(keys.picture(pk) for pk in known))
    return {pk: data_of(picture) for pk, picture in known.items()}


_pictures: PreparedByIds[Picture] = PreparedByIds(
    lambda ids: Picture.objects.only(*COLUMNS).filter(pk__in=ids)
)


def data_of(picture: Picture) -> PictureData:
    """One picture's data, from its row alone."""
    jpegs = _copies(picture, "jpeg")
    ready = picture.copies_state == CopiesState.READY and bool(jpegs)
    middle = next((c for c in jpegs if c["width"] >= MIDDLE_WIDTH), jpegs[-1]) if ready else None
    largest = jpegs[-1] if ready else None
    return PictureData(
        id=picture.pk,
        width=picture.width,
        height=picture.height,
        alt=picture.description,
        caption=picture.caption,
        credit=picture.credit,
        licence=picture.licence,
        focal=picture.focal_percent,
        colour=picture.colour,
        ready=ready,
        sources=_sources(picture) if ready else [],
        src=_address(middle) if middle else "",
        srcset=_srcset(jpegs) if ready else "",
        largest=_address(largest) if largest else "",
        largest_width=largest["width"] if largest else 0,
        largest_height=largest["height"] if largest else 0,
    )


def _copies(picture: Picture, format_name: str) -> list[dict[str, Any]]:
    copies = [copy for copy in picture.copies if copy["format"] == format_name]
    return sorted(copies, key=lambda copy: copy["width"])


def _sources(picture: Picture) -> list[dict[str, str]]:
    made = ((name, _copies(picture, name)) for name in ("avif", "webp"))
    return [{"type": TYPES[name], "srcset": _srcset(copies)} for name, copies in made if copies]


def _srcset(copies: list[dict[str, Any]]) -> str:
    return ", ".join(f"{_address(copy)} {copy['width']}w" for copy in copies)


def _address(copy: dict[str, Any]) -> str:
    return f"{settings.MEDIA_URL}{copy['path']}"
