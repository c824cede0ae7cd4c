"""The API for people: a page made of its own description."""

from typing import Any

from django.utils.translation import gettext as _

from masthead.api.addresses import PREFIX, api_url
from masthead.api.description.document import ABOUT, PARTNERS
from masthead.api.description.paths import PARTNERS_PATHS, PATHS
from masthead.api.description.schemas import SCHEMAS
from masthead.outlets.page import Head, ReaderPage
from masthead.outlets.sheet import Sheet
from masthead.outlets.structured_data import breadcrumbs, outlet_open_graph

STANDARD = "OpenAPI 3.1"


def documentation_page(*, sheet: Sheet) -> ReaderPage:
    head = Head(
        title=_("API"),
        description=_("What %(name)s publishes, for programs.") % {"name": sheet.name},
        canonical=sheet.absolute(PREFIX),
        og=outlet_open_graph(sheet),
        json_ld=[breadcrumbs(sheet, [(_("API"), PREFIX)])],
        links=[
            {
                "rel": "service-desc",
                "type": "application/json",
                "href": api_url(sheet, "openapi.json"),
                "title": STANDARD,
            }
        ],
    )
    context = {
        "standard": STANDARD,
        "about": ABOUT.split("\n\n"),
        "base": api_url(sheet).rstrip("/"),
        "description_url": sheet.url(f"{PREFIX}openapi.json"),
        "asked": [_operation(path, each["get"], sheet=sheet) for path, each in PATHS.items()],
        "by_partners": [
            _operation(path, each["get"], sheet=sheet) for path, each in PARTNERS_PATHS.items()
        ],
        "partners": PARTNERS.split("\n\n"),
        "things": [_thing(name, schema) for name, schema in SCHEMAS.items()],
    }
    return ReaderPage(sheet, "plain", "api/documentation.html", head, context, frozenset({"table"}))


def _operation(path: str, operation: dict[str, Any], *, sheet: Sheet) -> dict[str, Any]:
    params = operation.get("parameters", [])
    has_steps = any(each["in"] == "path" for each in params)
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return {
        "path": path,
        "summary": operation["summary"],
        "url": "" if has_steps else sheet.url(PREFIX + path[1:]),
        "params": [{"name": each["name"], "about": each["description"]} for each in params],
        "answer": _name(schema),
    }


def _thing(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    fields = [
        {"name": field, "kind": _kind(each), "of": _of(each), "about": each.get("description", "")}
        for field, each in schema["properties"].items()
    ]
    return {"name": name, "about": schema["description"], "fields": fields}


def _kind(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return "object | null"
    kind = schema.get("type", "object")
    kinds = kind if isinstance(kind, list) else [kind]
    described = [f"{kinds[0]} ({schema['format']})" if "format" in schema else kinds[0]]
    return " | ".join([*described, *kinds[1:]])


def _of(schema: dict[str, Any]) -> str:
    """The name of what is inside, where that has a table of its own."""
    inside = schema.get("items") or next(iter(schema.get("anyOf", [])), schema)
    return _name(inside)


def _name(schema: dict[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]
