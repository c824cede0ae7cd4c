"""Versions, comparing them, withdrawing."""

import pytest
from django.urls import reverse
from django.utils import timezone

from masthead.articles.models import PublishedArticle
from masthead.publishing.actions import publish_article
from masthead.publishing.comparing import Piece, compare_words
from masthead.publishing.models import Release
from tests.desk.factory import a_live_article, at_desk
from tests.factories import an_article


@pytest.fixture
def twice(courier, ada):
    article = a_live_article(courier, text="The bridge opens Monday.")
    article.body = [{"type": "text", "value": "<p>The bridge opens Tuesday.</p>"}]
    article.save_revision(user=ada)
    article.refresh_from_db()
    publish_article(article=article, by=ada, at=timezone.now(), note="The day was wrong.")
    return article


def test_words_taken_out_and_put_in_are_told_apart():
    pieces = list(compare_words("opens Monday at noon", "opens Tuesday at noon"))

    assert pieces == [
        Piece("same", "opens "),
        Piece("taken", "Monday"),
        Piece("put", "Tuesday"),
        Piece("same", " at noon"),
    ]


def test_words_that_changed_side_by_side_are_marked_as_one_run():
    pieces = compare_words(
        "It opens Monday at dawn, they say.", "It shuts Tuesday at dusk, they say."
    )

    assert list(pieces) == [
        Piece("same", "It "),
        Piece("taken", "opens Monday at dawn,"),
        Piece("put", "shuts Tuesday at dusk,"),
        Piece("same", " they say."),
    ]


def test_a_run_ends_with_its_paragraph():
    pieces = compare_words("One\n\nTwo", "Ein\n\nZwei")

    assert [piece.kind for piece in pieces] == ["taken", "put", "same", "taken", "put"]


@pytest.mark.parametrize(("old", "new"), [("a b c d", "a x c y"), ("a", ""), ("a b", "b a")])
def test_nothing_is_lost_in_comparing(old, new):
    pieces = list(compare_words(old, new))

    assert "".join(each.text for each in pieces if each.kind != "put") == old
    assert "".join(each.text for each in pieces if each.kind != "taken") == new


def test_the_versions_page_says_who_did_what_and_why(twice, ada):
    page = at_desk(ada).get(reverse("publishing:versions", args=[twice.pk])).content.decode()

    assert "version 2" in page
    assert "Ada · The day was wrong." in page


def test_comparing_marks_the_words(twice, ada):
    url = reverse("publishing:compare", args=[twice.pk])

    page = at_desk(ada).get(url, {"before": 1, "after": 2}).content.decode()

    assert "<del>Monday.</del><ins>Tuesday.</ins>" in page


@pytest.mark.parametrize("asked", ["", "x", "9", "-1", "99999999999"])
def test_comparing_with_a_version_that_is_not_there_is_a_404(twice, ada, asked):
    url = reverse("publishing:compare", args=[twice.pk])

    assert at_desk(ada).get(url, {"before": asked, "after": 2}).status_code == 404


def test_withdrawing_asks_for_a_reason_and_leaves_it_for_readers(twice, ada):
    url = reverse("publishing:withdraw", args=[twice.pk])
    client = at_desk(ada)

    empty = client.post(url, {"reason": ""})
    done = client.post(url, {"reason": "It was another bridge."})

    assert (empty.status_code, done.status_code) == (200, 302)
    twice.refresh_from_db()
    assert (twice.live, twice.withdrawn_reason) == (False, "It was another bridge.")
    assert PublishedArticle.objects.get().state == "withdrawn"
    assert Release.objects.latest("pk").note == "It was another bridge."


def test_wagtails_unpublish_leads_to_the_reason(twice, ada):
    answer = at_desk(ada).post(f"/desk/pages/{twice.pk}/unpublish/")

    assert answer.url == reverse("publishing:withdraw", args=[twice.pk])
    twice.refresh_from_db()
    assert twice.live


def test_the_editor_says_which_version_readers_have(twice, ada):
    page = at_desk(ada).get(f"/desk/pages/{twice.pk}/edit/").content.decode()

    assert "Readers see version 2 of" in page
    assert "Withdraw …" in page


def test_paragraphs_are_compared_as_paragraphs(twice, ada):
    twice.body = [{"type": "text", "value": "<p>The bridge opens.</p><p>It rains.</p>"}]
    twice.save_revision(user=ada)
    publish_article(article=twice, by=ada, at=timezone.now())
    url = reverse("publishing:compare", args=[twice.pk])

    page = at_desk(ada).get(url, {"before": 2, "after": 3}).content.decode()

    assert "<ins>opens.\nIt rains.</ins>" in page


def test_the_ways_out_have_names_for_people(twice, ada):
    page = at_desk(ada).get(reverse("publishing:versions", args=[twice.pk])).content.decode()

    assert "Share picture: " in page
    assert "share-card" not in page


def test_a_reporter_reads_the_versions_but_may_not_withdraw(twice, bo):
    client = at_desk(bo)

    assert client.get(reverse("publishing:versions", args=[twice.pk])).status_code == 200
    withdrawn = client.post(reverse("publishing:withdraw", args=[twice.pk]), {"reason": "x"})
    assert withdrawn.status_code == 404


def test_a_withdrawn_article_can_be_published_again(twice, ada):
    at_desk(ada).post(reverse("publishing:withdraw", args=[twice.pk]), {"reason": "For now."})
    twice.refresh_from_db()

    publish_article(article=twice, by=ada, at=timezone.now())

    assert PublishedArticle.objects.get().state == "live"


def test_a_draft_that_nobody_read_is_not_withdrawn(courier, ada):
    draft = an_article(courier, "Not yet", at=None)

    answer = at_desk(ada).get(reverse("publishing:withdraw", args=[draft.pk]), follow=True)

    assert answer.redirect_chain[-1][0] == f"/desk/pages/{draft.pk}/edit/"
    assert "nothing is withdrawn" in answer.content.decode()
