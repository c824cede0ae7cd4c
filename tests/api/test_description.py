"""What the API says of itself is what it does, field by field."""

import json
from copy import deepcopy
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from masthead.api.description.document import document
from masthead.api.description.paths import PARTNERS_PATHS, PATHS
from masthead.api.description.schemas import SCHEMAS
from masthead.articles.models import Topic
from masthead.publishing.actions import withdraw_article
from tests.api.test_articles import corrected
from tests.api.test_partners import a_partner
from tests.factories import NETWORK, NOON, a_page, a_picture, an_author
from tests.syndication.newsroom import BASE, an_article


def strict(schema: Any) -> Any:
    """The same, with nothing in an object that is not described."""
    if isinstance(schema, dict):
        closed = {name: strict(each) for name, each in schema.items()}
        if schema.get("type") == "object" and "properties" in schema:
            closed["additionalProperties"] = False
        return closed
    return [strict(each) for each in schema] if isinstance(schema, list) else schema


def findings(data: Any, name: str, *, is_strict: bool = True) -> list[str]:
    schemas = strict(deepcopy(SCHEMAS)) if is_strict else SCHEMAS
    components = {"components": {"schemas": schemas}}
    schema = {"$ref": f"#/components/schemas/{name}", **components}
    checked = Draft202012Validator(schema, format_checker=FormatChecker())
    return [f"{each.json_path}: {each.message}" for each in checked.iter_errors(data)]


def named(operation: Any, status: str, mime: str) -> str:
    schema = operation["responses"][status]["content"][mime]["schema"]
    return str(schema["$ref"]).rpartition("/")[2]


def test_every_answer_is_as_described(ask: Any, port: Any, courier: Any, ada: Any) -> None:
    night = Topic.objects.create(name="Night", slug="night", uri="https://cv.example/night")
    mara = an_author(role="Reporter", portrait=a_picture())
    mara.links.create(label="Home", url="https://mara.example/")
    more = {"authors": [mara], "topics": [night], "lead_picture": a_picture()}
    article = corrected(an_article(port, **more), ada)
    an_article(port, "Paid", kind="sponsored", sponsor_name="Quay Bank")
    a_page(courier, title="Ethics", purpose="ethics")
    steps = {
        "id": article.public_id,
        "section": port.pk,
        "author": "mara-okafor",
        "topic": "night",
        "month": "2026-11",
    }

    for path, each in PATHS.items():
        status, data = ask(path[1:].format(**steps))

        assert status == 200, path
        assert findings(data, named(each["get"], "200", "application/json")) == [], path


def test_what_partners_get_is_as_described(ask: Any, port: Any, courier: Any, owner: Any) -> None:
    article = an_article(port)
    _, key = a_partner(courier, by=owner)

    for path, each in PARTNERS_PATHS.items():
        where = path[1:].format(id=article.public_id)
        _, data = ask(where, authorization=f"Bearer {key}")
        name = named(each["get"], "200", "application/json")

        assert findings(data, name, is_strict=False) == [], path
        assert findings(ask(where)[1], "Problem") == []


def test_every_error_is_as_described(ask: Any, port: Any, ada: Any) -> None:
    article = an_article(port)
    withdraw_article(article=article, by=ada, at=NOON, reason="Forged.")

    assert findings(ask("nothing")[1], "Problem") == []
    assert findings(ask(f"articles/{article.public_id}")[1], "Gone") == []


def test_what_is_not_described_would_be_noticed() -> None:
    line = {"name": "A", "tagline": "", "url": "https://a.example/", "api_url": "https://a/"}

    assert findings(line, "OutletLine") == []
    assert findings({**line, "more": 1}, "OutletLine") != []
    assert findings({**line, "name": None}, "OutletLine") != []


def test_each_thing_is_described_in_words() -> None:
    missing = [
        f"{name}.{field}"
        for name, schema in SCHEMAS.items()
        for field, each in schema["properties"].items()
        if not each.get("description") and "$ref" not in each
    ]

    assert missing == []


def test_names_in_the_description_lead_somewhere(sheet: Any) -> None:
    said = json.dumps(document(sheet=sheet))
    refs = {each.split('"')[0] for each in said.split("#/components/schemas/")[1:]}

    assert refs == set(SCHEMAS) - ({"Problem"} - refs)
    assert document(sheet=sheet)["servers"] == [{"url": f"{BASE}/api/v1"}]


@pytest.mark.parametrize("field", ["next", "items", "headline", "wrong_version"])
def test_the_page_of_documentation_has_every_field(client: Any, port: Any, field: str) -> None:
    answer = client.get("/courier/api/v1/", headers={"host": NETWORK})

    assert answer["Content-Type"].startswith("text/html")
    assert f"<code>{field}</code>" in answer.content.decode()
