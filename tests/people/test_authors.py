"""Bylines: names in order, portraits of today, addresses that are free."""

import pytest

from masthead.accounts.actions import assign_role
from masthead.accounts.models import Role
from masthead.outlets.queries import get_sheet
from masthead.outlets.sheet import Sheet
from masthead.people.forms import AuthorForm
from masthead.people.models import Author
from masthead.people.queries import author_lines
from tests.factories import (
    a_person,
    a_picture,
    a_section,
    an_article,
    an_author,
    an_outlet,
    at_desk,
)


@pytest.fixture
def sheet(db: None) -> Sheet:
    return get_sheet(outlet_id=an_outlet().pk)


def stored(author: Author) -> dict[str, object]:
    return {
        "id": author.pk,
        "name": author.name,
        "post_nominals": author.post_nominals,
        "slug": author.slug,
        "is_shared": author.is_shared,
    }


def test_letters_stand_after_the_name():
    assert Author(name="Tomas Lindqvist", post_nominals="PhD").byline == "Tomas Lindqvist, PhD"
    assert Author(name="Mara Okafor").byline == "Mara Okafor"


def test_lines_keep_the_order_of_the_byline_and_show_todays_record(sheet):
    mara, tomas = an_author(), an_author("Tomas Lindqvist", role="Editor", portrait=a_picture())
    entries = [stored(tomas), stored(mara)]
    Author.objects.filter(pk=mara.pk).update(name="Mara O. Okafor")

    lines = author_lines(entries, sheet=sheet)

    assert [line.name for line in lines] == ["Tomas Lindqvist", "Mara O. Okafor"]
    assert [line.initials for line in lines] == ["TL", "MO"]
    assert lines[0].url == "/courier/authors/tomas-lindqvist/"
    assert (lines[0].role, lines[0].portrait is not None) == ("Editor", True)


def test_an_author_deleted_since_keeps_the_printed_name_without_a_link(sheet):
    mara = an_author()
    entry = stored(mara)
    mara.delete()

    (line,) = author_lines([entry], sheet=sheet)

    assert (line.byline, line.url, line.portrait) == ("Mara Okafor", "", None)


@pytest.mark.parametrize("titles", [1, 2])
def test_a_new_author_writes_for_the_one_title_of_whoever_adds_them(db, titles):
    outlets = [an_outlet(slug=f"title-{n}") for n in range(2)][:titles]
    ada = a_person("ada", Role.EDITOR, outlets[0])
    for outlet in outlets[1:]:
        assign_role(user=ada, role=Role.EDITOR, place=outlet, by=None)

    form = at_desk(ada).get("/desk/authors/new/").context["form"]

    assert form["outlets"].value() == ([outlets[0].pk] if titles == 1 else [])


def test_lines_cost_one_query_however_many_there_are(sheet, django_assert_num_queries):
    entries = [stored(an_author(f"Author {n}")) for n in range(3)]

    with django_assert_num_queries(1):
        author_lines(entries, sheet=sheet)
    with django_assert_num_queries(0):
        author_lines([], sheet=sheet)


def test_a_new_author_gets_an_address_that_is_free(db):
    for wanted in ("bo-quill", "bo-quill-2"):
        form = AuthorForm({"name": "Bo Quill", "role": ""})
        assert form.is_valid()
        assert form.save().slug == wanted


def test_an_authors_page_lists_their_articles_only(sheet, client):
    section = a_section(an_outlet(slug="tideline", title="Tideline"))
    mara, tomas = an_author(), an_author("Tomas Lindqvist")
    an_article(section, "By Mara", authors=[mara])
    an_article(section, "By both", authors=[tomas, mara])
    an_article(section, "By Tomas", authors=[tomas])

    page = client.get(
        "/tideline/authors/mara-okafor/", headers={"host": "127.0.0.1:8000"}
    ).content.decode()

    assert ["By Mara" in page, "By both" in page, "By Tomas" in page] == [True, True, False]


def test_somebody_nobody_knows_has_no_page(sheet, client):
    answer = client.get("/courier/authors/nobody/", headers={"host": "127.0.0.1:8000"})

    assert answer.status_code == 404


@pytest.mark.django_db
def test_an_address_left_empty_is_made_from_the_name():
    author = Author(name="Quentin Harrow")

    author.full_clean(exclude=["slug"])

    assert author.slug == "quentin-harrow"
