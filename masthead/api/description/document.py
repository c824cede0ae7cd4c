"""The description as a whole, for one outlet."""

from typing import Any

from masthead.api.addresses import api_url
from masthead.api.description.paths import PATHS
from masthead.api.description.schemas import SCHEMAS
from masthead.outlets.sheet import Sheet

VERSION = "1.0.0"
ABOUT = """\
What this title has published, for programs. No key is needed. Nothing here is a draft, under
embargo or withdrawn, and of what is for members there is the part that everybody may read.

Answers carry an ETag: send it back as If-None-Match, and while nothing has changed you get a short
304. A change shows within a minute. Lists are turned by the address in `next`. Parameters that are
not named here change nothing. Errors are problem details (RFC 9457).

Within version 1 fields may be added, none taken away and none given another meaning."""


def document(*, sheet: Sheet) -> dict[str, Any]:
    """OpenAPI 3.1."""
    contact = {"name": sheet.name, "url": sheet.absolute()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{sheet.name}: API",
            "version": VERSION,
            "description": ABOUT,
            "contact": {**contact, **_email(sheet)},
        },
        "servers": [{"url": api_url(sheet).rstrip("/")}],
        "paths": PATHS,
        "components": {"schemas": SCHEMAS},
    }


def _email(sheet: Sheet) -> dict[str, str]:
    return {"email": sheet.contact_email} if sheet.contact_email else {}
