"""Arranging a front, looking at it, releasing it, bringing an older one back."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Page

from masthead.accounts.models import Role
from masthead.fronts.models import FrontLayout
from masthead.outlets.actions import set_up_tree
from tests.desk.factory import a_live_article, a_person, a_section, an_article, an_outlet, at_desk


@pytest.fixture
def courier(db):
    set_up_tree()
    return an_outlet()


@pytest.fixture
def ada(courier):
    return a_person("ada", Role.EDITOR, courier)


def arrange(client, slots, name="courier"):
    return client.post(
        reverse("fronts:arrange", args=[name]),
        json.dumps({"slots": slots}),
        content_type="application/json",
    )


def zone(answer, name):
    return next(each for each in answer.json()["zones"] if each["name"] == name)


def test_a_draft_is_kept_and_the_rest_is_filled_up(courier, ada):
    first, second = a_live_article(courier, "First"), a_live_article(courier, "Second")

    answer = arrange(at_desk(ada), [{"zone": "lead", "article": first.pk}])

    assert [slot["headline"] for slot in zone(answer, "lead")["slots"]] == ["First"]
    assert [card["id"] for card in zone(answer, "left")["filled"]] == [second.pk]
    assert FrontLayout.objects.get().state == "draft"


def test_readers_see_the_draft_only_after_its_release(courier, ada):
    a_live_article(courier, "Newest")
    lead = a_live_article(courier, "Chosen lead")
    client = at_desk(ada)
    arrange(client, [{"zone": "row", "article": lead.pk}])
    before = client.get("/courier/").content.decode()

    client.post(reverse("fronts:release", args=["courier"]))

    after = client.get("/courier/").content.decode()
    assert FrontLayout.objects.get().state == "released"
    assert before != after


def test_looking_shows_the_draft_as_readers_will_see_it(courier, ada):
    client = at_desk(ada)
    arrange(client, [{"zone": "lead", "article": a_live_article(courier, "Chosen lead").pk}])

    answer = client.get(reverse("fronts:look", args=["courier"]))

    assert "Chosen lead" in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"slots": 3}',
        b'{"slots": [3]}',
        b'{"slots": [{"zone": "attic", "article": 1}]}',
        b'{"slots": [{"zone": "lead"}]}',
        b'{"slots": [{"zone": "lead", "article": 1, "pinned_from": "soon"}]}',
    ],
)
def test_what_is_not_a_front_is_refused_with_a_sentence(courier, ada, body):
    answer = at_desk(ada).post(
        reverse("fronts:arrange", args=["courier"]), body, content_type="application/json"
    )

    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")
    assert not FrontLayout.objects.exists()


def test_an_older_front_comes_back_as_a_draft(courier, ada):
    article = a_live_article(courier, "First")
    client = at_desk(ada)
    for slots in ([{"zone": "lead", "article": article.pk}], []):
        arrange(client, slots)
        client.post(reverse("fronts:release", args=["courier"]))
    older = FrontLayout.objects.get(state="replaced")

    client.post(reverse("fronts:bring_back", args=["courier", older.pk]))

    draft = FrontLayout.objects.get(state="draft")
    assert [slot["article"] for slot in draft.slots] == [article.pk]


def test_a_draft_can_be_thrown_away(courier, ada):
    client = at_desk(ada)
    arrange(client, [])

    client.post(reverse("fronts:discard", args=["courier"]))

    assert not FrontLayout.objects.exists()


def test_only_published_articles_of_the_outlet_are_found(courier, ada):
    other = an_outlet("Tideline", ("News",))
    a_live_article(courier, "Bridge opens")
    an_article(courier, "Bridge draft")
    a_live_article(other, "Bridge at sea")

    answer = at_desk(ada).get(reverse("fronts:articles", args=["courier"]), {"q": "bridge"})

    assert [each["headline"] for each in answer.json()["found"]] == ["Bridge opens"]


@pytest.mark.parametrize(
    ("role", "where", "may"),
    [
        (Role.CONTRIBUTOR, "outlet", False),
        (Role.REPORTER, "outlet", False),
        (Role.EDITOR, "section", False),
        (Role.EDITOR, "outlet", True),
        (Role.PUBLISHER, "outlet", True),
        (Role.EDITOR, "other", False),
        (Role.OWNER, "root", True),
    ],
)
def test_a_front_is_for_whoever_publishes_in_the_whole_outlet(courier, role, where, may):
    places = {
        "outlet": courier,
        "section": a_section(courier),
        "other": an_outlet("Tideline", ("News",)),
        "root": Page.get_first_root_node(),
    }
    client = at_desk(a_person("someone", role, places[where]))

    answers = {
        client.get(reverse("fronts:curate", args=["courier"])).status_code,
        arrange(client, []).status_code,
        client.get(reverse("fronts:look", args=["courier"])).status_code,
    }

    assert answers == ({200} if may else {404})


@pytest.mark.parametrize("count", [1, 3])
def test_the_curating_screen_costs_the_same_however_much_is_placed(
    courier, ada, django_assert_max_num_queries, count
):
    client = at_desk(ada)
    articles = [a_live_article(courier, f"Number {number}") for number in range(count)]
    arrange(client, [{"zone": "left", "article": article.pk} for article in articles])

    with django_assert_max_num_queries(20):
        arrange(client, [{"zone": "left", "article": article.pk} for article in articles])
