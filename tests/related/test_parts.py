"""More of the same section below an article."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from masthead.articles.models import ArticlePage, Kind, PublishedArticle
from masthead.changes import keys
from masthead.changes.shown import collecting
from masthead.outlets.models import Outlet, Section
from masthead.outlets.queries import get_sheet
from masthead.press.page_parts import render_parts
from masthead.publishing.actions import withdraw_article
from masthead.related.models import Related
from masthead.related.parts import more_from_section, related_articles
from tests.factories import NOON, a_picture, a_section, an_article


def published(section: Section, headline: str, *, days_ago: int = 0, **fields: Any) -> ArticlePage:
    article = an_article(section, headline, **fields)
    at = NOON - timedelta(days=days_ago)
    PublishedArticle.objects.filter(article=article).update(published_at=at)
    return article


def a_week_of(section: Section) -> list[ArticlePage]:
    """“Day 0” is the newest, “Day 6” the oldest."""
    return [published(section, f"Day {day}", days_ago=day) for day in range(7)]


def page_of(outlet: Outlet, section: Section, article: ArticlePage | None) -> dict[str, Any]:
    """The page's context, as far as a part looks at it; without an article that of a draft."""
    sheet = get_sheet(outlet_id=outlet.pk)
    row = PublishedArticle.objects.filter(article=article).first() if article else None
    shown: dict[str, Any] = {
        "section": sheet.find_section(section_id=section.pk),
        "published_at": row.published_at if row else NOON + timedelta(hours=1),
    }
    if article is not None:
        shown["id"] = article.pk
    return {"sheet": sheet, "page_kind": "article", "article": shown}


def headlines(context: dict[str, Any]) -> list[str]:
    built = more_from_section(context)
    return [card.headline for card in built["cards"]] if built else []


def test_the_three_published_just_before_are_shown(courier: Outlet, port: Section) -> None:
    week = a_week_of(port)
    published(a_section(courier, "Sport"), "Elsewhere", days_ago=3)

    built = more_from_section(page_of(courier, port, week[2]))

    assert built is not None
    assert built["title"] == "More from Port"
    assert [card.headline for card in built["cards"]] == ["Day 3", "Day 4", "Day 5"]


@pytest.mark.parametrize(
    ("day", "near"),
    [
        (0, ["Day 1", "Day 2", "Day 3"]),
        (3, ["Day 4", "Day 5", "Day 6"]),
        (4, ["Day 5", "Day 6", "Day 3"]),
        (5, ["Day 6", "Day 4", "Day 3"]),
        (6, ["Day 5", "Day 4", "Day 3"]),
    ],
)
def test_below_the_oldest_those_just_after_fill_up(
    courier: Outlet, port: Section, day: int, near: list[str]
) -> None:
    week = a_week_of(port)

    assert headlines(page_of(courier, port, week[day])) == near


def test_a_new_article_leaves_every_list_as_it_was(courier: Outlet, port: Section) -> None:
    pages = [page_of(courier, port, article) for article in a_week_of(port)]
    before = [headlines(page) for page in pages]

    an_article(port, "New", at=NOON + timedelta(hours=1))

    assert [headlines(page) for page in pages] == before


def test_articles_of_one_moment_stand_by_which_was_begun_later(
    courier: Outlet, port: Section
) -> None:
    first, second, third = (published(port, name) for name in ("First", "Second", "Third"))

    assert headlines(page_of(courier, port, third)) == ["Second", "First"]
    assert headlines(page_of(courier, port, second)) == ["First", "Third"]
    assert headlines(page_of(courier, port, first)) == ["Second", "Third"]


def test_paid_withdrawn_and_unpublished_articles_are_left_out(
    courier: Outlet, port: Section
) -> None:
    article = published(port, "The one being read")
    published(port, "Paid", kind=Kind.SPONSORED, sponsor_name="Foundry Lane")
    gone = published(port, "Withdrawn")
    withdraw_article(article=gone, by=None, at=NOON, reason="Wrong")
    an_article(port, "Draft", at=None)
    published(port, "Open")

    assert headlines(page_of(courier, port, article)) == ["Open"]


def test_a_top_section_shows_what_is_filed_below_it(courier: Outlet, port: Section) -> None:
    below = a_section(port, "Pilots")
    article = published(port, "The one being read")
    published(below, "Filed below")

    assert headlines(page_of(courier, port, article)) == ["Filed below"]
    assert headlines(page_of(courier, below, article)) == ["Filed below"]


def test_what_stands_under_related_does_not_stand_there_twice(
    courier: Outlet, port: Section, django_assert_num_queries: Any
) -> None:
    week = a_week_of(port)
    rows = {row.article_id: row for row in PublishedArticle.objects.all()}
    for place, other in enumerate([week[2], week[4]]):
        Related.objects.create(of=rows[week[1].pk], other=rows[other.pk], place=place, score=0.4)
    context = page_of(courier, port, week[1])

    with django_assert_num_queries(2), collecting() as shown:
        assert related_articles(context) is not None
        assert headlines(context) == ["Day 3", "Day 5", "Day 6"]

    beside = {keys.row(keys.section(port.pk), each.pk) for each in week[2:]}
    assert beside <= shown.keys  # what comes to stand beside any of them changes the list


def test_nothing_stands_below_the_only_article(courier: Outlet, port: Section) -> None:
    article = published(port, "The only one")

    assert more_from_section(page_of(courier, port, article)) is None


def test_nothing_stands_on_pages_that_are_no_articles(courier: Outlet) -> None:
    sheet = get_sheet(outlet_id=courier.pk)

    assert more_from_section({"sheet": sheet, "page_kind": "front"}) is None
    assert more_from_section({"sheet": sheet, "article": {"section": None}}) is None


def test_a_preview_of_an_unpublished_article_has_it_too(courier: Outlet, port: Section) -> None:
    published(port, "Open")

    assert headlines(page_of(courier, port, None)) == ["Open"]


@pytest.mark.parametrize("others", [1, 3])
@pytest.mark.parametrize("days_ago", [-1, 1])
def test_one_query_for_one_article_and_for_three(
    courier: Outlet, port: Section, others: int, days_ago: int, django_assert_num_queries: Any
) -> None:
    article = published(port, "The one being read")
    for number in range(others):
        published(port, f"Other {number}", days_ago=days_ago, lead_picture=a_picture())
    context = page_of(courier, port, article)

    with django_assert_num_queries(2):  # one a part
        render_parts("after_article", context)


def test_the_part_is_on_the_article_page(courier: Outlet, port: Section, client: Any) -> None:
    article = published(port, "The one being read")
    published(port, "Pilots count the lights")
    row = PublishedArticle.objects.get(article=article)

    html = client.get(f"/courier/{row.path}", headers={"host": "127.0.0.1:8000"}).content.decode()

    assert html.count("More from Port") == 1
    assert html.count("Pilots count the lights") == 1


def test_the_title_speaks_the_outlets_language(courier: Outlet, port: Section) -> None:
    article = published(port, "The one being read")
    published(port, "Open")

    with translation.override("ar"):
        built = more_from_section(page_of(courier, port, article))

    assert built is not None
    assert built["title"] == "المزيد من Port"
