"""What the desk says and shows right after a release, and of what is none yet."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from masthead.articles.models import ArticlePage
from masthead.publishing.actions import withdraw_article
from tests.desk.factory import at_desk
from tests.factories import NOON, an_article
from tests.publishing.test_doorways import form_of


def edit_url(article):
    return reverse("wagtailadmin_pages:edit", args=[article.pk])


def words(answer):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def told(user, article, **fields):
    page = at_desk(user).post(edit_url(article), form_of(article) | fields, follow=True)
    return page.redirect_chain[-1][0], words(page)


def test_after_publishing_the_board_says_that_readers_have_it(port, ada):
    where, said = told(ada, an_article(port, at=None))

    assert where == "/desk/"
    assert "Readers have “Port ends night trial” now. See it as readers do Edit" in said


def test_after_planning_it_says_when_it_goes_out(port, ada):
    at = timezone.now().replace(microsecond=0) + timedelta(days=2)

    _where, said = told(ada, an_article(port, at=None), go_live_at=f"{at:%Y-%m-%d %H:%M:%S}")

    assert f"“Port ends night trial” goes out on {at.day} {at:%b %Y, %H:%M} UTC." in said


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"at": None}, "Draft, not published yet"),
        ({"at": None, "go_live_at": NOON + timedelta(days=9999)}, "To be published 12:00 pm"),
        ({}, "Published 12:00 pm"),
    ],
)
def test_a_preview_says_whether_it_was_published(port, ada, fields, expected):
    article = an_article(port, **fields)

    answer = at_desk(ada).get(reverse("wagtailadmin_pages:view_draft", args=[article.pk]))

    assert expected in words(answer)


def test_the_reason_of_a_withdrawal_outlives_work_on_the_draft(port, ada):
    article = an_article(port)
    withdraw_article(article=article, by=ada, at=timezone.now(), reason="The bridge was another.")
    client, draft = at_desk(ada), form_of(article)
    del draft["action-publish"]

    client.post(edit_url(article), draft)

    assert ArticlePage.objects.get().withdrawn_reason == "The bridge was another."
    assert "at its address: The bridge was another." in words(client.get(edit_url(article)))
