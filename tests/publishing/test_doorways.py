"""Every doorway of Wagtail's leaves the same record, whole or not at all."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.urls import reverse
from wagtail.signals import page_published, page_unpublished

from masthead.articles.models import ArticlePage, PublishedArticle
from masthead.publishing.models import Receipt, Release, Version
from tests.desk.factory import at_desk
from tests.factories import NOON, an_article


@pytest.fixture
def fire(port: Any) -> Any:
    """A receiver that fails after ours have written their part."""

    def fail(**_: Any) -> None:
        raise RuntimeError("The power went out.")

    page_published.connect(fail)
    page_unpublished.connect(fail)
    yield
    page_published.disconnect(fail)
    page_unpublished.disconnect(fail)


def record(article: ArticlePage) -> tuple[list[str], int, list[str]]:
    """Acts, versions and states of the public row."""
    return (
        [release.act for release in Release.objects.filter(article=article).order_by("pk")],
        Version.objects.filter(article=article).count(),
        [row.state for row in PublishedArticle.objects.filter(article=article)],
    )


def test_wagtails_own_publish_leaves_the_same_record(port, ada):
    article = an_article(port, at=None)

    article.latest_revision.publish(user=ada)

    assert record(article) == (["publish"], 1, ["live"])
    assert (Release.objects.get().by, Version.objects.get().by) == (ada, ada)
    assert Receipt.objects.filter(release=Release.objects.get()).exists()


def test_wagtails_own_unpublish_leaves_a_tombstone(port, ada):
    article = an_article(port)

    article.unpublish(user=ada)

    assert record(article) == (["publish", "withdraw"], 1, ["withdrawn"])
    assert Release.objects.latest("pk").by == ada


def test_publishing_in_bulk_leaves_the_same_record(port, ada):
    articles = [an_article(port, f"Report {n}", at=None) for n in (1, 2)]
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    chosen = "&".join(f"id={article.pk}" for article in articles)

    at_desk(ada).post(f"{url}?{chosen}&next=/desk/", {"include_descendants": ""})

    assert [record(article) for article in articles] == [(["publish"], 1, ["live"])] * 2


def test_a_section_taken_down_with_all_below_leaves_tombstones(port, ada):
    article = an_article(port)
    url = reverse("wagtailadmin_pages:unpublish", args=[port.pk])
    ada.is_superuser = True
    ada.save()

    at_desk(ada).post(url, {"include_descendants": "on"})

    assert record(article) == (["publish", "withdraw"], 1, ["withdrawn"])


def test_a_failure_while_publishing_leaves_nothing_half(port, ada, fire):
    article = an_article(port, at=None)

    with pytest.raises(RuntimeError):
        article.latest_revision.publish(user=ada)

    article.refresh_from_db()
    assert record(article) == ([], 0, [])
    assert (article.live, article.live_revision) == (False, None)


def test_a_failure_while_withdrawing_leaves_the_article_as_it_was(port, ada):
    article = an_article(port)

    def fail(**_: Any) -> None:
        raise RuntimeError("The power went out.")

    page_unpublished.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            article.unpublish(user=ada)
    finally:
        page_unpublished.disconnect(fail)

    article.refresh_from_db()
    assert (article.live, record(article)) == (True, (["publish"], 1, ["live"]))


def form_of(article: ArticlePage) -> dict[str, Any]:
    """What the editor's form sends when only the headline changes."""
    empty = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    sets = {
        f"{name}-{key}": value
        for name in ("article_authors", "comments")
        for key, value in empty.items()
    }
    return {
        "title": "Port ends night trial",
        "slug": article.slug,
        "kind": "report",
        "access": "open",
        "body-count": 0,
        "action-publish": "1",
        "release_note": "Ended.",
    } | sets


def test_the_editors_button_records_who_pressed_it_and_the_note(port, ada):
    article = an_article(port)
    url = reverse("wagtailadmin_pages:edit", args=[article.pk])

    at_desk(ada).post(url, form_of(article))

    release = Release.objects.latest("pk")
    assert record(article) == (["publish", "update"], 2, ["live"])
    assert (release.by, release.note) == (ada, "Ended.")


def test_an_editor_calls_a_release_a_correction(port, ada):
    article = an_article(port)
    url = reverse("wagtailadmin_pages:edit", args=[article.pk])

    answer = at_desk(ada).post(url, form_of(article) | {"release_corrects": "on"})

    assert answer.status_code == HTTPStatus.FOUND
    assert Release.objects.latest("pk").act == Release.Act.CORRECT


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"release_note": " "}, "Say what was wrong"),
        ({"go_live_at": "2035-01-01 06:00"}, "A correction does not wait"),
    ],
)
def test_a_correction_that_says_nothing_or_waits_is_sent_back(port, ada, changed, sentence):
    article = an_article(port)
    url = reverse("wagtailadmin_pages:edit", args=[article.pk])

    answer = at_desk(ada).post(url, form_of(article) | {"release_corrects": "on"} | changed)

    assert sentence in answer.text
    assert "Port ends night trial" in answer.text  # what was typed
    assert record(article) == (["publish"], 1, ["live"])


def test_a_failure_behind_the_editors_button_leaves_nothing_half(port, ada, fire):
    article = an_article(port, at=None)
    url = reverse("wagtailadmin_pages:edit", args=[article.pk])

    with pytest.raises(RuntimeError):
        at_desk(ada).post(url, form_of(article))

    article.refresh_from_db()
    assert record(article) == ([], 0, [])
    assert (article.live, article.title) == (False, "Port opens night trial")


def test_a_copied_article_is_a_draft_of_its_own(port, ada):
    article = an_article(port)

    copy = article.copy(update_attrs={"slug": "copy"}, keep_live=False, user=ada)
    copy.get_latest_revision().publish(user=ada)

    assert ArticlePage.objects.get(pk=copy.pk).public_id != article.public_id
    assert record(copy) == (["publish"], 1, ["live"])
    assert record(article) == (["publish"], 1, ["live"])


def test_a_copied_section_is_one_of_its_own(port):
    copy = port.copy(update_attrs={"slug": "port-2", "title": "Port 2"})

    assert copy.public_id != port.public_id


def test_a_release_counts_from_now_when_nobody_says_otherwise(port, ada, afternoon):
    article = an_article(port, at=None)
    afternoon.move_to(NOON + timedelta(hours=5), tick=False)

    article.latest_revision.publish(user=ada)

    row = PublishedArticle.objects.get()
    assert (row.published_at, Release.objects.get().at) == (NOON + timedelta(hours=5),) * 2
