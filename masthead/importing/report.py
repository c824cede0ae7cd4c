"""What was read from a copied page, field by field, as JSON."""

from collections.abc import Iterable
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from typing import Any

from masthead.importing.extract import Author, ExtractedPage, Field

FIELDS = [
    "headline",
    "standfirst",
    "section",
    "authors",
    "published_at",
    "updated_at",
    "dateline",
    "lead_picture",
    "caption",
    "credit",
    "language",
    "outlet_name",
]


def report_of(found: ExtractedPage, *, new_namesakes: Iterable[str]) -> dict[str, dict[str, Any]]:
    """
    Each field with its value, origin and confidence.

    new_namesakes: authors who were made though the network knew somebody of that name.
    """
    report = {name: _field(getattr(found, name)) for name in FIELDS}
    report["body"] = _field(found.text)
    if names := ", ".join(new_namesakes):
        report["authors"]["origin"] += f"; made new, as the one known writes elsewhere: {names}"
    return report


def _field(field: Field[Any]) -> dict[str, Any]:
    return {
        "value": _plain(field.value),
        "origin": field.origin,
        "confidence": round(field.confidence, 2),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Author):
        return str(value)
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
