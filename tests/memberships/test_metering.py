"""Some members' articles a month for everybody: counted by browser or by reader, shown to one."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from masthead.accounts.models import Role
from masthead.articles.models import PublishedArticle
from masthead.memberships import metering
from masthead.memberships.metering import Article, Browser, NothingLeft
from masthead.memberships.models import MeteredRead
from masthead.memberships.reading_rules import set_reading_rules
from masthead.outlets.queries import get_sheet
from masthead.outlets.sheet import Sheet
from masthead.readers.actions import find_or_add_reader
from tests.factories import NETWORK, NOON, a_person, an_article, at_desk

SECRET_PART = "Only members read this far."
BODY = [
    *[("text", f"<p>Open paragraph {n}.</p>") for n in range(3)],
    ("text", f"<p>{SECRET_PART}</p>"),
    ("pull_quote", {"quotation": "Said in private.", "speaker": "A pilot", "speaker_role": ""}),
]
FREE = 2
BACKEND = "django.contrib.auth.backends.ModelBackend"


def set_rules(outlet, **changed):
    rules = {"free_a_month": FREE, "links_a_month": 2, "link_days": 14, "crawlers": []}
    set_reading_rules(outlet=outlet, at=NOON, **{**rules, **changed})


def members_article(port, headline: str) -> PublishedArticle:
    article = an_article(port, headline, access="members", body=BODY)
    return PublishedArticle.objects.get(article=article)


@pytest.fixture
def articles(port, courier, bo):
    set_rules(courier)
    return [members_article(port, f"Pilots {number}") for number in range(FREE + 1)]


def a_browser() -> Client:
    return Client(headers={"host": NETWORK})


def address(published: PublishedArticle) -> str:
    return f"/courier/membership/articles/{published.public_id}/"


def read_on(client: Client, published: PublishedArticle, **headers: str):
    return client.post(address(published), headers=headers, follow=True)


def shows_all(answer) -> bool:
    return SECRET_PART in answer.content.decode()


@pytest.mark.django_db
def test_the_gate_says_how_many_are_free_and_holds_none_of_the_rest(articles, read):
    page = read(articles[0].path).content.decode()

    assert SECRET_PART not in page
    assert "2 such articles a month are free on" in page
    assert f'action="{address(articles[0])}"' in page


@pytest.mark.django_db
def test_anybody_reads_so_many_a_month_and_then_no_more(articles):
    browser = a_browser()

    read = [shows_all(read_on(browser, each)) for each in articles]
    again = [shows_all(browser.get(address(each))) for each in articles[:FREE]]
    refused = read_on(browser, articles[FREE])

    assert read == [True, True, False]
    assert again == [True, True]
    assert (refused.status_code, b"You have read all free articles" in refused.content) == (
        403,
        True,
    )


@pytest.mark.django_db
def test_what_was_read_is_kept_by_nobody_on_the_way(articles):
    browser = a_browser()

    answer = read_on(browser, articles[0])
    [cookie] = [each for each in browser.cookies.values() if each.key == metering.COOKIE]

    assert answer["Cache-Control"] == "private, no-store"
    assert "noindex" in answer.content.decode()
    assert (cookie["path"], cookie["httponly"]) == ("/courier/membership/", True)


@pytest.mark.django_db
def test_looking_at_the_address_reads_nothing(articles):
    browser = a_browser()

    looked = [browser.get(address(articles[0])), browser.head(address(articles[0]))]

    assert [(each.status_code, each["Location"]) for each in looked] == [
        (303, f"/courier/{articles[0].path}")
    ] * 2
    assert metering.COOKIE not in browser.cookies


@pytest.mark.django_db
def test_a_form_of_another_site_reads_nothing(articles):
    answer = read_on(a_browser(), articles[0], sec_fetch_site="cross-site")

    assert (answer.status_code, shows_all(answer)) == (403, False)


@pytest.mark.django_db
def test_whoever_is_signed_in_is_counted_whatever_their_browsers_say(articles):
    reader = find_or_add_reader(email="cy@reader.example", at=NOON, user=a_person("cy"))
    browsers = [a_browser() for _ in range(2)]
    for browser in browsers:
        browser.force_login(reader.user, backend=BACKEND)

    read = [
        shows_all(read_on(browser, published)) for published in articles for browser in browsers
    ]

    assert read == [True, True, True, True, False, False]
    assert MeteredRead.objects.filter(reader=reader).count() == FREE


@pytest.mark.django_db
def test_a_member_reads_without_being_counted(articles, di):
    browser = a_browser()
    browser.force_login(di, backend=BACKEND)

    read = [shows_all(read_on(browser, each)) for each in articles]

    assert (read, MeteredRead.objects.count()) == ([True] * 3, 0)


@pytest.mark.django_db
def test_the_part_for_members_is_marked_for_search_engines(articles):
    page = read_on(a_browser(), articles[0]).content.decode()

    around = re.search(r'<div class="article-body members-part">(.*?)</div>', page, re.DOTALL)
    assert SECRET_PART in around[1]
    assert "Open paragraph" not in around[1]
    assert '"cssSelector":".members-part"' in page


@pytest.mark.django_db
def test_the_gated_page_has_the_css_of_what_may_be_brought_into_it(articles, read):
    assert ".quotation" in read(articles[0].path).content.decode()


@pytest.mark.django_db
def test_without_rules_nothing_is_free(port, bo, read):
    published = members_article(port, "Pilots")

    gate = read(published.path).content.decode()

    assert "data-reading-on" not in gate
    assert shows_all(read_on(a_browser(), published)) is False


@pytest.mark.django_db
def test_the_publisher_sets_the_rules(courier):
    answer = at_desk(a_person("fay", Role.PUBLISHER, courier)).post(
        "/desk/members-articles/",
        {"free_a_month": 3, "links_a_month": 5, "link_days": 7, "crawlers": ["googlebot"]},
    )

    sheet = get_sheet(outlet_id=courier.pk)
    assert answer.status_code == 302
    assert sheet.supplements["members-articles"] == {
        "free_a_month": 3,
        "links_a_month": 5,
        "link_days": 7,
        "crawlers": ["googlebot"],
    }


@pytest.mark.django_db
def test_old_reads_are_forgotten(courier, di):
    at = timezone.now()
    for days in (1, 63):
        then = at - timedelta(days=days)
        MeteredRead.objects.create(
            reader=di.reader, outlet=courier, month=then.date(), article_id=days, read_at=then
        )

    metering.forget_reads(at=at)

    assert [each.article_id for each in MeteredRead.objects.all()] == [1]


# The cookie, without a database.


@pytest.fixture
def sheet():
    rules = {"members-articles": {"free_a_month": 2}}
    return Sheet(
        1, "", "courier", "The Courier", "https://courier.example", "", "", supplements=rules
    )


def an_id() -> Article:
    return Article(1, uuid4())


def test_a_browsers_cookie_says_what_was_read(sheet):
    article = an_id()
    read = Browser(date(2026, 11, 1)).reads(article, sheet=sheet).value(sheet=sheet)

    kept = Browser.of(read, sheet=sheet, at=datetime(2026, 11, 30, tzinfo=UTC))

    assert (kept.has_read(article), kept.has_read(an_id())) == (True, False)


def test_the_next_month_begins_with_nothing_read(sheet):
    read = Browser(date(2026, 11, 1)).reads(an_id(), sheet=sheet).value(sheet=sheet)

    assert Browser.of(read, sheet=sheet, at=datetime(2026, 12, 2, tzinfo=UTC)).read == ()


def test_nobody_reads_more_than_is_free(sheet):
    browser = Browser(date(2026, 11, 1)).reads(an_id(), sheet=sheet).reads(an_id(), sheet=sheet)

    with pytest.raises(NothingLeft):
        browser.reads(an_id(), sheet=sheet)


@pytest.mark.parametrize("place", range(0, 60, 7))
def test_every_changed_cookie_is_seen(sheet, place):
    value = Browser(date(2026, 11, 1)).reads(an_id(), sheet=sheet).value(sheet=sheet)
    changed = value[:place] + ("0" if value[place] != "0" else "1") + value[place + 1 :]

    assert Browser.of(changed, sheet=sheet, at=datetime(2026, 11, 3, tzinfo=UTC)).read == ()
