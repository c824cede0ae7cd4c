"""An article's pictures as ninjs: one association a picture, a rendition a copy."""

from typing import Any

from masthead.articles.for_programs import parts_for_everybody
from masthead.outlets.sheet import Sheet
from masthead.outlets.structured_data import media_url
from masthead.pictures.queries import PictureData

Item = dict[str, Any]


def picture_associations(
    snapshot: dict[str, Any], pictures: dict[int, PictureData], *, sheet: Sheet
) -> list[Item]:
    """The lead picture first, then those of the text, each once; without copies they wait."""
    placed = [("lead", snapshot["lead"])] if snapshot["lead"] else []
    for part in parts_for_everybody(snapshot):
        inside = part.get("pictures") or ([part] if "picture" in part else [])
        placed += [("body", each) for each in inside]
    made: dict[int, Item] = {}
    for place, each in placed:
        data = pictures.get(each["picture"])
        if data is not None and data.ready and data.id not in made:
            number = len(made) + 1
            made[data.id] = _association(f"{place}-{number}", place, each, data, sheet=sheet)
    return list(made.values())


def _association(
    name: str, rel: str, placed: dict[str, Any], data: PictureData, *, sheet: Sheet
) -> Item:
    credit = placed.get("credit") or data.credit
    said = [
        ("caption", placed.get("caption") or data.caption),
        ("alt", placed.get("alt") or data.alt),
    ]
    return {
        "name": name,
        "rel": rel,
        "uri": media_url(sheet, data.largest),
        "type": "picture",
        **({"by": credit} if credit else {}),
        "descriptions": [
            {"role": role, "contentType": "text/plain", "value": value}
            for role, value in said
            if value
        ],
        "renditions": [_rendition(copy, data, sheet=sheet) for copy in data.srcset.split(", ")],
    }


def _rendition(copy: str, data: PictureData, *, sheet: Sheet) -> Item:
    """copy: as a srcset names it, e.g. "/media/…-800.jpeg 800w"."""
    path, _, size = copy.rpartition(" ")
    width = int(size.removesuffix("w"))
    return {
        "name": f"{width}w",
        "href": media_url(sheet, path),
        "contentType": "image/jpeg",
        "width": width,
        "height": round(width * data.largest_height / data.largest_width),
    }
