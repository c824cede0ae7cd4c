"""The registry of page parts."""

from typing import Any

import pytest

from masthead.press import page_parts
from masthead.press.page_parts import (
    PLACES,
    PagePart,
    css_of_parts,
    parts_at,
    register_page_part,
    render_between,
    render_parts,
)


@pytest.fixture
def empty(monkeypatch: Any) -> None:
    monkeypatch.setattr(page_parts, "_parts", {})


def part(name: str, *, place: str = "end", order: int = 100, **more: Any) -> PagePart:
    return PagePart(
        **{
            "name": name,
            "place": place,
            "template": "articles/body/divider.html",
            "build": lambda context: {},
            "order": order,
        }
        | more
    )


def test_parts_stand_in_order_and_then_by_name(empty):
    for each in (part("b"), part("a"), part("z", order=1), part("x", place="rail")):
        register_page_part(each)

    assert [each.name for each in parts_at("end")] == ["z", "a", "b"]


def test_a_name_is_given_once(empty):
    register_page_part(part("a"))

    with pytest.raises(ValueError, match="A page part named a is registered already"):
        register_page_part(part("a", place="rail"))


def test_a_place_that_is_none_is_refused(empty):
    with pytest.raises(ValueError, match="There is no place called cellar on a page"):
        register_page_part(part("a", place="cellar"))


def test_a_part_may_stand_aside(empty):
    register_page_part(part("a", build=lambda context: None))

    assert render_parts("end", {"sheet": None}) == []


def test_the_style_of_every_part_is_asked_for(empty):
    for place in PLACES:
        register_page_part(part(f"at-{place}", place=place, css=(f"{place}-look",)))

    assert css_of_parts() == [f"{place}-look" for place in PLACES]


def test_a_part_that_is_not_wanted_brings_no_style(empty):
    register_page_part(part("a", css=("a",), wanted=lambda context: context["has"]))

    assert css_of_parts(context={"has": False}) == []
    assert css_of_parts(context={"has": True}) == ["a"]


def test_parts_between_say_where_and_see_what_is_taken(empty):
    seen = []

    def stops(context):
        seen.append((context["items"], context["taken"]))
        return [2, 4]

    def build(context):
        seen.append((context["stop"], context["turn"]))
        return {} if context["stop"] == 4 else None

    register_page_part(part("offer", place="in_text"))
    register_page_part(part("ad", place="in_text", stops=stops, build=build))

    found = render_between("in_text", {"sheet": None}, items=9, usual=3)

    assert seen == [(9, frozenset({3})), (2, 0), (4, 1)]
    assert {number: len(parts) for number, parts in found.items()} == {3: 1, 4: 1}
