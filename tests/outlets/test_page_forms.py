"""The editors of a title's pages speak of its real addresses, and make one left empty."""

import pytest
from django.urls import reverse

from masthead.accounts.models import Role
from masthead.outlets.models import Section
from tests.factories import a_person, an_article, at_desk

WAGTAILS = (
    "my-slug",
    "Promote",
    "underneath a headline",
    "Go live date/time",
    "seen by the public",
)


@pytest.fixture
def fay(courier):
    return a_person("fay", Role.PUBLISHER, courier)


def test_a_section_without_an_address_is_given_one_made_from_its_name(courier, fay):
    url = reverse("wagtailadmin_pages:add", args=["outlets", "section", courier.pk])
    form = {"title": "City Hall", "slug": "", "half_life_days": "90", "in_navigation": "on"}
    sets = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    form |= {f"comments-{key}": value for key, value in sets.items()}

    made = [at_desk(fay).post(url, form).status_code for _ in range(2)]

    slugs = Section.objects.child_of(courier).filter(title="City Hall").order_by("path")
    assert (made, [section.slug for section in slugs]) == ([302, 302], ["city-hall", "city-hall-2"])


def test_no_editor_speaks_in_wagtails_words(courier, port, fay):
    client = at_desk(fay)
    addresses = [
        reverse("wagtailadmin_pages:edit", args=[page.pk])
        for page in (courier, port, an_article(port))
    ] + [reverse("wagtailadmin_pages:add", args=["outlets", "plainpage", courier.pk])]

    pages = [client.get(address).content.decode() for address in addresses]

    assert [words for page in pages for words in WAGTAILS if words in page] == []
    assert f"Readers find it at {port.full_url}…/" in pages[2]
