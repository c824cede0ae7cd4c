"""All lists anew, and what a killed process left undone."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from masthead.articles.models import PublishedArticle
from masthead.jobs.models import Job
from masthead.outlets.models import Outlet, Section
from masthead.publishing.actions import withdraw_article
from masthead.publishing.models import Release
from masthead.related import jobs
from masthead.related.actions import follow_article
from masthead.related.models import Corpus, Frequency, Posting, Related, Vector
from masthead.related.rebuilding import rebuild
from tests.factories import an_article
from tests.related.test_lists import LATER, NEWS, a_few, changed_keys, related


def everything() -> list[list[Any]]:
    fields = {"words", "weights", "plain", "language", "version_number"}
    return [
        list(Vector.objects.order_by("pk").values_list("pk", *sorted(fields))),
        list(Related.objects.order_by("of", "place").values_list("of", "other", "score", "why")),
    ]


def test_a_rebuild_finds_everything_and_the_next_changes_nothing(
    courier: Outlet, port: Section
) -> None:
    first, *_rest = a_few(port)
    for model in (Vector, Corpus, Frequency, Posting, Related):
        model.objects.all().delete()

    rebuild()
    assert sorted(related(first)) == ["Pilots 1", "Pilots 2"]
    before = everything()

    assert changed_keys(rebuild) == set()
    assert everything() == before


def test_a_rebuild_forgets_what_is_gone(courier: Outlet, port: Section) -> None:
    first, second, *_rest = a_few(port)
    withdraw_article(article=second, by=None, at=LATER, reason="Wrong")

    rebuild()

    assert not Vector.objects.filter(published__article=second).exists()
    assert not Related.objects.filter(other__article=second).exists()
    assert related(first) == ["Pilots 2"]


@pytest.mark.parametrize("step", ["write_vector", "_count_when_due", "improved_by", "write_lists"])
def test_killed_between_two_steps_the_next_turn_mends_it(
    courier: Outlet, port: Section, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    first, *_rest = a_few(port)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    new = an_article(port, "Pilots 9", text=f"<p>{NEWS}</p>", standfirst="")
    with monkeypatch.context() as patch:
        patch.setattr(f"masthead.related.actions.{step}", killed)
        with pytest.raises(KeyboardInterrupt):
            follow_article(article_id=new.pk, at=LATER)

    follow_article(article_id=new.pk, at=LATER)
    assert "Pilots 9" in related(first)


def test_articles_that_no_job_followed_are_found_each_minute(
    courier: Outlet, port: Section
) -> None:
    first, second, *_rest = a_few(port)
    Vector.objects.filter(published__article=first).delete()
    withdraw_article(article=second, by=None, at=LATER, reason="Wrong")
    ago = timezone.now() - timedelta(minutes=10)
    Release.objects.update(recorded_at=ago)

    jobs.reconcile_related()

    assert Vector.objects.filter(published__article=first).exists()
    assert not Vector.objects.filter(published__article=second).exists()
    assert jobs._behind(timezone.now()) == []


def test_another_rule_makes_the_lists_of_its_title_anew(courier: Outlet, port: Section) -> None:
    a_few(port)
    jobs.reconcile_related()
    Job.objects.all().delete()
    assert not jobs._is_anything_due()

    Outlet.objects.filter(pk=courier.pk).update(related_from="outlet")

    assert jobs._is_anything_due()
    jobs.reconcile_related()
    assert not jobs._is_anything_due()
    assert Job.objects.get().task.endswith("make_lists_of")


def test_in_the_night_words_are_counted_once_and_young_vectors_weighed_again(
    courier: Outlet, port: Section
) -> None:
    a_few(port)
    Vector.objects.update(weighed_among=1, counted=False)
    Corpus.objects.update(articles=0)
    Frequency.objects.all().delete()

    jobs.look_after_words()
    jobs.weigh_again()
    jobs.look_after_words()

    assert Corpus.objects.get(language="en").articles == 4
    assert Frequency.objects.get(word="pilot").articles == 3
    assert set(Vector.objects.values_list("weighed_among", flat=True)) == {4}


def test_a_long_list_of_postings_keeps_the_newest(
    courier: Outlet, port: Section, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("masthead.related.postings.MOST_POSTED", 2)
    monkeypatch.setattr("masthead.related.postings.SPARE", 0)

    a_few(port)

    rows = memoryview(bytes(Posting.objects.get(word="pilot").rows)).cast("q")
    pilots = PublishedArticle.objects.filter(headline__in=["Pilots 1", "Pilots 2"])
    assert sorted(rows) == sorted(pilots.values_list("pk", flat=True))
