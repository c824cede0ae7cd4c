"""How the parts of an article's text are put on its page."""

import pytest

from masthead.articles.in_templates import clock, in_text_place, table_columns

TEXT, PICTURE = {"kind": "text"}, {"kind": "picture"}


def test_text_is_interrupted_after_its_third_paragraph():
    assert in_text_place([TEXT, PICTURE, TEXT, TEXT, TEXT, TEXT, TEXT]) == 4


def test_short_text_is_not_interrupted():
    assert in_text_place([TEXT] * 5) == 0


@pytest.mark.parametrize(
    ("seconds", "shown"), [(None, "0:00"), (7, "0:07"), (247.9, "4:07"), (3750, "1:02:30")]
)
def test_length_is_shown_as_on_a_player(seconds, shown):
    assert clock(seconds) == shown


def test_head_of_a_column_of_numbers_is_one_of_numbers():
    block = {
        "head": ["Ship", "Length"],
        "rows": [[{"text": "Aurora", "kind": "text"}, {"text": "212", "kind": "number"}]],
    }

    assert [column["kind"] for column in table_columns(block)] == ["text", "number"]


def test_table_without_rows_keeps_its_heads():
    assert table_columns({"head": ["Ship"], "rows": []}) == [{"text": "Ship", "kind": ""}]
