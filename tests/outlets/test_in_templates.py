"""Times as a newspaper prints them: never "an hour ago", because a page stands on its shelf."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from masthead.outlets.in_templates import full_day, moment, short_moment

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_copenhagen():
    with timezone.override("Europe/Copenhagen"), translation.override("en"):
        yield


def words(markup: str) -> str:
    return markup.partition(">")[2].removesuffix("</time>")


def test_full_moment_says_time_and_day_in_the_outlets_zone():
    at = datetime(2026, 11, 16, 5, 40, tzinfo=UTC)

    assert words(moment(at, NOON)) == "6:40 am, Monday 16 November"


def test_full_moment_of_another_year_names_the_year():
    at = datetime(2025, 1, 1, 11, tzinfo=UTC)

    assert words(moment(at, NOON)) == "12:00 pm, Wednesday 1 January 2025"


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (datetime(2026, 11, 22, 13, 15, tzinfo=UTC), "2:15 pm"),
        (datetime(2026, 11, 21, 22, 59, tzinfo=UTC), "21 Nov"),
        (datetime(2026, 11, 21, 23, 1, tzinfo=UTC), "12:01 am"),
        (datetime(2025, 3, 2, 12, tzinfo=UTC), "2 Mar 2025"),
    ],
)
def test_list_shows_the_time_on_the_pages_own_day_and_else_the_day(at, shown):
    assert words(short_moment(at, NOON)) == shown


def test_time_element_carries_the_instant():
    assert moment(NOON, NOON).startswith('<time datetime="2026-11-22T12:00+00:00">')


def test_day_is_written_out():
    assert full_day(NOON.date()) == "Sunday 22 November 2026"


def test_a_moment_is_said_in_the_zone_and_language_in_force():
    said = [words(short_moment(NOON, NOON)), words(moment(NOON, NOON))]
    with timezone.override("Asia/Tokyo"), translation.override("ar"):
        said += [words(short_moment(NOON, NOON)), words(moment(NOON, NOON))]

    assert said == ["1:00 pm", "1:00 pm, Sunday 22 November", "9:00 م", "الأحد 22 نوفمبر، 9:00 م"]


def test_a_page_that_is_dated_later_says_the_same_moment_otherwise():
    tomorrow, next_year = NOON + timedelta(days=1), NOON + timedelta(days=365)

    assert [words(short_moment(NOON, day)) for day in (NOON, tomorrow, next_year, None)] == [
        "1:00 pm",
        "22 Nov",
        "22 Nov 2026",
        "22 Nov 2026",
    ]
