"""What a release says of itself in the log of changes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from masthead.articles.models import Access, ArticlePage, Kind, PublishedArticle, Topic
from masthead.changes import keys
from masthead.changes.models import Change
from masthead.changes.queries import newest_number
from masthead.outlets.models import Outlet
from masthead.publishing.actions import publish_article, withdraw_article
from masthead.publishing.touched import note_release, standing_of
from tests.factories import NOON, a_picture, an_article, an_author

Touched = tuple[set[str], set[str]]


@pytest.fixture
def touched_by() -> Callable[[Callable[[], object]], Touched]:
    """The keys that an act touches, and those that are gone."""

    def act(does: Callable[[], object]) -> Touched:
        before = newest_number()
        does()
        changes = Change.objects.filter(number__gt=before)
        return (
            {key for change in changes for key in change.keys},
            {key for change in changes for key in change.gone},
        )

    return act


def update(article: ArticlePage, **fields: Any) -> Callable[[], object]:
    def does() -> object:
        draft = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
        for name, value in fields.items():
            setattr(draft, name, value)
        draft.save_revision()
        return publish_article(article=draft, by=None, at=timezone.now())

    return does


def words_of(article: ArticlePage, courier: Outlet) -> set[str]:
    """What every release touches: the article, and what tells when it changed."""
    return {
        keys.article(article.pk),
        keys.dates(courier.pk),
        keys.month(courier.pk, PublishedArticle.objects.get(article=article).published_at),
    }


def test_an_update_touches_the_article_and_the_sitemaps(courier, port, touched_by):
    article = an_article(port, authors=[an_author()])

    touched, gone = touched_by(update(article, title="Another headline"))

    assert (touched, gone) == (words_of(article, courier), set())


def test_a_first_publication_touches_the_heads_of_all_its_lists(courier, port, touched_by):
    author, topic = an_author(), Topic.objects.create(name="Tides", slug="tides")
    article = an_article(port, authors=[author], topics=[topic], at=None)

    touched, gone = touched_by(lambda: publish_article(article=article, by=None, at=timezone.now()))

    month = keys.month(courier.pk, timezone.now())
    lists = [keys.outlet(courier.pk), keys.section(port.pk), keys.author(author.pk)]
    assert gone == set()
    assert touched == {
        *words_of(article, courier),
        *(keys.newest(each) for each in (*lists, keys.topic(topic.pk), month)),
        keys.front(courier.pk),
        keys.counts(courier.pk),
        keys.NETWORK,
    }


def test_a_withdrawn_article_is_gone_from_wherever_it_was(courier, port, touched_by):
    article = an_article(port)

    touched, gone = touched_by(
        lambda: withdraw_article(article=article, by=None, at=timezone.now(), reason="Wrong.")
    )

    assert gone == {keys.article(article.pk)}
    assert {keys.newest(keys.section(port.pk)), keys.front(courier.pk)} < touched
    assert keys.article(article.pk) not in touched


def test_what_becomes_members_only_is_gone_for_everybody(courier, port, touched_by):
    article = an_article(port)

    touched, gone = touched_by(update(article, access=Access.MEMBERS))

    assert gone == {keys.article(article.pk)}
    assert touched == words_of(article, courier) - gone


def test_what_becomes_open_is_printed_anew(courier, port, touched_by):
    article = an_article(port, access=Access.MEMBERS)

    touched, gone = touched_by(update(article, access=Access.OPEN))

    assert (touched, gone) == (words_of(article, courier), set())


@pytest.mark.parametrize(
    "fields", [{"lead_picture": True}, {"kind": Kind.SPONSORED, "sponsor_name": "Quay"}]
)
def test_what_makes_it_fit_for_another_place_touches_the_front(
    courier, port, touched_by, fields: dict[str, Any]
):
    article = an_article(port)
    if "lead_picture" in fields:
        fields = {"lead_picture": a_picture()}

    touched, _gone = touched_by(update(article, **fields))

    assert keys.front(courier.pk) in touched


def test_an_article_between_others_touches_the_two_next_to_it(courier, port, touched_by):
    oldest, older, newer, newest = (
        an_article(port, at=NOON - timedelta(hours=hours)) for hours in (9, 6, 3, 1)
    )

    article = an_article(port, at=None)
    touched, _gone = touched_by(
        lambda: publish_article(article=article, by=None, at=NOON - timedelta(hours=4))
    )

    section = keys.section(port.pk)
    beside = {each.pk for each in (older, newer)}
    others = {oldest.pk, newest.pk}
    assert {keys.row(section, each) for each in beside} <= touched
    assert {keys.row(section, each) for each in others} & touched == set()


def test_a_move_touches_both_sections(courier, port, touched_by):
    row = PublishedArticle.objects.get(article=an_article(port))
    before = standing_of(row)
    row.section_id = row.top_section_id = port.pk + 1000

    touched, _gone = touched_by(
        lambda: note_release(before=before, after=standing_of(row), at=NOON)
    )

    heads = {keys.newest(keys.section(pk)) for pk in (port.pk, port.pk + 1000)}
    assert heads < touched


def test_what_nobody_could_see_touches_nothing(courier, port, touched_by):
    assert touched_by(lambda: note_release(before=None, after=None, at=NOON)) == (set(), set())


def test_a_longer_list_costs_no_more_queries(courier, port):
    def queries() -> int:
        article = an_article(port, authors=[an_author(f"Author {newest_number()}")])
        standing = standing_of(PublishedArticle.objects.get(article=article))
        with CaptureQueriesContext(connection) as captured:
            note_release(before=None, after=standing, at=NOON)
        return len(captured)

    at_one = queries()
    for _each in range(3):
        an_article(port)

    assert queries() <= at_one
