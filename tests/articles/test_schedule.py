"""The time an article is planned for is read as it was typed, or refused with a sentence."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from masthead.articles.schedule import PlannedTimeInput, first_day_of_week, refuse_past

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "day"), [("en", 1), ("en-gb", 1), ("de", 1), ("pl", 1), ("pt-br", 0)]
)
def test_the_week_begins_as_the_titles_language_has_it(language, day):
    assert first_day_of_week(language) == day


def test_the_calendar_replaces_nothing_that_was_typed():
    assert PlannedTimeInput().get_config()["validateOnBlur"] is False


def test_a_time_to_come_is_taken_and_one_that_has_passed_is_not():
    refuse_past(NOON + timedelta(seconds=1), now=NOON)

    with pytest.raises(ValidationError, match=r"That time has passed\."):
        refuse_past(NOON, now=NOON)
