"""The one row that readers' pages know of their outlet."""

from datetime import timedelta

import pytest

from masthead.accounts.queries import network_name
from masthead.outlets import on_sheets
from masthead.outlets.actions import name_network, write_sheets
from masthead.outlets.models import Outlet, OutletSheet, Section
from masthead.outlets.queries import find_sheet, find_sheet_by_host, get_sheet, sheets
from masthead.outlets.sheet import Sheet
from tests.factories import NOON, a_page, a_section, an_outlet


@pytest.fixture
def courier(db: None) -> Outlet:
    return an_outlet(follow=[("telegram", "courier"), ("rss", "")])


def sheet() -> Sheet:
    found = find_sheet(slug="courier")
    assert found is not None
    return found


def test_publishing_an_outlet_writes_its_sheet(courier):
    found = sheet()

    assert (found.name, found.slug, found.prefix) == ("The Harbour Courier", "courier", "/courier")
    assert found.base == "http://127.0.0.1:8000/courier"
    assert [(each.network, each.url) for each in found.follow] == [
        ("telegram", "https://t.me/courier"),
        ("rss", "http://127.0.0.1:8000/courier/feed.xml"),
    ]


def test_a_draft_of_an_outlet_is_not_public(courier):
    courier.tagline = "Not yet"
    courier.save_revision()

    assert sheet().tagline == "News of the water and ashore"


def test_sections_and_plain_pages_stand_in_it_in_order(courier):
    port = a_section(courier)
    locks = a_section(port, "Locks")
    a_section(courier, "Town")
    about = a_page(courier, title="About us", purpose="about")

    found = sheet()

    assert [each.name for each in found.navigation] == ["Port", "Town"]
    assert [each.name for each in found.children_of(found.navigation[0])] == ["Locks"]
    assert (found.find_section_at("port/locks/"), found.find_section(section_id=locks.pk)) == (
        found.sections[1],
        found.sections[1],
    )
    assert found.page_for("about") == found.find_page_at(f"{about.slug}/")
    assert (found.find_section_at("x/"), found.find_page_at("x/")) == (None, None)


def test_a_section_outside_the_navigation_is_still_known(courier):
    section = Section(title="Notices", in_navigation=False)
    courier.add_child(instance=section)
    section.save_revision().publish()

    found = sheet()

    assert (found.navigation, [each.name for each in found.sections]) == ([], ["Notices"])


def test_taking_a_section_down_or_away_takes_it_out(courier):
    port, town = a_section(courier), a_section(courier, "Town")

    port.unpublish()
    Section.objects.get(pk=town.pk).delete()

    assert sheet().sections == []


def test_sister_titles_know_each_other(courier):
    an_outlet(slug="tideline", title="Tideline")

    assert [each.name for each in sheet().sisters] == ["Tideline"]
    assert [each.name for each in sheets()] == ["The Harbour Courier", "Tideline"]


def test_an_outlet_taken_down_is_forgotten_by_its_sisters(courier):
    tideline = an_outlet(slug="tideline", title="Tideline")

    tideline.unpublish()

    assert (sheet().sisters, find_sheet(slug="tideline")) == ([], None)


def test_the_networks_name_is_on_every_sheet(courier):
    name_network(name="Northlight Press", at=NOON)

    assert (network_name(), sheet().network_name) == ("Northlight Press", "Northlight Press")


def test_an_outlet_with_a_domain_is_found_by_it_and_has_no_prefix(courier):
    courier.domains.create(host="courier.example")
    courier.save_revision().publish()

    found = find_sheet_by_host("courier.example")

    assert found is not None
    assert (found.prefix, found.base) == ("", "http://courier.example")
    assert get_sheet(outlet_id=courier.pk).prefix == ""


def test_a_sheet_that_says_the_same_is_left_alone(courier):
    before = OutletSheet.objects.get()

    write_sheets(at=NOON + timedelta(days=1))

    after = OutletSheet.objects.get()
    assert (after.data, after.changed_at) == (before.data, before.changed_at)


def test_followers_are_told_of_each_sheet_that_changed_and_no_other(courier, monkeypatch):
    tideline = an_outlet(slug="tideline", title="Tideline")
    told: list[int] = []
    monkeypatch.setattr(on_sheets, "_followers", {"test": told.append})

    a_section(tideline)

    assert told == [tideline.pk]


def test_a_sheet_written_by_a_newer_release_can_still_be_read(courier):
    a_section(courier)
    an_outlet(slug="tideline", title="Tideline")
    a_page(courier, title="About us", purpose="about")
    data = OutletSheet.objects.get(slug="courier").data
    newer = {**data, "mood": "calm"}
    for name in ("sections", "pages", "follow", "sisters"):
        newer[name] = [{**each, "mood": "calm"} for each in data[name]]

    assert Sheet.from_row(newer, prefix="") == Sheet.from_row(data, prefix="")


def test_addresses_are_joined_to_the_prefix_and_to_the_base(courier):
    found = sheet()

    assert (found.url(), found.url("port/")) == ("/courier/", "/courier/port/")
    assert found.absolute("port/") == "http://127.0.0.1:8000/courier/port/"


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_the_direction_follows_the_language(courier, language, direction):
    courier.language = language
    courier.save_revision().publish()

    assert sheet().direction == direction
