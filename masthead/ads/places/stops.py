"""Where places stand in a text and in a list: pure rules."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from masthead.core.text import words_in

WORDS_AFTER = 80  # of text that must follow a place: it interrupts, it does not close
MOST_IN_TEXT = 4
# Rows of a front, and items of a list, from one place to the next; none as the very last.
ROWS_BETWEEN, ITEMS_BETWEEN = 2, 8
MOST_IN_LIST = 3


def stops_in_text(
    body: Sequence[Mapping[str, Any]], *, words: int, taken: Collection[int] = ()
) -> list[int]:
    """
    The numbers (from 1) of the paragraphs that a place follows, at least `words` of running text
    apart and as many from the beginning.

    Never beside anything but plain paragraphs: no heading, picture, quotation, embed, list's
    bullets or other place touches one. taken: stops of what else stands in the text.
    """
    counted = [words_in(_plain(block)) for block in body]
    stops: list[int] = []
    run = 0
    for number, block in enumerate(body, start=1):
        if number - 1 in taken:
            run = 0
        run += counted[number - 1]
        if run < words or len(stops) == MOST_IN_TEXT or not _is_plain(block):
            continue
        if number == len(body) or not _is_plain(body[number]):
            continue
        near = {number - 1, number, number + 1}
        if near & set(taken) or sum(counted[number:]) < WORDS_AFTER:
            continue
        stops.append(number)
        run = 0
    return stops


def _is_plain(block: Mapping[str, Any]) -> bool:
    return block["kind"] == "text" and str(block["html"]).startswith("<p")


def _plain(block: Mapping[str, Any]) -> str:
    if block["kind"] != "text":
        return ""
    # Enough for counting: words between tags.
    return "".join(
        part.partition(">")[2] if index else part
        for index, part in enumerate(str(block["html"]).split("<"))
    )


def stops_in_list(items: int, *, every: int) -> list[int]:
    """After which items (from 1): one in `every`, never the last."""
    return list(range(every, items, every))[:MOST_IN_LIST]
