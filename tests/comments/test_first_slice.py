"""From a form to the article's page: posted, judged, approved, shown."""

import re
from datetime import timedelta
from typing import Any

import pytest

from masthead.accounts.models import User
from masthead.articles.models import ArticlePage, PublishedArticle
from masthead.comments.actions.deciding import approve_comment, reject_comment
from masthead.comments.actions.policies import set_policy
from masthead.comments.models import Comment, House, State, Thread
from masthead.outlets.models import Outlet
from masthead.readers.models import Reader
from tests.comments.conftest import HERE, Saying, a_reader, signed_in
from tests.factories import NOON


def page_of(read: Any, place: PublishedArticle) -> str:
    return str(read(place.path).content.decode())


def counts(place: PublishedArticle) -> tuple[int, int]:
    thread = Thread.objects.get(published=place)
    return thread.shown, thread.held


def test_a_comment_of_a_signed_in_reader_is_stored_held_approved_and_shown(
    place: PublishedArticle, courier: Outlet, cy: User, ada: User, read: Any
) -> None:
    set_policy(where=courier, by=ada, at=NOON, mode="first-held")
    a_reader("Cy", user=cy)
    form = {"article": str(place.public_id), "text": "Ships **at night**?", "client_id": "a1"}

    answer = signed_in(cy).post("/courier/comments/do/write", form, headers=HERE)
    comment = Comment.objects.get()
    before = page_of(read, place)
    approve_comment(comment=comment, by=ada, at=NOON + timedelta(minutes=1))
    after = page_of(read, place)

    assert answer.status_code == 201
    assert (comment.state, comment.phase) == (State.HELD, "new-author")
    assert "at night" not in before
    assert "Ships <strong>at night</strong>?" in after
    assert "1 comment<" in after
    assert counts(place) == (1, 0)


def test_a_second_post_with_the_same_id_makes_no_second_comment(
    place: PublishedArticle, cy: User
) -> None:
    a_reader("Cy", user=cy)
    client = signed_in(cy)
    form = {"article": str(place.public_id), "text": "Once.", "client_id": "a1"}

    answers = [client.post("/courier/comments/do/write", form, headers=HERE) for _ in range(2)]

    assert [each.status_code for each in answers] == [201, 201]
    assert Comment.objects.count() == 1


def test_a_form_from_another_site_does_nothing(place: PublishedArticle, cy: User) -> None:
    a_reader("Cy", user=cy)
    form = {"article": str(place.public_id), "text": "In your name."}
    foreign = HERE | {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}

    answer = signed_in(cy).post("/courier/comments/do/write", form, headers=foreign)

    assert (answer.status_code, Comment.objects.count()) == (403, 0)


def test_looking_never_acts(place: PublishedArticle, cy: User) -> None:
    answer = signed_in(cy).get("/courier/comments/do/write", headers=HERE)

    assert answer.status_code == 405


def test_a_rejected_comment_leaves_the_page_and_its_answers_keep_their_place(
    place: PublishedArticle, say: Saying, eve: Reader, ada: User, read: Any
) -> None:
    first = say(eve, "The first words.")
    say(a_reader("Fay"), "An answer to it.", parent=first)

    reject_comment(comment=first, by=ada, at=NOON, reason="offensive")
    page = page_of(read, place)

    assert "The first words" not in page
    assert "Removed by the moderators" in page
    assert "An answer to it" in page
    assert counts(place) == (1, 0)


def test_the_article_costs_no_query_more_with_comments(
    article: ArticlePage,
    place: PublishedArticle,
    say: Saying,
    eve: Reader,
    read: Any,
    django_assert_num_queries: Any,
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    read(place.path)
    with CaptureQueriesContext(connection) as without:
        read(place.path)
    say(eve, "Something.")

    with django_assert_num_queries(len(without)):
        page = read(place.path)

    assert "Something." in page.content.decode()


def test_counts_of_the_outlet_are_kept(say: Saying, eve: Reader, courier: Outlet) -> None:
    say(eve, "One thing.")
    say(eve, "Another thing.")

    house = House.objects.get(outlet=courier)

    assert (house.all, house.new, house.held) == (2, 2, 0)


@pytest.mark.parametrize("path", ["", "oldest/", "respected/"])
def test_lists_show_it_in_each_order(
    place: PublishedArticle, say: Saying, eve: Reader, read: Any, path: str
) -> None:
    say(eve, "Some words.")

    answer = read(f"comments/{place.public_id}/{path}")

    assert answer.status_code == 200
    assert "Some words." in answer.content.decode()


def test_what_the_articles_page_links_to_of_its_comments_is_there(
    place: PublishedArticle, say: Saying, eve: Reader, courier: Outlet, read: Any
) -> None:
    set_policy(where=courier, by=None, at=NOON, live=True)
    for number in range(4):  # more than the page itself has room for
        say(eve, f"{number} " + "word " * 900, at=NOON + timedelta(hours=number))

    page = page_of(read, place)
    linked = set(re.findall(r'"/courier/(comments/(?!do/)[^"]+)"', page))

    assert {each.count("/") for each in linked} == {2, 3}  # the list and its news; comments
    assert {read(each).status_code for each in linked} == {200}
