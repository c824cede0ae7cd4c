"""The board shows what is at hand, to whom it concerns."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from masthead.desk.budget import budget_for
from masthead.publishing.actions import publish_article, schedule_article, withdraw_article
from tests.desk.factory import a_live_article, an_article, an_author, at_desk


def the_board(user, **asked):
    now = timezone.now()
    today = now - timedelta(hours=8)
    return budget_for(user, now=now, today=today, **({"outlet_slug": "", "person": None} | asked))


def headlines(board):
    return {
        column.name: [card.headline for card in column.cards]
        for column in board.columns
        if column.cards
    }


def test_each_article_stands_in_the_column_of_its_state(courier, ada):
    now = timezone.now()
    an_article(courier, "Draft")
    planned = an_article(courier, "Planned")
    schedule_article(article=planned, by=None, at=now + timedelta(hours=2), now=now)
    out = an_article(courier, "Out")
    publish_article(article=out, by=None, at=now)
    gone = a_live_article(courier, "Gone")
    withdraw_article(article=gone, by=None, at=now, reason="Wrong bridge.")

    board = the_board(ada)

    assert headlines(board) == {
        "Drafts": ["Draft"],
        "Scheduled": ["Planned"],
        "Published today": ["Out"],
        "Withdrawn lately": ["Gone"],
    }


def test_what_is_out_stands_in_the_order_of_the_times_told(courier, ada):
    now = timezone.now()
    early, late = an_article(courier, "Early"), an_article(courier, "Late")
    publish_article(article=early, by=None, at=now - timedelta(hours=3))
    publish_article(article=late, by=None, at=now - timedelta(hours=2))
    early.title = "Early updated"
    early.save_revision()
    publish_article(article=early, by=None, at=now - timedelta(hours=1))

    assert headlines(the_board(ada)) == {"Published today": ["Early updated", "Late"]}


def test_changes_to_a_live_article_are_work_at_hand(courier, ada):
    article = a_live_article(courier)
    article.title = "The bridge opens Tuesday"
    article.save_revision(user=ada)

    card = the_board(ada).columns[0].cards[0]

    assert (card.headline, card.changes_waiting) == ("The bridge opens Tuesday", True)


def test_a_reporter_sees_only_their_section(courier, tideline, bo):
    an_article(courier, "Mine")
    an_article(courier, "Match", section="sport")
    an_article(tideline, "Tide")

    assert headlines(the_board(bo)) == {"Drafts": ["Mine"]}


def test_the_board_is_narrowed_to_an_outlet_and_to_a_person(courier, tideline, olga):
    author = an_author()
    an_article(courier, "Mine", by=author)
    an_article(courier, "Theirs")
    an_article(tideline, "Tide", by=author)

    board = the_board(olga, outlet_slug="courier", person=author.pk)

    assert headlines(board) == {"Drafts": ["Mine"]}


def test_a_card_says_what_is_missing_and_how_long_the_text_is(courier, ada):
    an_article(courier, text="One two three four.")

    card = the_board(ada).columns[0].cards[0]

    assert card.words == 4
    assert card.warnings == ["No byline", "No lead picture"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_costs_the_same_at_one_and_at_three_articles(
    courier, ada, django_assert_max_num_queries, count
):
    author = an_author()
    for number in range(count):
        an_article(courier, f"Draft {number}", by=author)

    with django_assert_max_num_queries(9):
        the_board(ada)


def test_home_shows_the_board_with_a_way_to_a_new_article(courier, bo):
    an_article(courier, "Mine")

    page = at_desk(bo).get("/desk/").content.decode()

    assert "Mine" in page
    assert reverse("desk_new_article") in page


def test_a_new_article_leads_to_the_only_section_one_writes_in(courier, bo):
    answer = at_desk(bo).get(reverse("desk_new_article"))

    section = courier.get_children().get(slug="news")
    assert answer.url == f"/desk/pages/add/articles/articlepage/{section.pk}/"


def test_with_several_sections_one_chooses(courier, ada):
    page = at_desk(ada).get(reverse("desk_new_article")).content.decode()

    assert page.count("/desk/pages/add/articles/articlepage/") == 2


def test_the_list_of_articles_shows_only_ones_own_part(courier, tideline, bo):
    an_article(courier, "Mine")
    an_article(tideline, "Tide")

    page = at_desk(bo).get("/desk/articles/").content.decode()

    assert ("Mine" in page, "Tide" in page) == (True, False)


def test_the_list_of_articles_costs_the_same_for_three_and_for_nine(courier, ada):
    desk = at_desk(ada)
    counted = []
    for _ in range(2):
        for number in range(3 + 3 * len(counted)):
            a_live_article(courier, f"{len(counted)} {number}")
        desk.get("/desk/articles/")
        with CaptureQueriesContext(connection) as asked:
            desk.get("/desk/articles/")
        counted.append(len(asked))

    assert counted[0] == counted[1]


@pytest.mark.parametrize("state", ["draft", "review", "scheduled", "live", "withdrawn"])
def test_the_list_of_articles_is_narrowed_by_state(courier, ada, state):
    now = timezone.now()
    an_article(courier, "One draft")
    planned = an_article(courier, "One scheduled")
    schedule_article(article=planned, by=None, at=now + timedelta(hours=2), now=now)
    a_live_article(courier, "One live")
    withdraw_article(
        article=a_live_article(courier, "One withdrawn"), by=None, at=now, reason="Wrong."
    )
    waiting = an_article(courier, "One review")
    waiting.get_workflow().start(waiting, ada)

    page = at_desk(ada).get(f"/desk/articles/?state={state}").content.decode()

    shown = set(re.findall(r"One (?:draft|review|scheduled|live|withdrawn)", page))
    assert shown == {f"One {state}"}
