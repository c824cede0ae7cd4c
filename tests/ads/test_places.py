"""What advertising a printed page has, and where it has none at all."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from masthead.ads.models import Place, Placement
from masthead.ads.places.offered import open_places, tell_pages
from masthead.outlets.addresses import path_below
from masthead.outlets.models import Outlet, Section
from masthead.press.printing import print_target
from masthead.press.shelf import Page
from masthead.press.shelf.compressing import identity
from tests.factories import NOON, a_page, a_picture, a_section, an_article

pytestmark = pytest.mark.django_db
PARAGRAPH = "<p>" + "Ships enter after dark. " * 40 + "</p>"
ALL = [Place.TOP, Place.IN_TEXT, Place.SIDE, Place.LIST, Place.CARD]


def printed(path: str, variant: str = "public") -> Page:
    return print_target(host="127.0.0.1", target=f"/courier/{path}", variant=variant)


def tree_of(page: Page) -> Any:
    return html.fromstring(identity(page.bodies).decode())


def places_of(page: Page) -> list[str]:
    return [str(each) for each in tree_of(page).xpath("//*[@data-ad and @aria-label]/@data-ad")]


def path_of(article: Any) -> str:
    return f"port/{article.slug}/"


@pytest.fixture
def opened(courier: Outlet, port: Section) -> Outlet:
    open_places(outlet_id=courier.pk, places=ALL, at=NOON)
    return courier


def test_a_title_that_sells_nothing_has_no_places_and_prints_for_all(port: Section) -> None:
    page = printed(path_of(an_article(port, text=PARAGRAPH * 6)))

    assert b"data-ad" not in identity(page.bodies)
    assert b"placement" not in identity(page.bodies)
    assert page.for_all


def test_an_article_has_its_places_filled_with_what_the_title_offers(
    opened: Outlet, port: Section
) -> None:
    a_page(opened, title="Contact", purpose="contact")
    page = printed(path_of(an_article(port, text=PARAGRAPH * 6)))
    tree = tree_of(page)

    assert places_of(page) == ["top", "in-text", "in-text", "card", "side"]
    assert tree.xpath("//*[@data-ad and @aria-label]/p/text()") == ["From The Harbour Courier"] * 5
    assert all(tree.xpath("//*[@data-ad and @aria-label]/a/@href"))
    assert tree.xpath("//*[@data-ad and @aria-label]//*[not(@data-ad)]") == []


def test_a_page_names_its_list_and_what_targeting_asks(opened: Outlet, port: Section) -> None:
    quay = a_section(port, "Quay")
    article = an_article(quay)

    script = tree_of(printed(f"port/quay/{article.slug}/")).xpath("//script[@data-list]")[0]

    assert script.get("data-list") == "/courier/-/ads/list.json"
    assert json.loads(script.get("data-page")) == {
        "k": "article",
        "s": [quay.pk, port.pk],
        "t": [],
        "l": "en",
    }


@pytest.mark.parametrize("variant", ["adfree", "adfreemembers"])
def test_who_paid_gets_no_node_of_it_and_no_style(
    opened: Outlet, port: Section, variant: str
) -> None:
    article = an_article(port, text=PARAGRAPH * 6)

    pages = [identity(printed(path, variant).bodies) for path in (path_of(article), "", "port/")]

    assert [page for page in pages if re.search(rb"data-ad|placement|-/ads/|ads\.mjs", page)] == []


@pytest.mark.parametrize("switch", ["tick", "sponsor", "section", "section above"])
def test_each_switch_turns_all_of_it_off(opened: Outlet, port: Section, switch: str) -> None:
    section = a_section(port, "Quay") if switch == "section above" else port
    ticked: dict[str, Any] = {"without_advertising": True}
    paid: dict[str, Any] = {"kind": "sponsored", "sponsor_name": "Quay Bakery"}
    fields = {"tick": ticked, "sponsor": paid}.get(switch, {})
    if switch.startswith("section"):
        port.without_advertising = True
        port.save_revision().publish()
    article = an_article(section, text=PARAGRAPH * 6, **fields)

    page = printed(path_below(article.url_path))

    assert b"data-ad" not in identity(page.bodies)


def test_a_kind_of_page_can_be_taken_out(opened: Outlet, port: Section) -> None:
    article = an_article(port)
    Placement.objects.filter(place=Place.TOP).update(page_kinds=["front"])
    tell_pages(at=NOON)

    assert "top" not in places_of(printed(path_of(article)))
    assert "top" in places_of(printed(""))


def test_lists_have_places_between_their_items(opened: Outlet, port: Section) -> None:
    for number in range(12):
        an_article(port, f"Night trial, day {number}")

    assert places_of(printed("port/")) == ["top", "card", "list"]


def test_no_page_that_is_not_for_reading_has_any(opened: Outlet, port: Section) -> None:
    a_page(opened, title="About", purpose="about")

    assert [places_of(printed(path)) for path in ("about/", "archive/", "feeds/")] == [[], [], []]


def test_a_wide_picture_early_on_leaves_no_room_beside_it(opened: Outlet, port: Section) -> None:
    picture = {"picture": a_picture(), "alt": "", "caption": "", "width": "wide"}
    article = an_article(port, body=[("text", PARAGRAPH), ("picture", picture)])

    assert "side" not in places_of(printed(path_of(article)))


def test_places_cost_no_query(opened: Outlet, port: Section) -> None:
    article = an_article(port, text=PARAGRAPH * 6)
    printed(path_of(article))

    with CaptureQueriesContext(connection) as with_places:
        printed(path_of(article))
    Placement.objects.update(is_on=False)
    tell_pages(at=NOON)
    with CaptureQueriesContext(connection) as without:
        printed(path_of(article))

    assert len(with_places) == len(without)


def test_the_list_is_a_page_of_the_shelf(sheet: Any) -> None:
    page = printed("-/ads/list.json")

    assert json.loads(identity(page.bodies))["o"] == sheet.id
    assert dict(page.headers)["Content-Type"] == "application/json; charset=utf-8"
    assert f"z{sheet.id}" in page.keys
    assert page.for_all


def test_links_out_of_what_a_sponsor_paid_for_say_so(port: Section) -> None:
    text = '<p>See <a href="https://quay.example/">the shop</a>.</p>'
    paid = an_article(port, text=text, kind="sponsored", sponsor_name="Quay Bakery")
    own = an_article(port, text=text)

    rel = [
        tree_of(printed(path_of(each))).xpath("//a[@href='https://quay.example/']/@rel")
        for each in (paid, own)
    ]

    assert rel == [["sponsored noopener"], ["noopener"]]
