"""The few kinds of values that answers are made of, as JSON Schema."""

from typing import Any

Schema = dict[str, Any]


def record(about: str, **fields: Schema) -> Schema:
    """An object that always has all of these; later releases of the program may add to them."""
    return {
        "type": "object",
        "description": about,
        "properties": fields,
        "required": list(fields),
    }


def text(about: str, **more: Any) -> Schema:
    return {"type": "string", "description": about, **more}


def number(about: str, **more: Any) -> Schema:
    return {"type": "integer", "description": about, **{"minimum": 0} | more}


def yes_or_no(about: str) -> Schema:
    return {"type": "boolean", "description": about}


def address(about: str) -> Schema:
    return text(about, format="uri")


def moment(about: str) -> Schema:
    return text(f"{about} UTC, to the second.", format="date-time")


def one_of(about: str, values: list[str]) -> Schema:
    return text(about, enum=values)


def or_nothing(schema: Schema) -> Schema:
    """The same, or null."""
    known = {**schema, "type": [schema["type"], "null"]}
    return {**known, "enum": [*schema["enum"], None]} if "enum" in schema else known


def list_of(about: str, items: Schema) -> Schema:
    return {"type": "array", "description": about, "items": items}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def ref_or_nothing(name: str, about: str) -> Schema:
    return {"description": about, "anyOf": [ref(name), {"type": "null"}]}


def page(about: str, item: str) -> Schema:
    """One page of a list of such things."""
    return record(
        about,
        items=list_of("In order.", ref(item)),
        next=or_nothing(address("Where the list goes on; null on its last page.")),
    )
