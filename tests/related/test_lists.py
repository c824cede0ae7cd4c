"""The list below an article, from publishing to the reader's page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from masthead.articles.models import Access, ArticlePage, Kind, PublishedArticle, Topic
from masthead.changes.models import Change
from masthead.outlets.models import Outlet, Section
from masthead.outlets.queries import get_sheet
from masthead.publishing.actions import publish_article, withdraw_article
from masthead.related.actions import follow_article
from masthead.related.finding import Index, find_list, find_lists
from masthead.related.knowing import read_rules
from masthead.related.models import Posting, Related, Vector
from masthead.related.parts import related_articles
from tests.factories import NOON, a_section, an_article, an_outlet

LATER = NOON + timedelta(minutes=5)
PILOTS = "Pilots bring ships through the channel after dark."
CRABS = "The board cuts the crab quota by a third, and skippers on the quay weigh their pots."
OWN = [  # so much of an article is its own that it tells something else
    "The union asked for a rest after each passage, says Edda Vos, and lists nine tired crews.",
    "Fog held up a tanker from Oslo with timber, wine and forty lorries for the island brewery.",
    "Tugs wait at the mole, where students paint buoys, sell waffles and learn splicing ropes.",
]


NEWS = f"{PILOTS} Two lanterns burn on the jetty; painters from Bergen hang nine copper bells."


def related(article: ArticlePage) -> list[str]:
    """What readers see below it."""
    row = PublishedArticle.objects.get(article=article)
    context = {"sheet": get_sheet(outlet_id=row.outlet_id), "article": {"id": article.pk}}
    built = related_articles(context)
    return [card.headline for card in built["cards"]] if built else []


def released(section: Section, headline: str, text: str = PILOTS, **fields: Any) -> ArticlePage:
    """Published, and followed as its job would."""
    article = an_article(section, headline, text=f"<p>{text}</p>", standfirst="", **fields)
    follow_article(article_id=article.pk, at=LATER)
    return article


def a_few(section: Section) -> list[ArticlePage]:
    """Three on pilots, each with words of its own, and one on crabs."""
    pilots = [released(section, f"Pilots {n}", f"{PILOTS} {OWN[n]}") for n in range(3)]
    return [*pilots, released(section, "Crabs", CRABS)]


def changed_keys(act: Callable[[], object]) -> set[str]:
    newest = max(Change.objects.values_list("number", flat=True), default=0)
    act()
    return {key for each in Change.objects.filter(number__gt=newest) for key in each.keys}


def test_articles_on_one_matter_stand_below_each_other(courier: Outlet, port: Section) -> None:
    first, second, third, crabs = a_few(port)

    assert sorted(related(first)) == ["Pilots 1", "Pilots 2"]
    assert sorted(related(second)) == ["Pilots 0", "Pilots 2"]
    assert sorted(related(third)) == ["Pilots 0", "Pilots 1"]
    assert related(crabs) == []


def test_an_old_article_gains_links_to_new_ones_and_only_changed_pages_are_told(
    courier: Outlet, port: Section
) -> None:
    old, *_rest, crabs = a_few(port)

    told = changed_keys(lambda: released(port, "Pilots 9", NEWS))

    assert "Pilots 9" in related(old)
    assert f"r{old.pk}" in told
    assert f"r{crabs.pk}" not in told


def test_following_a_release_again_changes_nothing(courier: Outlet, port: Section) -> None:
    articles = a_few(port)
    for each in articles:  # once more, now that all words are known
        follow_article(article_id=each.pk, at=LATER)
    before = list(Related.objects.order_by("of", "place").values_list())

    told = changed_keys(lambda: [follow_article(article_id=each.pk, at=LATER) for each in articles])

    assert told == set()
    assert list(Related.objects.order_by("of", "place").values_list()) == before


def test_a_withdrawn_article_leaves_all_lists_and_comes_back(
    courier: Outlet, port: Section
) -> None:
    first, second, third, _crabs = a_few(port)
    withdraw_article(article=second, by=None, at=LATER, reason="Wrong")

    assert related(first) == ["Pilots 2"]  # at once, before any job

    follow_article(article_id=second.pk, at=LATER)
    assert not Related.objects.filter(other__article=second).exists()
    assert not Vector.objects.filter(published__article=second).exists()
    assert all(
        PublishedArticle.objects.get(article=second).pk not in memoryview(each.rows).cast("q")
        for each in Posting.objects.all()
        if len(each.rows)
    )

    publish_article(article=second, by=None, at=LATER)
    follow_article(article_id=second.pk, at=LATER)
    assert sorted(related(third)) == ["Pilots 0", "Pilots 1"]


def test_what_becomes_paid_for_leaves_all_lists(courier: Outlet, port: Section) -> None:
    first, second, *_rest = a_few(port)
    second.kind, second.sponsor_name = Kind.SPONSORED, "Foundry Lane"
    second.save_revision()
    publish_article(article=second, by=None, at=LATER)

    assert related(first) == ["Pilots 2"]

    follow_article(article_id=second.pk, at=LATER)
    assert not Related.objects.filter(other__article=second).exists()
    assert sorted(related(second)) == ["Pilots 0", "Pilots 2"]


def test_drafts_and_planned_articles_stand_nowhere(courier: Outlet, port: Section) -> None:
    first, *_rest = a_few(port)
    released(port, "Draft", f"{PILOTS} Soon.", at=None)

    assert sorted(related(first)) == ["Pilots 1", "Pilots 2"]
    assert Vector.objects.count() == 4


def test_of_two_that_tell_the_same_one_is_shown(courier: Outlet, port: Section) -> None:
    first, *_rest = a_few(port)
    released(port, "Pilots 1", f"{PILOTS} {OWN[1]}")

    assert sorted(related(first)) == ["Pilots 1", "Pilots 2"]


def test_of_a_members_article_only_the_open_parts_count(courier: Outlet, port: Section) -> None:
    first, *_rest = a_few(port)
    body = [("text", "<p>Open.</p>" * 3 + f"<p>{PILOTS}</p>")]
    hidden = an_article(port, "Behind", body=body, access=Access.MEMBERS, standfirst="Members")
    follow_article(article_id=hidden.pk, at=LATER)

    assert "Behind" not in related(first)
    assert set(Vector.objects.get(published__article=hidden).words.split()) == {
        "behind", "member", "open",
    }  # fmt: skip


@pytest.mark.parametrize(("setting", "seen"), [("network", ["Pilots 0"]), ("outlet", [])])
def test_the_publisher_says_whether_sister_titles_stand_there(
    courier: Outlet, port: Section, setting: str, seen: list[str]
) -> None:
    Outlet.objects.filter(pk=courier.pk).update(related_from=setting)
    sea = a_section(an_outlet(slug="tideline", title="Tideline"), "Sea")
    released(sea, "Pilots 0", f"{PILOTS} {OWN[0]}")
    article = released(port, "Pilots 1", f"{PILOTS} {OWN[1]}")

    assert related(article) == seen


def test_a_card_of_a_sister_title_leads_there_and_names_it(courier: Outlet, port: Section) -> None:
    sea = a_section(an_outlet(slug="tideline", title="Tideline"), "Sea")
    released(sea, "Pilots 0", f"{PILOTS} {OWN[0]}")
    article = released(port, "Pilots 1", f"{PILOTS} {OWN[1]}")
    there = PublishedArticle.objects.get(headline="Pilots 0")

    built = related_articles(
        {"sheet": get_sheet(outlet_id=courier.pk), "article": {"id": article.pk}}
    )

    assert built is not None
    assert [(card.url, card.kicker) for card in built["cards"]] == [
        (f"http://127.0.0.1:8000/tideline/{there.path}", "Tideline")
    ]


def test_articles_in_other_languages_are_left_out(courier: Outlet, port: Section) -> None:
    sea = a_section(an_outlet(slug="bahr", title="Bahr", language="ar"), "Sea")
    released(sea, "Pilots 0", f"{PILOTS} {OWN[0]}")
    article = released(port, "Pilots 1", f"{PILOTS} {OWN[1]}")

    assert related(article) == []


def test_a_topic_in_common_counts(courier: Outlet, port: Section) -> None:
    topics = [Topic.objects.create(name=name, slug=name) for name in ("odile", "islands")]
    article = released(port, "Storm", "Wind from the west.", topics=topics)
    released(port, "Ferries", "Boats stay in.", topics=topics)
    released(port, "Schools", "Closed today.")

    assert related(article) == ["Ferries"]
    why = Related.objects.get(of__article=article).why
    assert why["topics"] == ["islands", "odile"]


def test_editors_see_the_words_as_the_article_writes_them(courier: Outlet, port: Section) -> None:
    first, *_rest = a_few(port)

    why = Related.objects.filter(of__article=first).order_by("place").first().why  # type: ignore[union-attr]

    assert {"ships", "channel", "harbour"} & set(why["words"])


def test_the_list_is_on_the_page_for_one_query(
    courier: Outlet, port: Section, client: Any, django_assert_num_queries: Any
) -> None:
    first, *_rest = a_few(port)
    row = PublishedArticle.objects.get(article=first)
    context = {"sheet": get_sheet(outlet_id=courier.pk), "article": {"id": first.pk}}
    with django_assert_num_queries(1):
        related_articles(context)

    page = client.get(f"/courier/{row.path}", headers={"host": "127.0.0.1:8000"}).content.decode()

    assert page.count("Related articles") == 1
    assert page.count("Pilots 1") == 1  # not below “More from Port” as well


def test_lists_worked_out_together_are_those_worked_out_alone(
    courier: Outlet, port: Section, django_assert_num_queries: Any
) -> None:
    topics = [Topic.objects.create(name="Pilots", slug="pilots")]
    for number, text in enumerate(OWN):
        released(port, f"Pilots {number}", f"{PILOTS} {text}", topics=topics)
    a_few(port)
    rows = list(PublishedArticle.objects.values_list("pk", flat=True))
    rules = read_rules()
    alone = {row: find_list(row, rules=rules) for row in rows}
    newest_on_topic = len(topics) * len(OWN)  # asked for, because few resemble them by words

    index = Index(rules)
    with django_assert_num_queries(5 + newest_on_topic):
        together = find_lists(rows, index=index)
    with django_assert_num_queries(2 + newest_on_topic):  # how words are written; picks
        again = find_lists(rows, index=index)

    assert together == alone
    assert again == alone


def test_publishing_leaves_the_work_to_a_job(courier: Outlet, port: Section) -> None:
    article = an_article(port)

    receipts = article.releases.get().receipts.values_list("way_out", flat=True)
    assert "related" in receipts
    assert not Vector.objects.exists()
