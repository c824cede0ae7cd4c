"""The editors of a title's pages speak of its real addresses, and make one left empty."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from masthead.accounts.grants import collection_for
from masthead.accounts.models import Role
from masthead.outlets.models import Outlet, PlainPage, Section
from tests.factories import a_person, an_article, at_desk

WAGTAILS = (
    "my-slug",
    "Promote",
    "underneath a headline",
    "Go live date/time",
    "seen by the public",
)

NOTES = {"comments": inline_formset([])}
FORMS = {
    Section: NOTES | {"half_life_days": "90", "in_navigation": "on"},
    PlainPage: NOTES | {"purpose": "other", "text": rich_text("<p>Who we are.</p>")},
    Outlet: NOTES
    | {
        "language": "en",
        "timezone": "UTC",
        "related_from": "network",
        "accent": "#9b1c31",
        "accent_dark": "#e8707f",
        "paper": "#fdfcfa",
        "paper_dark": "#14120f",
        "reading_face": "newsreader",
        "headline_face": "newsreader",
        "follow_links": inline_formset([{"network": "rss", "account": ""}]),
        "domains": inline_formset([{"host": "quay.example"}]),
    },
}


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


@pytest.mark.parametrize("kind", [Outlet, Section, PlainPage])
def test_one_form_makes_one_page_however_often_it_is_posted(kind, courier):
    root = courier.get_parent()
    client = at_desk(a_person("ada", Role.OWNER, root))
    above = root if kind is Outlet else courier
    url = reverse("wagtailadmin_pages:add", args=["outlets", kind._meta.model_name, above.pk])
    form = FORMS[kind] | {"title": "Quay", "slug": "quay", "action-publish": "1"}
    form["form_key"] = client.get(url).context["form_key"]

    for _ in range(2):
        assert client.post(url, nested_form_data(form)).status_code == 302

    made = kind.objects.get(title="Quay")
    assert (made.live, made.slug) == (True, "quay")
    if kind is Outlet:
        assert [each.host for each in made.domains.all()] == ["quay.example"]


def test_what_is_uploaded_from_a_form_is_offered_to_its_title(courier, port):
    own = str(collection_for(courier).pk)

    forms = [
        page.get_edit_handler().get_form_class()(instance=page, parent_page=above)
        for page, above in ((courier, courier.get_parent()), (an_article(port), port))
    ]

    assert [str(form["title"].field.widget.attrs["data-files-of-title"]) for form in forms] == [
        own
    ] * 2


def test_no_editor_speaks_in_wagtails_words(courier, port, fay):
    client = at_desk(fay)
    addresses = [
        reverse("wagtailadmin_pages:edit", args=[page.pk])
        for page in (courier, port, an_article(port))
    ] + [reverse("wagtailadmin_pages:add", args=["outlets", "plainpage", courier.pk])]

    pages = [client.get(address).content.decode() for address in addresses]

    assert [words for page in pages for words in WAGTAILS if words in page] == []
    assert f"Readers find it at {port.full_url}…/" in pages[2]
