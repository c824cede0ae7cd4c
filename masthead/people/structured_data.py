"""JSON-LD of authors: people, and shared bylines as the organisations they stand for."""

from collections.abc import Mapping
from typing import Any

from masthead.core.sanitise import plain_text
from masthead.outlets.sheet import Sheet
from masthead.outlets.structured_data import (
    CONTEXT,
    filled,
    image_object,
    publisher,
    website,
)
from masthead.people.queries import AuthorLine


def profile(shown: Mapping[str, Any], *, sheet: Sheet, path: str) -> dict[str, Any]:
    """An author's page. shown: what the page's template gets as `author`."""
    portrait = shown["portrait"]
    common = {
        "@id": f"{sheet.absolute(path)}#author",
        "name": shown["name"],
        "description": plain_text(shown["biography_html"]),
        "image": image_object(portrait, sheet=sheet) if portrait else None,
        "sameAs": [link["url"] for link in shown["links"]],
        "url": sheet.absolute(path),
    }
    return {
        "@context": CONTEXT,
        "@type": "ProfilePage",
        "@id": sheet.absolute(path),
        "url": sheet.absolute(path),
        "name": shown["byline"],
        "inLanguage": sheet.language,
        "isPartOf": website(sheet),
        "mainEntity": filled(
            {**common, "@type": "Organization", "parentOrganization": publisher(sheet)}
            if shown["is_shared"]
            else {
                **common,
                "@type": "Person",
                "honorificSuffix": shown["post_nominals"],
                "jobTitle": shown["role"],
                "worksFor": publisher(sheet),
            }
        ),
    }


def person(line: AuthorLine, sheet: Sheet) -> dict[str, Any]:
    """One name of a byline; without an address when the author is no longer known."""
    common = {
        "@id": f"{line.absolute_url}#author" if line.absolute_url else "",
        "name": line.name,
        "url": line.absolute_url,
    }
    if line.is_shared:
        return filled({**common, "@type": "Organization"})
    return filled(
        {
            **common,
            "@type": "Person",
            "honorificSuffix": line.post_nominals,
            "jobTitle": line.role,
            "worksFor": {"@id": f"{sheet.base}/#organisation"},
        }
    )
