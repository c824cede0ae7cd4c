import pytest

from masthead.ads.places.stops import stops_in_list, stops_in_text

LONG = {"kind": "text", "html": "<p>" + "word " * 100 + "</p>"}
SHORT = {"kind": "text", "html": "<p>" + "word " * 20 + "</p>"}
BULLETS = {"kind": "text", "html": "<ul><li>" + "word " * 100 + "</li></ul>"}
HEADING = {"kind": "subheading", "text": "Then", "id": "then"}
PICTURE = {"kind": "picture"}
QUOTE = {"kind": "pull_quote"}
EMBED = {"kind": "embed"}


@pytest.mark.parametrize(
    ("body", "stops"),
    [
        ([LONG] * 10, [2, 4, 6, 8]),
        ([LONG] * 30, [2, 4, 6, 8]),
        ([LONG] * 2, []),
        ([LONG, LONG, SHORT], []),
        ([LONG, LONG, LONG], [2]),
        ([LONG, LONG, HEADING, LONG, LONG, LONG], [4]),
        ([LONG, HEADING, LONG, LONG, LONG], [3]),
        ([LONG, LONG, PICTURE, LONG, LONG, LONG], [4]),
        ([LONG, LONG, QUOTE, LONG, LONG], [4]),
        ([LONG, LONG, EMBED], []),
        ([LONG, LONG, BULLETS, LONG, LONG], [4]),
        ([], []),
    ],
)
def test_a_place_follows_so_many_words_and_touches_nothing_but_paragraphs(
    body: list[dict[str, str]], stops: list[int]
) -> None:
    assert stops_in_text(body, words=200) == stops


def test_a_place_keeps_its_distance_from_what_else_stands_in_the_text() -> None:
    assert stops_in_text([LONG] * 8, words=200, taken={3}) == [5, 7]


def test_the_number_of_words_is_the_outlets() -> None:
    assert stops_in_text([LONG] * 9, words=400) == [4, 8]


@pytest.mark.parametrize(
    ("items", "every", "stops"), [(0, 8, []), (8, 8, []), (9, 8, [8]), (40, 8, [8, 16, 24])]
)
def test_in_a_list_none_is_the_last(items: int, every: int, stops: list[int]) -> None:
    assert stops_in_list(items, every=every) == stops
