"""Articles that members give away: a few a month, for a while, until they are taken back."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from masthead.memberships.links import find_link, give_article, token_of
from masthead.memberships.models import GiftLink
from masthead.outlets.queries import get_sheet
from masthead.publishing.actions import withdraw_article
from masthead.readers.actions import find_or_add_reader
from masthead.readers.holdings import erase
from tests.factories import NOON
from tests.memberships.test_metering import (
    BACKEND,
    SECRET_PART,
    a_browser,
    members_article,
    set_rules,
    shows_all,
)

pytestmark = pytest.mark.django_db
AGENT = {"user-agent": "Mozilla/5.0 Firefox/140.0"}


@pytest.fixture
def articles(port, courier, bo):
    set_rules(courier, free_a_month=0)
    return [members_article(port, f"Pilots {number}") for number in range(3)]


@pytest.fixture
def di_at_home(di):
    browser = a_browser()
    browser.force_login(di, backend=BACKEND)
    return browser


def give(browser, published):
    return browser.post("/courier/membership/links/", {"article": str(published.public_id)})


def open_it(link: GiftLink, **headers: str):
    return a_browser().get(f"/courier/membership/given/{token_of(link)}/", headers=headers)


def test_whoever_has_the_link_reads_the_article(articles, di_at_home):
    page = give(di_at_home, articles[0]).content.decode()
    link = GiftLink.objects.get()

    answer = open_it(link, **AGENT)

    assert f"/courier/membership/given/{token_of(link)}/" in page
    assert shows_all(answer)
    assert answer["Cache-Control"] == "private, no-store"
    assert GiftLink.objects.get().opened == 1


def test_what_programs_fetch_is_not_counted(articles, di_at_home):
    give(di_at_home, articles[0])

    open_it(GiftLink.objects.get(), **{"user-agent": "Slackbot-LinkExpanding 1.0"})

    assert GiftLink.objects.get().opened == 0


def test_there_are_so_many_a_month_also_for_who_takes_some_back(articles, di_at_home):
    given = [give(di_at_home, articles[0]).status_code for _ in range(2)]
    link = GiftLink.objects.get()
    di_at_home.post(f"/courier/membership/links/{link.public_id}/back/")
    given += [give(di_at_home, each).status_code for each in articles[1:]]

    assert given == [200, 200, 200, 422]


@pytest.mark.parametrize(
    "ended",
    [
        lambda link: GiftLink.objects.update(ended_at=NOON),
        lambda link: GiftLink.objects.update(ends_at=NOON),
        lambda link: erase(reader=link.reader, at=NOON, never_again=False),
        lambda link: withdraw_article(
            article=link.published.article, by=None, at=timezone.now(), reason="Not so."
        ),
    ],
    ids=["taken back", "over", "its giver erased", "article withdrawn"],
)
def test_a_link_opens_nothing_any_more(articles, di_at_home, ended):
    give(di_at_home, articles[0])
    link = GiftLink.objects.select_related("reader", "published__article").get()

    ended(link)

    answer = open_it(link)
    assert (answer.status_code, SECRET_PART in answer.content.decode()) == (410, False)


def test_only_members_give_articles_away(articles, cy):
    browser = a_browser()
    nobody = give(browser, articles[0])
    browser.force_login(cy, backend=BACKEND)
    find_or_add_reader(email=cy.email, at=NOON, user=cy)
    reader = give(browser, articles[0])

    assert b"Sign in" in nobody.content
    assert (reader.status_code, GiftLink.objects.count()) == (422, 0)


def test_a_made_up_link_asks_no_database(courier, django_assert_num_queries):
    sheet = get_sheet(outlet_id=courier.pk)

    with django_assert_num_queries(0):
        assert find_link(token="AAAA:BBBB", sheet=sheet, at=NOON) is None


def test_nobody_takes_back_anothers_link(articles, di, di_at_home, cy):
    give(di_at_home, articles[0])
    other = a_browser()
    other.force_login(cy, backend=BACKEND)

    answer = other.post(f"/courier/membership/links/{GiftLink.objects.get().public_id}/back/")

    assert (answer.status_code, GiftLink.objects.get().ended_at) == (404, None)


def test_the_month_after_there_are_new_ones(articles, di):
    sheet = get_sheet(outlet_id=articles[0].outlet_id)
    for months in range(3):
        for published in articles[:2]:
            at = NOON + timedelta(days=31 * months)
            give_article(published=published, reader=di.reader, sheet=sheet, at=at)

    assert GiftLink.objects.count() == 6


def test_the_offer_to_give_stands_on_the_members_print_alone(articles, di_at_home, read):
    member = di_at_home.get(urlsplit(f"/courier/membership/articles/{articles[0].public_id}/").path)

    assert "Give this article" in member.content.decode()
    assert "Give this article" not in read(articles[0].path).content.decode()
