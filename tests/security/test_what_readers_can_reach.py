"""Privacy that is promised is kept; what is private never says it may be shared."""

import pytest
from wagtail.models import PageViewRestriction

from masthead.articles.models import ArticlePage
from masthead.outlets.models import Outlet, PlainPage, Section
from tests.accounts.conftest import a_client, at_desk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [ArticlePage, Outlet, PlainPage, Section])
def test_the_desk_offers_no_privacy_that_readers_pages_do_not_keep(model):
    assert model.private_page_options == []


def test_wagtails_own_privacy_form_cannot_be_sent(fay, courier):
    address = f"/desk/pages/{courier.draft.pk}/privacy/"

    at_desk(fay).post(address, {"restriction_type": "login"})

    assert not PageViewRestriction.objects.exists()


@pytest.mark.parametrize("path", ["/account/password/reset/", "/account/2fa/"])
def test_account_pages_say_that_no_shared_cache_may_keep_them(path, db):
    answer = a_client().get(path)

    assert "private" in answer.headers["Cache-Control"]
