"""How single things are written in the API."""

from datetime import UTC, datetime
from typing import Any

from masthead.outlets.sheet import Sheet, SheetSection
from masthead.outlets.structured_data import media_url
from masthead.pictures.queries import PictureData


def moment(at: datetime) -> str:
    """To the second, in UTC: 2026-11-30T09:44:56Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def picture(
    data: PictureData | None, *, sheet: Sheet, alt: str = "", caption: str = "", credit: str = ""
) -> dict[str, Any] | None:
    """None for a picture that is not there or whose copies are still in the making."""
    if data is None or not data.ready:
        return None
    return {
        "url": media_url(sheet, data.largest),
        "width": data.largest_width,
        "height": data.largest_height,
        "alt": alt or data.alt,
        "caption": caption or data.caption,
        "credit": credit or data.credit,
        "licence": data.licence,
    }


def section_ref(section: SheetSection | None, *, sheet: Sheet) -> dict[str, Any] | None:
    if section is None:
        return None
    return {"id": section.id, "name": section.name, "url": sheet.absolute(section.path)}
