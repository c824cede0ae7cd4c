"""An outlet and its sections as the API gives them, from its sheet alone."""

from typing import Any

from django.utils.encoding import iri_to_uri

from masthead.api.addresses import PREFIX, api_url
from masthead.api.values import picture
from masthead.outlets.sheet import Sheet, SheetSection, SheetSister
from masthead.pictures.queries import picture_data


def outlet_line(sheet: Sheet) -> dict[str, Any]:
    return _line(sheet.name, sheet.tagline, sheet.base)


def sister_line(sister: SheetSister) -> dict[str, Any]:
    return _line(sister.name, sister.tagline, sister.base)


def _line(name: str, tagline: str, base: str) -> dict[str, Any]:
    return {
        "name": name,
        "tagline": tagline,
        "url": iri_to_uri(f"{base}/"),
        "api_url": iri_to_uri(f"{base}/{PREFIX}"),
    }


def outlet_in_full(sheet: Sheet) -> dict[str, Any]:
    """At most one query, for the logo."""
    logo = picture_data([sheet.logo_id]).get(sheet.logo_id) if sheet.logo_id else None
    return {
        **outlet_line(sheet),
        "id": sheet.public_id,
        "network": {"name": sheet.network_name, "url": f"{sheet.network_base}/"},
        "language": sheet.language,
        "timezone": sheet.timezone,
        "legal_name": sheet.legal_name,
        "founded_on": sheet.founded_on or None,
        "contact_email": sheet.contact_email or None,
        "logo": picture(logo, sheet=sheet),
        "pages": [
            {
                "purpose": each.purpose,
                "title": each.title,
                "url": iri_to_uri(sheet.absolute(each.path)),
            }
            for each in sheet.pages
        ],
        "follow": [
            {"network": each.network, "label": each.label, "url": each.url} for each in sheet.follow
        ],
    }


def section_line(section: SheetSection, sheet: Sheet) -> dict[str, Any]:
    return {
        "id": section.id,
        "name": section.name,
        "description": section.description,
        "parent_id": section.parent_id,
        "url": iri_to_uri(sheet.absolute(section.path)),
        "articles_url": api_url(sheet, "sections", section.id, "articles"),
    }
