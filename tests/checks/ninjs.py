"""
The rules of ninjs 3.1 (IPTC, draft 2020-12) as far as texts and pictures need them, in our words.

What events and plans have besides is left out: an item of ours that had it would be found.
"""

from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
URI: Schema = {"type": "string", "format": "uri", "pattern": "^[a-z][a-z0-9+.-]*:[^ ]+$"}
MOMENT: Schema = {"type": "string", "pattern": "^[0-9-]{10}T[0-9:]{8}(Z|[+-][0-9:]{5})$"}
COUNT: Schema = {"type": "integer"}


def closed(*required: str, **fields: Schema) -> Schema:
    return {
        "type": "object",
        "properties": fields,
        "required": list(required),
        "additionalProperties": False,
    }


def many(one: Schema) -> Schema:
    return {"type": "array", "items": one}


def named(*more: str) -> Schema:
    """Something with a name, an address and a free identifier, and these besides."""
    fields = {"name": TEXT, "uri": URI, "literal": TEXT, **dict.fromkeys(more, TEXT)}
    return many(closed(**fields))


WORDS = {"role": TEXT, "contentType": TEXT, "value": TEXT}
RENDITION = closed(
    "name",
    name=TEXT,
    href=URI,
    contentType=TEXT,
    title=TEXT,
    width=COUNT,
    height=COUNT,
    sizeInBytes=COUNT,
    aspectRatio=TEXT,
)
FIELDS: dict[str, Schema] = {
    "uri": URI,
    "type": {"enum": ["text", "audio", "video", "picture", "graphic", "composite", "component"]},
    "representationType": {"enum": ["full", "partial"]},
    "profile": TEXT,
    "version": TEXT,
    "firstCreated": MOMENT,
    "versionCreated": MOMENT,
    "contentCreated": MOMENT,
    "embargoedUntil": MOMENT,
    "pubStatus": {"enum": ["usable", "withheld", "canceled"]},
    "urgency": {"type": "integer", "minimum": 1, "maximum": 9},
    "copyrightHolder": TEXT,
    "copyrightNotice": TEXT,
    "usageTerms": TEXT,
    "edNote": TEXT,
    "language": TEXT,
    "descriptions": many(closed("value", **WORDS)),
    "headlines": many(closed("value", **WORDS)),
    "bodies": many(closed("value", **WORDS, charCount=COUNT, wordCount=COUNT)),
    "people": named("rel"),
    "organisations": named("rel"),
    "subjects": named("rel", "creator"),
    "infoSources": named("role"),
    "genres": named(),
    "title": TEXT,
    "by": TEXT,
    "slugline": TEXT,
    "located": TEXT,
    "renditions": many(RENDITION),
    "altIds": many(closed(role=TEXT, value=TEXT)),
    "trustIndicators": many(closed(role=URI, title=TEXT, href=URI)),
    "standard": closed(name=TEXT, version=TEXT, schema=URI),
    "expires": MOMENT,
}
PART = closed("name", "uri", **FIELDS, name=TEXT, rel=TEXT)
ITEM = closed("uri", **FIELDS, associations=many(PART))


def check_ninjs(item: Any) -> list[str]:
    """What is against the standard, each with its place."""
    checked = Draft202012Validator(ITEM, format_checker=FormatChecker())
    return [f"{each.json_path}: {each.message}" for each in checked.iter_errors(item)]
