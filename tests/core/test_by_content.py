"""Results kept by the content of what they were made of."""

from dataclasses import dataclass

import pytest

from masthead.core.by_content import kept_by_content


@dataclass(frozen=True)
class Picture:
    alt: str


@pytest.fixture
def calls():
    return []


@pytest.fixture
def made(calls):
    @kept_by_content(most=2)
    def make(part, picture):
        calls.append(part["text"])
        return f"{part['text']} {picture.alt}"

    return make


def test_the_same_content_is_made_once(made, calls):
    results = [made({"text": "Ferry"}, Picture("A ferry")) for _ in range(3)]

    assert results == ["Ferry A ferry"] * 3
    assert calls == ["Ferry"]


@pytest.mark.parametrize("other", [({"text": "Quay"}, "A ferry"), ({"text": "Ferry"}, "A quay")])
def test_other_content_is_made_anew_however_deep_it_differs(made, other):
    made({"text": "Ferry"}, Picture("A ferry"))

    assert made(other[0], Picture(other[1])) == f"{other[0]['text']} {other[1]}"


def test_what_was_asked_for_longest_ago_goes_first(made, calls):
    for text in ("a", "b", "a", "c", "a", "b"):
        made({"text": text}, Picture(""))

    assert calls == ["a", "b", "c", "b"]
