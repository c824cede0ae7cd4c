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
