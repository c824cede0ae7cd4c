"""The description as a whole, for one outlet."""

from typing import Any

from masthead.api.addresses import api_url
from masthead.api.description.paths import PARTNERS_PATHS, PATHS, SECURITY
from masthead.api.description.schemas import SCHEMAS
from masthead.outlets.sheet import Sheet

VERSION = "1.0.0"
ABOUT = """\
What this title has published, for programs. No key is needed. Nothing here is a draft, under
embargo or withdrawn, and of what is for members there is the part that everybody may read.

Answers carry an ETag: send it back as If-None-Match, and while nothing has changed you get a short
304. A change shows within a minute. Lists are turned by the address in “next”. Parameters that are
not named here change nothing. Errors are problem details (RFC 9457).

Within version 1 fields may be added, none taken away and none given another meaning."""

PARTNERS = """\
Houses that take articles over get them as ninjs 3.1, the news trade's format, by a key of their
own: Authorization: Bearer, then the key. A program that cannot send a header is given a signed
address instead, which ends. Ask the title's publisher.

Look at the first page every few minutes. Each article stands there once, at the place of its newest
release, so what you have not seen in this version stands above what you have. A withdrawn article
is canceled: take it down."""


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
        "paths": {**PATHS, **PARTNERS_PATHS},
        "components": {"schemas": SCHEMAS, "securitySchemes": SECURITY},
    }


def _email(sheet: Sheet) -> dict[str, str]:
    return {"email": sheet.contact_email} if sheet.contact_email else {}
