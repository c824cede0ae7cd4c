"""What stands where on a front: placed, pinned, filled up, nothing twice."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse

from masthead.articles.models import ArticlePage, Topic
from masthead.articles.queries import NewestFirst, by_author, in_outlet, listing, on_topic
from masthead.fronts.actions import (
    BadLayout,
    NothingToRelease,
    arrange_front,
    release_front,
)
from masthead.fronts.models import FrontLayout
from masthead.fronts.queries import Front, compose_front
from masthead.outlets.models import Outlet, Section
from masthead.outlets.queries import get_sheet
from masthead.publishing.actions import withdraw_article
from tests.factories import NOON, a_picture, a_section, an_article, an_author, an_outlet

Compose = Callable[..., Front]


@pytest.fixture
def composed(courier: Outlet, port: Section) -> Compose:
    def compose(*slots: dict[str, Any], at: Any = NOON) -> Front:
        return compose_front(sheet=get_sheet(outlet_id=courier.pk), slots=list(slots), at=at)

    return compose


def articles(section: Section, count: int) -> list[ArticlePage]:
    """Newest first: the first is of NOON, each next a minute older."""
    return [
        an_article(section, f"Report {n}", at=NOON - timedelta(minutes=n)) for n in range(count)
    ]


def place(zone: str, article: ArticlePage, **dates: str) -> dict[str, Any]:
    return {"zone": zone, "article": article.pk, "pinned_from": None, "pinned_until": None} | dates


def shown(front: Front) -> list[int]:
    """Every article on the front, place by place."""
    lead = [front.lead] if front.lead else []
    zones = [lead, front.left, front.right, front.row, front.latest]
    cards = [card for zone in zones for card in zone]
    return [card.id for card in cards + [card for row in front.rows for card in row.cards]]


def ids(cards: Any) -> list[int]:
    return [card.id for card in cards]


def test_an_empty_outlet_has_an_empty_front(composed):
    assert composed() == Front()


def test_a_front_that_nobody_arranged_is_filled_with_the_latest(port, composed):
    found = [article.pk for article in articles(port, 20)]

    front = composed()

    assert front.lead is not None
    assert front.lead.id == found[0]
    assert (ids(front.left), ids(front.right)) == (found[1:5], found[5:8])
    assert (front.row, ids(front.latest)) == ([], found[8:13])
    assert [ids(row.cards) for row in front.rows] == [found[13:17]]


def test_no_article_stands_on_a_front_twice(courier, port, composed):
    found = articles(port, 12) + articles(a_section(courier, "Town"), 12)

    everything = shown(composed(place("left", found[3]), place("row", found[14])))

    assert len(everything) == len(set(everything))


def test_placing_an_article_twice_shows_it_once(port, composed):
    found = articles(port, 3)

    everything = shown(composed(place("right", found[1]), place("left", found[1])))

    assert everything.count(found[1].pk) == 1


def test_what_a_full_place_has_no_room_for_stands_elsewhere(port, composed):
    found = articles(port, 10)

    front = composed(*(place("left", each) for each in found[:5]))

    assert ids(front.left) == [each.pk for each in found[:4]]
    assert shown(front).count(found[4].pk) == 1


def test_placed_articles_stand_where_they_were_placed(port, composed):
    found = articles(port, 10)

    front = composed(place("lead", found[9]), place("left", found[8]), place("row", found[7]))

    assert front.lead is not None
    assert (front.lead.id, front.left[0].id) == (found[9].pk, found[8].pk)
    assert front.row[0].id == found[7].pk


def test_the_lead_that_fills_itself_has_a_picture_if_any_has(port, composed):
    an_article(port, "Without", at=NOON)
    pictured = an_article(port, "With", at=NOON - timedelta(hours=3), lead_picture=a_picture())

    lead = composed().lead

    assert lead is not None
    assert lead.id == pictured.pk


@pytest.mark.parametrize(
    ("minutes", "is_placed"), [(-1, False), (0, True), (59, True), (60, False)]
)
def test_a_pin_holds_from_its_first_moment_until_its_last(port, composed, minutes, is_placed):
    found = articles(port, 3)
    pin = place(
        "lead",
        found[2],
        pinned_from=NOON.isoformat(),
        pinned_until=(NOON + timedelta(hours=1)).isoformat(),
    )

    lead = composed(pin, at=NOON + timedelta(minutes=minutes)).lead

    assert lead is not None
    assert (lead.id == found[2].pk) == is_placed


def test_a_sponsored_article_never_fills_a_place_that_nobody_gave_it(port, composed):
    articles(port, 2)
    paid = an_article(
        port, "Paid", kind="sponsored", sponsor_name="Quayside Bank", at=NOON + timedelta(minutes=1)
    )

    assert paid.pk not in shown(composed())


def test_a_sponsored_article_stands_where_it_was_placed(port, composed):
    paid = an_article(port, "Paid", kind="sponsored", sponsor_name="Quayside Bank")

    assert ids(composed(place("row", paid)).row) == [paid.pk]


def test_a_withdrawn_article_falls_away_and_its_place_is_filled(port, composed):
    found = articles(port, 3)
    withdraw_article(article=found[2], by=None, at=NOON, reason="Wrong.")

    front = composed(place("lead", found[2]))

    assert front.lead is not None
    assert (front.lead.id, found[2].pk in shown(front)) == (found[0].pk, False)


def test_another_outlets_article_cannot_be_placed(port, composed):
    elsewhere = a_section(an_outlet(slug="tideline", title="Tideline"))
    theirs = an_article(elsewhere)

    assert shown(composed(place("lead", theirs))) == []


def test_a_full_front_costs_the_same_with_many_more_articles_behind_it(
    port, composed, django_assert_max_num_queries
):
    articles(port, 15)
    composed()
    with django_assert_max_num_queries(6) as full:
        composed()
    articles(port, 14)

    with django_assert_max_num_queries(6) as with_more:
        composed()

    assert len(full) == len(with_more)


def test_releasing_keeps_the_front_before_it(courier, port):
    first, second = articles(port, 2)
    arrange_front(outlet=courier, slots=[place("lead", first)], by=None, at=NOON)
    release_front(outlet=courier, by=None, at=NOON)
    arrange_front(outlet=courier, slots=[place("lead", second)], by=None, at=NOON)

    release_front(outlet=courier, by=None, at=NOON)

    states = FrontLayout.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["replaced", "released"]


def test_releasing_without_a_draft_says_so(courier):
    with pytest.raises(NothingToRelease):
        release_front(outlet=courier, by=None, at=NOON)


@pytest.mark.parametrize(
    "slot",
    [
        {"zone": "cellar", "article": 1},
        {"zone": "lead"},
        {"zone": "lead", "article": "x"},
        {"zone": "lead", "article": None},
        {"zone": "lead", "article": 1, "pinned_from": "soon"},
        {"zone": "lead", "article": 1, "pinned_from": "2026-11-16T12:00"},
        {"zone": "lead", "article": 1, "pinned_from": "2026-13-45T12:00Z"},
        {
            "zone": "lead",
            "article": 1,
            "pinned_from": "2026-11-17T00:00Z",
            "pinned_until": "2026-11-16T00:00Z",
        },
        {"zone": "lead", "article": 1, "pinned_from": 7},
    ],
)
def test_what_is_no_place_on_a_front_is_refused(courier, slot):
    with pytest.raises(BadLayout):
        arrange_front(outlet=courier, slots=[slot], by=None, at=NOON)


def headlines(answer: HttpResponse) -> set[str]:
    page = answer.content.decode()
    return {f"Report {n}" for n in range(100) if f"Report {n}<" in page.replace(" <", "<")}


def _to_the_end(of: NewestFirst) -> tuple[list[int], list[int]]:
    """Ids of the articles met on the way down a list, and on the way back up."""
    last = listing(of, size=3)
    forward = [row.pk for row in last.articles]
    while last.older:
        last = listing(of, before=last.older, size=3)
        forward += [row.pk for row in last.articles]
    backward, first = [row.pk for row in last.articles], last
    while first.newer:
        first = listing(of, after=first.newer, size=3)
        backward = [row.pk for row in first.articles] + backward
    return forward, backward


def test_paging_to_the_end_and_back_meets_every_article_once(port):
    articles(port, 7)
    an_article(port, "Same minute", at=NOON)
    of_outlet = NewestFirst(in_outlet(get_sheet(outlet_id=port.get_parent().pk).id))
    every = [row.pk for row in of_outlet.all()]

    assert (len(every), *_to_the_end(of_outlet)) == (8, every, every)


def test_what_several_wrote_about_several_topics_is_met_once_too(port):
    mara, ines = an_author("Mara Okafor"), an_author("Ines Varga")
    tides, pilots = (Topic.objects.create(name=name, slug=name) for name in ("tides", "pilots"))
    for n in range(7):
        an_article(
            port,
            f"Report {n}",
            authors=[mara, ines],
            topics=[tides, pilots],
            at=NOON - timedelta(hours=n),
        )
    outlet = port.get_parent().pk

    for of in (by_author(mara.pk, outlet_id=outlet), on_topic(tides.pk, outlet_id=outlet)):
        every = [row.pk for row in of.all()]
        assert (len(every), *_to_the_end(of)) == (7, every, every)


@pytest.mark.parametrize(
    "place_sent",
    [
        "",
        "x",
        "1-",
        "-1",
        "nan-1",
        "inf-1",
        "1e999-1",
        "0-0",
        "1-99999999999999999999999",
        "1-1-1",
        "99999999999999-1",
        "1.5-१",
        "\x00-1",
        "%F0-1",
        "1" * 5000,
    ],
)
@pytest.mark.parametrize("path", ["port/", "topics/tides/", "authors/mara-okafor/", "search/"])
def test_a_place_that_is_none_is_harmless(port, read, path, place_sent):
    from masthead.articles.models import Topic
    from tests.factories import an_author

    tides = Topic.objects.create(name="Tides", slug="tides")
    an_article(port, authors=[an_author()], topics=[tides])

    answer = read(f"{path}?q=port&before={place_sent}")
    if path == "search/":  # each search has one address, and what is none is not in it
        assert (
            answer.headers.get("Location", "/courier/search/?q=port") == "/courier/search/?q=port"
        )
        answer = read("search/?q=port")

    assert answer.status_code in {200, 404}


@pytest.mark.parametrize(
    "path",
    [
        "archive/1/1/",
        "archive/9999/12/",
        "archive/2026/13/",
        "archive/0/0/",
        "archive/99999999999999999999/1/",
    ],
)
def test_a_month_that_never_was_is_not_found(courier, port, read, path):
    courier.timezone = "Asia/Tokyo"
    courier.save_revision().publish()

    assert read(path).status_code == 404


def test_a_month_lists_its_articles_by_the_outlets_own_days(courier, port, read):
    courier.timezone = "Asia/Tokyo"
    courier.save_revision().publish()
    late = NOON.replace(month=10, day=31, hour=20)  # the first of November in Tokyo
    an_article(port, "Report 1", at=late)

    with time_machine.travel(NOON, tick=False):
        november, october = read("archive/2026/11/"), read("archive/2026/10/")

    assert headlines(november) == {"Report 1"}
    assert october.status_code == 404


def test_a_topic_of_no_article_here_is_not_found(port, read):
    from masthead.articles.models import Topic

    Topic.objects.create(name="Tides", slug="tides")

    assert read("topics/tides/").status_code == 404


def test_a_section_lists_what_is_filed_below_it(port, read):
    inner = a_section(port, "Locks")
    an_article(inner, "Report 1")

    assert (headlines(read("port/")), headlines(read("port/locks/"))) == ({"Report 1"},) * 2


def test_a_kicker_that_is_the_sections_name_follows_it_when_it_is_renamed(port, read):
    article = an_article(port, kicker="Port")
    port.title = "Docks"
    port.save_revision().publish()

    pages = [read(path).content.decode() for path in ("", f"port/{article.slug}/")]

    assert [">Port<" in page for page in pages] == [False, False]
    assert [">Docks</a>" in page for page in pages] == [True, True]


def test_an_empty_section_offers_what_else_the_title_has(courier, port, read):
    article = an_article(port)
    empty = a_section(courier, "Culture")

    page = read(f"{empty.slug}/").content.decode()

    assert "Nothing has been published here yet." in page
    assert article.title in page
