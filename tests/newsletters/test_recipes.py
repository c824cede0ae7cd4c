"""Editions that build themselves: what their recipes choose, and one for each hour."""

from datetime import UTC, datetime, time, timedelta

import pytest

from masthead.fronts.actions import arrange_front, release_front
from masthead.newsletters.actions import build_edition
from masthead.newsletters.jobs import hours_due
from masthead.newsletters.models import Edition, EditionState, Pace
from masthead.newsletters.printing import print_copies
from masthead.newsletters.recipes import (
    STEPS,
    BadRecipe,
    NothingNew,
    build_blocks,
    clean_recipe,
    usual_recipe,
)
from masthead.reading.models import MostRead
from tests.factories import NOON, a_section, an_article
from tests.newsletters.kits import a_newsletter, an_edition, article, sent

SIX = datetime(2026, 11, 16, 18, 0, tzinfo=UTC)


@pytest.fixture
def evening(courier):
    return a_newsletter(courier, recipe=usual_recipe(), pace=Pace.STRAIGHT)


def built(newsletter, sheet, *steps, at=SIX):
    newsletter.recipe = clean_recipe(list(steps))
    return build_blocks(newsletter, sheet=sheet, at=at)


def articles_in(blocks):
    return [each["article"] for each in blocks if each["kind"] == "article"]


@pytest.mark.parametrize(
    "given",
    [
        None,
        [3],
        [{}],
        [{"step": "magic"}],
        [{"step": "newest", "most": 99}],
        [{"step": "newest", "most": True}],
        [{"step": "text", "html": 7}],
        [{"step": "newest"}] * 21,
    ],
)
def test_what_is_no_recipe_is_refused(given):
    with pytest.raises(BadRecipe) as refusal:
        clean_recipe(given)

    assert str(refusal.value)


@pytest.mark.parametrize("name", STEPS)
def test_every_step_can_be_added_empty_and_cleaning_again_changes_nothing(name):
    once = clean_recipe([{"step": name}])

    assert clean_recipe(once) == once


def test_the_fronts_articles_come_in_the_editors_order(evening, port, sheet, courier, ada):
    pages = [an_article(port, f"No. {n}") for n in range(3)]
    slots = [
        {"zone": "lead", "article": pages[2].pk},
        {"zone": "left", "article": pages[0].pk},
    ]
    arrange_front(outlet=courier, slots=slots, by=ada, at=NOON)
    release_front(outlet=courier, by=ada, at=NOON)

    blocks = built(evening, sheet, {"step": "fronted"})

    assert articles_in(blocks) == [pages[2].pk, pages[0].pk]
    assert [each["size"] for each in blocks] == ["lead", "row"]


def test_a_sections_best_is_what_is_read_most_then_what_is_newest(evening, port, sheet, courier):
    old, _middle, new = (
        an_article(port, name, at=NOON + timedelta(hours=n))
        for n, name in enumerate(("Old", "Middle", "New"))
    )
    row = old.published.get()
    MostRead.objects.create(outlet=courier, published=row, place=0)

    blocks = built(evening, sheet, {"step": "sections", "most": 2})

    assert [(each["section"], each["articles"]) for each in blocks] == [(port.pk, [old.pk, new.pk])]


def test_no_article_stands_twice_and_none_that_is_paid_for(evening, port, sheet):
    an_article(port, "Paid", kind="sponsored", sponsor_name="Chandlery", at=SIX)
    page = an_article(port, "One")

    blocks = built(evening, sheet, {"step": "newest"}, {"step": "sections"}, {"step": "newest"})

    assert articles_in(blocks) == [page.pk]
    assert len(blocks) == 1


def test_nothing_that_an_earlier_edition_had(evening, port, sheet):
    had, new = an_article(port, "Had"), an_article(port, "New")
    earlier = an_edition(evening, article(had))
    print_copies(earlier, NOON)
    sent(earlier, at=SIX - timedelta(days=1))

    steps = [{"step": "not-had", "days": 2}, {"step": "newest"}]

    assert articles_in(built(evening, sheet, *steps)) == [new.pk]
    assert set(articles_in(built(evening, sheet, *steps, at=SIX + timedelta(days=2)))) == {
        had.pk,
        new.pk,
    }


def test_only_what_is_new(evening, port, sheet):
    an_article(port, "Yesterday", at=SIX - timedelta(hours=25))
    today = an_article(port, "Today", at=SIX - timedelta(hours=23))

    blocks = built(evening, sheet, {"step": "since", "hours": 24}, {"step": "newest"})

    assert articles_in(blocks) == [today.pk]


def test_a_day_with_nothing_new_has_no_edition(evening, sheet):
    with pytest.raises(NothingNew):
        built(evening, sheet, {"step": "greeting", "html": "<p>Hi</p>"}, {"step": "newest"})


def test_steps_that_choose_nothing_are_an_edition_all_the_same(evening, sheet):
    blocks = built(evening, sheet, {"step": "text", "html": "<p>Every week the same.</p>"})

    assert [each["kind"] for each in blocks] == ["text"]


@pytest.mark.parametrize(
    ("pace", "late", "state"),
    [
        (Pace.STRAIGHT, 0, EditionState.SCHEDULED),
        (Pace.STRAIGHT, 59, EditionState.SCHEDULED),
        (Pace.STRAIGHT, 61, EditionState.HELD),
        (Pace.HELD, -30, EditionState.HELD),
    ],
)
def test_it_goes_out_by_its_newsletters_pace_unless_it_is_stale(evening, port, pace, late, state):
    an_article(port, "Ships")
    evening.pace = pace

    edition = build_edition(newsletter=evening, slot=SIX, at=SIX + timedelta(minutes=late))

    assert edition.state == state
    assert edition.subject == "Ships"
    assert bool(edition.trouble) is (late > 60)


def test_one_hour_has_one_edition(evening, port):
    an_article(port)

    first = build_edition(newsletter=evening, slot=SIX, at=SIX)
    second = build_edition(newsletter=evening, slot=SIX, at=SIX)

    assert (first is not None, second, Edition.objects.count()) == (True, None, 1)


def test_an_empty_day_leaves_a_line_in_the_desk_and_is_not_tried_again(evening, sheet):
    edition = build_edition(newsletter=evening, slot=SIX, at=SIX)

    assert edition.state == EditionState.DROPPED
    assert edition.trouble == "There was nothing new for this hour."
    assert hours_due(at=SIX) == []


@pytest.mark.parametrize(
    ("fields", "now", "due"),
    [
        ({}, SIX, True),
        ({}, SIX + timedelta(hours=11), True),
        ({}, SIX + timedelta(hours=13), False),
        ({}, SIX - timedelta(minutes=1), False),
        ({"pace": Pace.HELD}, SIX - timedelta(minutes=59), True),
        ({"pace": Pace.HELD}, SIX - timedelta(minutes=61), False),
        ({"pace": Pace.BY_HAND}, SIX, False),
        ({"closed_at": NOON}, SIX, False),
        ({"hours_from": SIX}, SIX + timedelta(hours=1), False),
        ({"hours_from": SIX - timedelta(seconds=1)}, SIX, True),
        ({"days": [5, 6]}, SIX, False),
        ({"hour": time(6)}, SIX, True),
    ],
)
def test_which_hours_are_due(courier, fields, now, due):
    newsletter = a_newsletter(courier, **{"pace": Pace.STRAIGHT, "recipe": usual_recipe()} | fields)
    if "hour" in fields:
        now = SIX - timedelta(hours=11)

    assert [each.pk for each, _slot in hours_due(at=now)] == ([newsletter.pk] if due else [])


def test_the_clock_builds_in_a_zone_of_its_own(port, courier, sheet):
    courier.timezone = "America/New_York"
    courier.save()
    a_section(courier, "Harbour")
    newsletter = a_newsletter(courier, pace=Pace.STRAIGHT, recipe=usual_recipe())

    found = hours_due(at=datetime(2026, 11, 16, 23, 5, tzinfo=UTC))

    assert found == [(newsletter, datetime(2026, 11, 16, 23, 0, tzinfo=UTC))]
