"""What was public cannot be deleted, through whichever door; a draft can."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from masthead.articles.models import ArticlePage
from masthead.publishing.actions import withdraw_article
from masthead.publishing.models import Version
from tests.desk.factory import at_desk
from tests.factories import NOON, an_article


@pytest.fixture
def owner(ada: Any) -> Any:
    """May delete whole outlets."""
    ada.is_superuser = True
    ada.save()
    return ada


def deleted(owner: Any, page: Any) -> list[str]:
    """What the desk says to whoever confirms the deletion of a page."""
    url = reverse("wagtailadmin_pages:delete", args=[page.pk])
    return said(at_desk(owner).post(url, follow=True))


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_an_article_that_was_public_is_kept(port, owner):
    article = an_article(port, "Port opens")

    words = deleted(owner, article)

    assert words == [
        "“Port opens” has been public, so it cannot be deleted. Withdraw it instead:"
        " readers then find your reason at its address."
    ]
    assert Version.objects.filter(article=article).count() == 1


def test_a_withdrawn_article_is_kept_too(port, owner):
    article = an_article(port)
    withdraw_article(article=article, by=None, at=NOON, reason="Wrong.")

    deleted(owner, article)

    assert ArticlePage.objects.filter(pk=article.pk).exists()


@pytest.mark.parametrize("above", ["section", "outlet"])
def test_what_holds_such_an_article_is_kept_with_it(courier, port, owner, above):
    an_article(port, "Port opens")
    page = {"section": port, "outlet": courier}[above]

    words = deleted(owner, page)

    assert words == [
        "“Port opens” has been public and is kept here, so this cannot be deleted."
        " Withdraw its articles, or unpublish it, instead."
    ]
    assert Version.objects.count() == 1


def test_a_draft_can_be_deleted(port, owner):
    article = an_article(port, at=None)

    deleted(owner, article)

    assert not ArticlePage.objects.filter(pk=article.pk).exists()


def test_deleting_in_bulk_leaves_all_when_one_was_public(port, owner):
    public, draft = an_article(port), an_article(port, at=None)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    answer = at_desk(owner).post(f"{url}?id={public.pk}&id={draft.pk}&next=/desk/", follow=True)

    assert "Withdraw it instead" in said(answer)[0]
    assert ArticlePage.objects.filter(pk__in=[public.pk, draft.pk]).count() == 2


@pytest.mark.parametrize("above", ["article", "section", "outlet"])
def test_code_that_deletes_the_page_is_refused_as_well(courier, port, above):
    article = an_article(port)

    with pytest.raises(ProtectedError), transaction.atomic():
        {"article": article, "section": port, "outlet": courier}[above].delete()

    assert Version.objects.filter(article=article).count() == 1


def test_the_database_refuses_to_delete_a_version(port):
    an_article(port)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM publishing_version")

    assert Version.objects.count() == 1
