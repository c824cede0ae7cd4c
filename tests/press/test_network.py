"""The network's own front: what it says of itself to machines."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from masthead.outlets.actions import name_network
from masthead.outlets.queries import sheets
from masthead.outlets.sheet import Sheet
from masthead.outlets.structured_data import outlet_card_path
from masthead.press.network import network_page, network_sheet
from tests.factories import NOON, an_outlet


@pytest.fixture
def known(db: None) -> list[Sheet]:
    an_outlet(follow=[("x", "harbourcourier")])
    an_outlet(slug="tideline", title="Tideline")
    name_network(name="Northlight", at=NOON)
    return sheets()


def draw(path: str, media_root: Any) -> None:
    """A share picture is there once its file is."""
    file = Path(media_root) / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()


def test_the_network_is_described_by_its_titles(known: list[Sheet]) -> None:
    head = network_page(known).head

    assert (head.title, head.canonical) == ("Northlight", "http://127.0.0.1:8000/")
    assert head.description == "Independent titles, one network. The Harbour Courier, Tideline"


def test_the_description_is_in_the_first_outlets_language(known: list[Sheet]) -> None:
    with translation.override("ar"):
        description = network_page(known).head.description

    assert description == "صحف مستقلة في شبكة واحدة. The Harbour Courier، Tideline"


def test_the_networks_own_card_is_shared_under_its_name(known: list[Sheet], settings: Any) -> None:
    card = outlet_card_path(network_sheet(known[0]))
    draw(card, settings.MEDIA_ROOT)
    draw(outlet_card_path(known[0]), settings.MEDIA_ROOT)

    tags = dict(network_page(known).head.og)

    assert tags["og:image"] == f"http://127.0.0.1:8000/media/{card}"
    assert (tags["og:image:width"], tags["og:image:height"]) == ("1200", "630")
    assert tags["og:image:alt"] == "Northlight"


def test_the_first_outlets_card_stands_in_and_names_both(known: list[Sheet], settings: Any) -> None:
    card = outlet_card_path(known[0])
    draw(card, settings.MEDIA_ROOT)

    tags = dict(network_page(known).head.og)

    assert tags["og:image"] == f"http://127.0.0.1:8000/media/{card}"
    assert tags["og:image:alt"] == "Northlight: The Harbour Courier"


def test_without_any_card_none_is_claimed(known: list[Sheet]) -> None:
    tags = dict(network_page(known).head.og)

    assert tags == {"og:type": "website", "twitter:card": "summary"}


@pytest.mark.parametrize("is_drawn", [True, False])
def test_an_outlets_accounts_are_not_the_networks(
    known: list[Sheet], settings: Any, is_drawn: bool
) -> None:
    if is_drawn:
        draw(outlet_card_path(known[0]), settings.MEDIA_ROOT)

    assert "twitter:site" not in dict(network_page(known).head.og)
