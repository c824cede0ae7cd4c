"""Who may open which of the desk's own screens, and what they do there."""

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from wagtail.admin.menu import admin_menu

from masthead.accounts.models import Role
from masthead.people.models import Author
from masthead.readers.models import Entitlement, Reader
from tests.desk.factory import NOON, a_person, a_section, an_article, an_author, at_desk

READERS = "/desk/readers/"
# Where a screen with only one choice leads.
ONWARD = ("/desk/pages/add/", "/desk/fronts/courier/")
WHO_MAY = {
    READERS: {"olga", "fay"},
    "/desk/outlets/": {"olga", "fay", "ada", "bo"},
    "/desk/articles/": {"olga", "fay", "ada", "bo"},
    "/desk/articles/new/": {"olga", "fay", "ada", "bo"},
    "/desk/authors/": {"olga", "fay", "ada"},
    "/desk/authors/new/": {"olga", "fay", "ada"},
    "/desk/topics/": {"olga", "fay", "ada"},
    "/desk/fronts/": {"olga", "fay", "ada"},
    "/desk/fronts/courier/": {"olga", "fay", "ada"},
    "/desk/fronts/courier/look/": {"olga", "fay", "ada"},
}


@pytest.mark.parametrize("url", WHO_MAY)
def test_a_screen_opens_only_for_those_it_is_for(url, olga, fay, ada, bo):
    opened = set()
    for name, user in {"olga": olga, "fay": fay, "ada": ada, "bo": bo}.items():
        answer = at_desk(user).get(url)
        if answer.status_code == 200 or answer.headers.get("Location", "").startswith(ONWARD):
            opened.add(name)

    assert opened == WHO_MAY[url]


def test_an_author_is_added_with_a_byline_of_their_own(ada):
    at_desk(ada).post(
        "/desk/authors/new/",
        {
            "name": "Ines Varga",
            "slug": "ines-varga",
            "role": "Fisheries reporter",
            "biography": '{"blocks": [], "entityMap": {}}',
            "links-TOTAL_FORMS": "0",
            "links-INITIAL_FORMS": "0",
            "links-MIN_NUM_FORMS": "0",
            "links-MAX_NUM_FORMS": "1000",
        },
    )

    assert [(a.name, a.slug) for a in Author.objects.all()] == [("Ines Varga", "ines-varga")]


def test_the_byline_chooser_finds_and_adds_authors(bo, ada):
    an_author("Mara Okafor")

    shown = at_desk(bo).get("/desk/author_chooser/").content.decode()
    at_desk(ada).post(
        "/desk/author_chooser/create/",
        {
            "author-chooser-create-name": "Mara Okafor",
            "author-chooser-create-role": "Port",
            "create-form-name": "Mara Okafor",
            "name": "Mara Okafor",
            "role": "Port",
        },
    )

    assert "Mara Okafor" in shown
    assert sorted(a.slug for a in Author.objects.all()) == ["mara-okafor", "mara-okafor-2"]


def test_the_list_of_authors_costs_the_same_at_one_and_at_three(ada):
    client = at_desk(ada)
    an_author("A B")
    client.get("/desk/authors/")

    with CaptureQueriesContext(connection) as at_one:
        client.get("/desk/authors/")
    an_author("C D")
    an_author("E F")
    with CaptureQueriesContext(connection) as at_three:
        client.get("/desk/authors/")

    assert len(at_three) == len(at_one)


def test_a_benefit_is_given_and_ended_by_hand(fay):
    client = at_desk(fay)

    client.post(READERS, {"email": "Di@Example.org"})
    reader = Reader.objects.get()
    of_reader = reverse("readers:reader", args=[reader.public_id])
    client.post(of_reader, {"benefit": "ad-free", "until": ""})
    grant = Entitlement.objects.get()
    client.post(reverse("readers:end", args=[reader.public_id, grant.pk]))

    grant.refresh_from_db()
    assert (reader.email, grant.granted_by, grant.ends_at is None) == ("di@example.org", fay, False)


def test_a_subscription_is_not_ended_by_hand(fay):
    reader = Reader.objects.create(email="di@example.org", joined_at=NOON)
    grant = Entitlement.objects.create(
        reader=reader, benefit="ad-free", source="subscription", starts_at=NOON
    )

    answer = at_desk(fay).post(reverse("readers:end", args=[reader.public_id, grant.pk]))

    grant.refresh_from_db()
    assert (answer.status_code, grant.ends_at) == (404, None)


def test_only_an_owner_is_offered_a_new_outlet(olga, fay):
    pages = {str(u): at_desk(u).get("/desk/outlets/").content.decode() for u in (olga, fay)}

    assert {name: "New outlet" in page for name, page in pages.items()} == {
        "Olga": True,
        "Fay": False,
    }


def test_the_menu_speaks_the_newsrooms_words_in_order(courier, olga, bo):
    def menu(user):
        request = RequestFactory().get("/desk/")
        request.user = user
        return [str(item.label) for item in admin_menu.menu_items_for_request(request)]

    assert menu(olga) == [
        "Budget",
        "Articles",
        "Front pages",
        "Newsletters",
        "Comments",
        "Social networks",
        "Authors",
        "Topics",
        "Pictures",
        "Documents",
        "Recordings",
        "Readers",
        "Memberships",
        "Advertising",
        "Mail",
        "Partners",
        "People",
        "Outlets",
        "Jobs",
        "All pages",
        "Reports",
        "Settings",
    ]
    assert menu(bo) == [
        "Budget",
        "Articles",
        "Pictures",
        "Documents",
        "Recordings",
        "Reports",
    ]


def test_a_contributor_may_enter_without_seeing_what_is_not_theirs(courier):
    cy = a_person("cy", Role.CONTRIBUTOR, courier)

    assert at_desk(cy).get("/desk/").status_code == 200


def test_an_empty_list_of_articles_says_so_and_leads_on(courier, ada):
    client = at_desk(ada)

    nothing = client.get("/desk/articles/").content.decode()
    nowhere = client.get("/desk/articles/", {"q": "zeppelin"}).content.decode()

    assert 'There is no article yet. <a href="/desk/articles/new/">' in nothing
    assert "No article is like that." in nowhere


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("/desk/pages/{article}/edit/", "articles"),
        ("/desk/pages/{article}/history/", "articles"),
        ("/desk/pages/add/articles/articlepage/{section}/", "articles"),
        ("/desk/pages/{section}/edit/", "outlets"),
        ("/desk/pages/{section}/", ""),
        ("/desk/articles/", ""),
    ],
)
def test_the_menu_knows_whose_work_a_page_is(courier, olga, address, here):
    url = address.format(article=an_article(courier).pk, section=a_section(courier).pk)
    request = RequestFactory().get(url)
    request.user, request.resolver_match = olga, resolve(url)

    items = {item.name: item for item in admin_menu.menu_items_for_request(request)}

    assert [name for name, item in items.items() if "desk-here" in item.classname] == (
        [here] if here else []
    )
    lit_by_address = [str(items[name].url).endswith("?") for name in ("budget", "explorer")]
    assert lit_by_address == [bool(here)] * 2
