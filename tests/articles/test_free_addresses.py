"""Two articles of one headline: the second finds a free address, a real clash is said on top."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from masthead.articles.models import ArticlePage
from tests.desk.factory import at_desk
from tests.factories import a_section, an_article

TAKEN = "port-opens"


@pytest.fixture
def first(port: Any) -> ArticlePage:
    article = an_article(port, "Port opens", at=None)
    ArticlePage.objects.filter(pk=article.pk).update(slug=TAKEN)
    return ArticlePage.objects.get(pk=article.pk)


def form(headline: str, slug: str) -> Any:
    return nested_form_data(
        {
            "title": headline,
            "slug": slug,
            "kind": "report",
            "access": "open",
            "article_authors": inline_formset([]),
            "comments": inline_formset([]),
            "body": streamfield([]),
        }
    )


def written(ada: Any, port: Any, headline: str, slug: str) -> Any:
    url = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", port.pk])
    return at_desk(ada).post(url, form(headline, slug))


def slugs() -> list[str]:
    return list(ArticlePage.objects.order_by("pk").values_list("slug", flat=True))


@pytest.mark.parametrize("slug", [TAKEN, ""])
def test_an_address_made_from_the_headline_gets_a_number(first, port, ada, slug):
    written(ada, port, "Port opens", slug)
    written(ada, port, "Port opens", slug)

    assert slugs() == [TAKEN, "port-opens-2", "port-opens-3"]


def test_an_address_that_is_free_is_left_as_it_is(first, port, ada):
    written(ada, port, "Port closes", "port-closes")
    written(ada, port, "Port closes", "night")

    assert slugs() == [TAKEN, "port-closes", "night"]


def test_the_same_headline_in_another_section_needs_no_number(first, courier, ada):
    written(ada, a_section(courier, "Town"), "Port opens", TAKEN)

    assert slugs() == [TAKEN, TAKEN]


def test_an_article_keeps_its_own_address_when_it_is_saved_again(first, port, ada):
    url = reverse("wagtailadmin_pages:edit", args=[first.pk])

    at_desk(ada).post(url, form("Port opens", TAKEN) | {"action-publish": "1"})

    assert slugs() == [TAKEN]


def test_an_address_chosen_by_hand_that_is_taken_is_said_at_the_top(first, port, ada):
    answer = written(ada, port, "The port at night", TAKEN)

    (message,) = [str(each) for each in answer.context["messages"]]
    words = f"Another page of this section has the address “{TAKEN}”."
    assert f"{words} Change it on the tab “Publish”." in message
    assert answer.context["form"].errors["slug"] == [words]
    assert slugs() == [TAKEN]


def test_a_headline_without_letters_has_an_address_too(port, ada):
    for _ in range(2):
        written(ada, port, "…", "")

    assert slugs() == ["untitled", "untitled-2"]
