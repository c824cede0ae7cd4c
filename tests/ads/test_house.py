"""What a title offers in places that nobody has bought: never the same twice on a page."""

from types import SimpleNamespace
from typing import Any

import pytest

from masthead.ads.models import Place
from masthead.ads.places.house import offers_on_page
from masthead.ads.places.parts import build_place
from masthead.outlets.sheet import Sheet, SheetPage, SheetSection, SheetSister

PORT, ARTS, SPORT = (
    SheetSection(number, name, f"{name.lower()}/")
    for number, name in enumerate(("Port", "Arts", "Sport"), 1)
)
PRICE = {"id": "p", "currency": "eur", "amount_cents": 500, "every": "month", "choice": False}
EVENING = {"id": "1", "name": "Evening", "promise": "At six.", "slug": "evening"}
PLAN = {"name": "Ad-free", "promise": "None of it.", "ad_free": True, "trial_days": 0}
KINDS = ["article", "front", "section"]
PLACES = [{"place": place.value, "kinds": KINDS, "words": 150} for place in Place]


def a_context(kind: str = "article", prompts: Any = (), **fields: Any) -> dict[str, Any]:
    """A page of a title with three sections, a newsletter and a plan without advertising."""
    sheet = Sheet(
        id=1,
        public_id="1",
        slug="courier",
        name="The Harbour Courier",
        base="https://courier.example",
        network_name="Network",
        network_base="https://network.example",
        sections=fields.pop("sections", [PORT, ARTS, SPORT]),
        pages=[SheetPage(1, "contact", "Contact", "contact/")],
        sisters=[SheetSister(2, "gazette", "The Gazette", "https://gazette.example")],
        supplements={
            "ads": {"places": PLACES},
            "newsletters": {"offered": [EVENING]},
            "memberships": {"plans": [PLAN | {"prices": [PRICE]}], "prompts": list(prompts)},
        },
    )
    article = {"url": "/port/story/", "section": PORT, "topics": [], "access": "open"}
    return {
        "sheet": sheet,
        "page_kind": kind,
        "article": article if kind == "article" else None,
        "section": PORT if kind == "section" else None,
        "reader_class": SimpleNamespace(has=lambda _benefit: False),
        "body": [],
    }


def filled(context: dict[str, Any], *places: tuple[Place, int]) -> list[str]:
    built = [build_place({**context, "turn": turn}, place=place) for place, turn in places]
    return [each["offer"].url for each in built if each is not None]


IN_ARTICLE = [(Place.TOP, 0), *((Place.IN_TEXT, turn) for turn in range(4)), (Place.SIDE, 0)]
IN_LIST = [(Place.TOP, 0), *((Place.LIST, turn) for turn in range(3)), (Place.CARD, 0)]


@pytest.mark.parametrize(
    ("kind", "places"),
    [("article", [*IN_ARTICLE, (Place.CARD, 0)]), ("front", IN_LIST), ("section", IN_LIST)],
)
def test_no_page_offers_one_thing_twice(kind: str, places: list[tuple[Place, int]]) -> None:
    urls = filled(a_context(kind), *places)

    assert len(set(urls)) == len(urls) == len(places)


@pytest.mark.parametrize(
    ("kind", "prompts", "offered"),
    [
        # The text has the membership, the box below it the newsletters.
        ("article", [], [False, False]),
        ("front", [], [True, True]),
        ("front", ["join"], [True, False]),
        ("front", ["newsletters"], [False, True]),
    ],
)
def test_what_a_page_offers_by_itself_is_not_offered_beside_it(
    kind: str, prompts: list[str], offered: list[bool]
) -> None:
    told = [
        {"leads_to": each, "pages": "fronts", "place": "top", "section": None} for each in prompts
    ]

    urls = {each.url for each in offers_on_page(a_context(kind, told))}

    assert [f"/{path}" in urls for path in ("newsletters/", "membership/join/")] == offered


def test_a_title_with_little_to_offer_has_its_name_in_the_places_that_are_left() -> None:
    context = a_context(sections=[PORT])

    titles = [
        build_place({**context, "turn": turn}, place=place)["offer"].title  # type: ignore[index]
        for place, turn in IN_ARTICLE
    ]

    assert [title == "The Harbour Courier" for title in titles] == [False] * 3 + [True] * 2 + [
        False
    ]
