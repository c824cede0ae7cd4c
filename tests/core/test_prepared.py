"""Queries whose SQL is written once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import BigIntegerField, DateTimeField, F
from django.test.utils import isolate_apps

from masthead.articles.models import PublishedArticle
from masthead.changes.actions import note_change
from masthead.changes.models import Change
from masthead.core.prepared import Given, Prepared, PreparedByIds
from tests.factories import NOON, a_picture, a_section, an_article, an_author, an_outlet


def three_changes() -> None:
    for hour in range(3):
        note_change(keys=[f"a{hour}"], at=NOON + timedelta(hours=hour))


def since() -> Prepared[Change]:
    return Prepared(
        lambda: Change.objects.filter(
            number__gt=Given("number", BigIntegerField()), noted_at__gt=Given("at", DateTimeField())
        ).order_by("number")
    )


@pytest.mark.django_db
def test_each_asking_has_its_own_values(django_assert_num_queries: Any) -> None:
    three_changes()
    asked = since()

    with django_assert_num_queries(2):
        later = asked.rows(number=1, at=NOON - timedelta(hours=1))
        last = asked.rows(number=0, at=NOON + timedelta(hours=1))

    assert [(row.number, row.keys) for row in later] == [(2, ["a1"]), (3, ["a2"])]
    assert [(row.number, row.noted_at) for row in last] == [(3, NOON + timedelta(hours=2))]


@pytest.mark.django_db
def test_the_query_is_built_once() -> None:
    built: list[int] = []
    three_changes()

    def build() -> Any:
        built.append(1)
        return Change.objects.order_by("-number").values_list("number", flat=True)[:1]

    asked: Prepared[int] = Prepared(build)

    assert [asked.rows(), asked.rows()] == [[3], [3]]
    assert built == [1]


@pytest.mark.django_db
def test_ids_may_be_none_one_or_many(django_assert_num_queries: Any) -> None:
    three_changes()
    by_number: PreparedByIds[Change] = PreparedByIds(
        lambda ids: Change.objects.filter(number__in=ids).order_by("number")
    )

    with django_assert_num_queries(3):
        found = [[row.number for row in by_number.rows(ids)] for ids in ([2], [3, 1], [1], [])]

    assert found == [[2], [1, 3], [1], []]


@pytest.mark.django_db(transaction=True)
def test_another_thread_asks_on_its_own_connection() -> None:
    three_changes()
    asked = since()
    asked.rows(number=0, at=NOON)

    def elsewhere() -> list[int]:
        try:
            return [row.number for row in asked.rows(number=1, at=NOON)]
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        assert other.submit(elsewhere).result() == [2, 3]


@pytest.mark.django_db
def test_instances_are_as_django_makes_them() -> None:
    port = a_section(an_outlet())
    an_article(port, "With a picture", lead_picture=a_picture(), authors=[an_author()])
    an_article(port, "Without")

    def build() -> Any:
        rows = PublishedArticle.objects.select_related("lead_picture", "text").order_by("pk")
        return rows.only("headline", "published_at", "lead_picture", "text")

    made: list[PublishedArticle] = Prepared(build).rows()

    for mine, theirs in zip(made, build(), strict=True):
        for name in ("lead_picture", "text"):
            one, other = getattr(mine, name), getattr(theirs, name)
            assert (one and vars(one).keys()) == (other and vars(other).keys())
        assert mine == theirs
        assert vars(mine).keys() == vars(theirs).keys()
        assert mine.get_deferred_fields() == theirs.get_deferred_fields()
        assert (mine.headline, mine.published_at) == (theirs.headline, theirs.published_at)
        assert mine.byline == theirs.byline  # read when it is asked for


@pytest.mark.django_db
def test_what_is_read_along_is_the_instances() -> None:
    three_changes()
    build = lambda: Change.objects.annotate(next=F("number") + 1).order_by("number")  # noqa: E731

    made: Any = Prepared(build).rows()

    assert [each.next - each.number for each in made] == [1, 1, 1]
    assert [vars(each).keys() for each in made] == [vars(each).keys() for each in build()]


@pytest.mark.django_db
@isolate_apps("masthead.changes")
def test_what_does_more_when_it_is_made_is_refused() -> None:
    class Busy(Change):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.heard: list[str] = []

        class Meta:
            app_label = "changes"
            proxy = True

    with pytest.raises(TypeError, match="Busy has"):
        Prepared(lambda: Busy.objects.all()).rows()
    with pytest.raises(TypeError, match="cannot be prepared"):
        Prepared(lambda: Change.objects.values("number")).rows()
