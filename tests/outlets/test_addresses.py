"""Bases, paths, links inside the network, addresses that moved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.outlets.actions import record_move
from masthead.outlets.addresses import base_of, inside_link, path_below, resolve_inside_links
from masthead.outlets.models import Outlet, PathMove
from masthead.outlets.queries import find_moved_url, get_sheet
from masthead.outlets.sheet import Sheet, SheetSister
from tests.factories import NOON, an_outlet

SHEET = Sheet(
    id=1,
    public_id="",
    slug="courier",
    name="",
    base="https://courier.example",
    network_name="",
    network_base="https://north.example",
    prefix="/courier",
    sisters=[SheetSister(2, "tideline", "Tideline", "https://tideline.example")],
)


@pytest.mark.parametrize(
    ("url_path", "below"),
    [("/courier/port/trial/", "port/trial/"), ("/courier/", ""), ("/", "")],
)
def test_the_path_below_an_outlet(url_path, below):
    assert path_below(url_path) == below


def test_the_base_is_the_first_domain_else_the_path_form(courier):
    before = base_of(courier)
    courier.domains.create(host="courier.example", sort_order=0)
    courier.domains.create(host="www.courier.example", sort_order=1)

    assert (before, base_of(courier)) == (
        "http://127.0.0.1:8000/courier",
        "http://courier.example",
    )


@pytest.mark.parametrize(
    ("url_path", "here", "abroad"),
    [
        ("/courier/port/a/", "/courier/port/a/", "https://courier.example/port/a/"),
        ("/tideline/a/", "https://tideline.example/a/", "https://tideline.example/a/"),
        ("/gone/a/", "https://north.example/gone/a/", "https://north.example/gone/a/"),
        ("/courier/", "/courier/", "https://courier.example/"),
    ],
)
def test_inside_links_are_resolved_for_the_page_and_for_the_world(url_path, here, abroad):
    html = f'<a href="{inside_link(url_path=url_path)}">x</a>'

    assert resolve_inside_links(html, sheet=SHEET) == f'<a href="{here}">x</a>'
    assert resolve_inside_links(html, sheet=SHEET, absolute=True) == f'<a href="{abroad}">x</a>'


@given(st.text())
def test_text_without_inside_links_is_left_alone(html):
    kept = html.replace("outlet:", "")

    assert resolve_inside_links(kept, sheet=SHEET) == kept


def moved(courier: Outlet, *moves: tuple[str, str]) -> Sheet:
    for old, new in moves:
        record_move(outlet_id=courier.pk, old_path=old, new_path=new, at=NOON)
    return get_sheet(outlet_id=courier.pk)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("port/", "/courier/harbour/"),
        ("port/a/", "/courier/harbour/a/"),
        ("port/locks/a/", "/courier/harbour/gates/a/"),
        ("port/b/", "/courier/harbour/c/"),
        ("town/", None),
        ("ports/", None),
    ],
)
def test_the_longest_part_that_moved_decides(courier, asked, answer):
    sheet = moved(
        courier, ("port/", "harbour/"), ("port/locks/", "harbour/gates/"), ("port/b/", "harbour/c/")
    )

    assert find_moved_url(sheet=sheet, path=asked) == answer


def test_a_move_to_itself_is_none(courier):
    moved(courier, ("port/", "port/"))

    assert PathMove.objects.count() == 0


def test_moving_back_forgets_the_way_there(courier):
    sheet = moved(courier, ("port/", "harbour/"), ("harbour/", "port/"))

    assert find_moved_url(sheet=sheet, path="port/") is None
    assert find_moved_url(sheet=sheet, path="harbour/") == "/courier/port/"


def test_moving_twice_leads_on_in_two_steps(courier):
    sheet = moved(courier, ("port/", "harbour/"), ("harbour/", "quay/"))

    assert [find_moved_url(sheet=sheet, path=path) for path in ("port/", "harbour/")] == [
        "/courier/harbour/",
        "/courier/quay/",
    ]


def test_one_outlets_moves_are_not_anothers(courier):
    moved(courier, ("port/", "harbour/"))
    tideline = an_outlet(slug="tideline", title="Tideline")

    assert find_moved_url(sheet=get_sheet(outlet_id=tideline.pk), path="port/") is None
