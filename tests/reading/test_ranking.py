"""What is read most, and when readers' pages say so."""

from datetime import timedelta
from typing import Any

import pytest

from masthead.articles.models import ArticlePage, Kind, PublishedArticle
from masthead.changes import keys
from masthead.changes.models import Change
from masthead.changes.queries import newest_number
from masthead.outlets.models import Outlet, Section
from masthead.outlets.queries import get_sheet
from masthead.press.page_parts import render_parts
from masthead.publishing.actions import withdraw_article
from masthead.reading.actions import hour_of, rank_outlets, take_batch
from masthead.reading.parts import beside_article, on_front
from tests.factories import NETWORK, NOON, a_section, an_article, an_outlet

NOW = NOON + timedelta(hours=1)
HOUR = hour_of(NOW)
NAMES = "abcdefgh"


def read(article: ArticlePage, times: int, *, hours_ago: int = 0) -> None:
    row = PublishedArticle.objects.get(article=article)
    name = f"{row.pk}-{times}-{hours_ago}-{newest_number()}"
    take_batch(name=name, reads={(row.pk, HOUR - hours_ago): times}, at=NOW)


def some(section: Section, *times: int) -> list[ArticlePage]:
    """Articles a, b, c …, read so many times in this hour."""
    articles = [an_article(section, name) for name in NAMES[: len(times)]]
    for article, count in zip(articles, times, strict=True):
        if count:
            read(article, count)
    return articles


def shown(outlet: Outlet, *, beside: ArticlePage | None = None, days_old: int = 0) -> list[str]:
    context: dict[str, Any] = {"sheet": get_sheet(outlet_id=outlet.pk)}
    if beside is not None:
        at = NOW - timedelta(days=days_old)
        context["article"] = {"id": beside.pk, "published_at": at}
    built = on_front(context) if beside is None else beside_article(context)
    return [each["headline"] for each in built["articles"]] if built else []


pytestmark = pytest.mark.usefixtures("clock")


def test_the_five_most_read_stand_in_order(courier: Outlet, port: Section) -> None:
    some(port, 10, 40, 30, 20, 50, 5, 60)

    rank_outlets(at=NOW)

    assert shown(courier) == ["g", "e", "b", "c", "d"]


def test_beside_one_of_them_the_next_moves_up(courier: Outlet, port: Section) -> None:
    articles = some(port, 10, 40, 30, 20, 50, 5)
    rank_outlets(at=NOW)

    assert shown(courier, beside=articles[1]) == ["e", "c", "d", "a", "f"]
    assert shown(courier, beside=articles[5]) == ["e", "b", "c", "d", "a"]


@pytest.mark.parametrize(("days_old", "count"), [(6, 5), (8, 0)])
def test_it_stands_beside_articles_of_the_last_days(
    courier: Outlet, port: Section, days_old: int, count: int
) -> None:
    articles = some(port, 10, 40, 30, 20, 50, 5)
    rank_outlets(at=NOW)

    assert len(shown(courier, beside=articles[0], days_old=days_old)) == count


def test_a_preview_of_what_is_not_published_has_none(courier: Outlet, port: Section) -> None:
    some(port, 20, 20, 20)
    rank_outlets(at=NOW)

    assert beside_article({"sheet": get_sheet(outlet_id=courier.pk), "article": {}}) is None


@pytest.mark.parametrize("times", [(48,), (20, 20), (16, 17, 16), (24, 25, 0)])
def test_it_stands_aside_while_there_is_too_little_to_tell(
    courier: Outlet, port: Section, times: tuple[int, ...]
) -> None:
    some(port, *times)

    assert rank_outlets(at=NOW) == []
    assert shown(courier) == []


def test_what_was_read_earlier_counts_for_less_and_after_a_day_for_nothing(
    courier: Outlet, port: Section
) -> None:
    old, yesterday, *_ = some(port, 0, 0, 60, 55)
    read(old, 1000, hours_ago=24)
    read(yesterday, 100, hours_ago=23)

    rank_outlets(at=NOW)

    assert shown(courier) == ["c", "d", "b"]


def test_paid_articles_and_those_of_other_titles_are_left_out(
    courier: Outlet, port: Section
) -> None:
    some(port, 20, 20, 20)
    paid = an_article(port, "Paid", kind=Kind.SPONSORED, sponsor_name="Foundry Lane")
    elsewhere = an_article(a_section(an_outlet(slug="tideline", title="Tideline")), "Elsewhere")
    read(paid, 100)
    read(elsewhere, 100)

    rank_outlets(at=NOW)

    assert sorted(shown(courier)) == ["a", "b", "c"]


def test_a_withdrawn_article_leaves_at_once(courier: Outlet, port: Section) -> None:
    articles = some(port, 60, 50, 40, 30, 20, 10)
    rank_outlets(at=NOW)

    withdraw_article(article=articles[0], by=None, at=NOW, reason="Wrong")

    assert shown(courier) == ["b", "c", "d", "e", "f"]
    rank_outlets(at=NOW)
    assert shown(courier) == ["b", "c", "d", "e", "f"]


def test_pages_are_touched_only_when_the_list_is_another(courier: Outlet, port: Section) -> None:
    articles = some(port, 60, 50, 40)

    assert rank_outlets(at=NOW) == [courier.pk]
    assert Change.objects.get(number=newest_number()).keys == [keys.most_read(courier.pk)]
    before = newest_number()
    read(articles[0], 5)
    assert rank_outlets(at=NOW) == []
    assert newest_number() == before
    read(articles[2], 30)
    assert rank_outlets(at=NOW) == [courier.pk]
    assert newest_number() == before + 1


def test_a_list_that_nobody_reads_any_more_goes(courier: Outlet, port: Section) -> None:
    some(port, 60, 50, 40)
    rank_outlets(at=NOW)

    rank_outlets(at=NOW + timedelta(days=2))

    assert shown(courier) == []


@pytest.mark.parametrize("count", [3, 6])
def test_one_query_however_many(
    courier: Outlet, port: Section, count: int, django_assert_num_queries: Any
) -> None:
    articles = some(port, *range(50, 50 + count))
    rank_outlets(at=NOW)
    sheet = get_sheet(outlet_id=courier.pk)

    with django_assert_num_queries(1):
        render_parts("front_column", {"sheet": sheet})
    with django_assert_num_queries(1):
        article = {"id": articles[0].pk, "published_at": NOW}
        render_parts("rail", {"sheet": sheet, "article": article})


def test_front_and_article_have_it_in_print(port: Section, client: Any) -> None:
    articles = some(port, 60, 50, 40, 30, 0, 0, 0)  # enough for a front of three columns
    rank_outlets(at=NOW)
    row = PublishedArticle.objects.get(article=articles[0])

    pages = [
        client.get(f"/courier/{path}", headers={"host": NETWORK}).content.decode()
        for path in ("", row.path)
    ]

    assert [page.count('<section class="most-read"') for page in pages] == [1, 1]
