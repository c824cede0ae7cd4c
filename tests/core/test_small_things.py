"""Ids, text, files, headers."""

import time
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from hypothesis import given
from hypothesis import strategies as st

from masthead.core.files import write_whole
from masthead.core.ids import uuid7
from masthead.core.middleware import DESK_POLICY, SecurityHeadersMiddleware
from masthead.core.text import free_slug, minutes_to_read, short_slug, shorten, words_in


def test_ids_are_version_seven_of_the_standard_and_never_the_same():
    made = [uuid7() for _ in range(500)]

    assert {(each.version, each.variant) for each in made} == {(7, uuid.RFC_4122)}
    assert len(set(made)) == 500


def test_an_id_made_later_sorts_later(monkeypatch):
    monkeypatch.setattr(time, "time_ns", lambda: 1_763_000_000_000_000_000)
    before = uuid7()
    monkeypatch.setattr(time, "time_ns", lambda: 1_763_000_000_001_000_000)

    assert before < uuid7()
    assert before.int >> 80 == 1_763_000_000_000


def test_words_and_minutes_are_counted():
    assert (words_in(" one  two\nthree "), words_in("")) == (3, 0)
    assert [minutes_to_read(words) for words in (0, 230, 231, 2300)] == [1, 1, 2, 10]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Port opens", "port-opens"),
        ("Café & Crème", "cafe-creme"),
        ("ميناء", "ميناء"),
        ("!!!", "untitled"),
        ("one two three", "one-two-three"),
    ],
)
def test_a_slug_is_short_and_never_empty(text, slug):
    assert short_slug(text) == slug


@given(st.text(max_size=300), st.integers(min_value=5, max_value=80))
def test_a_slug_is_never_longer_than_asked_nor_ends_in_a_hyphen(text, most):
    slug = short_slug(text, most=most)

    assert 0 < len(slug) <= max(most, len("untitled"))
    assert not slug.startswith("-")
    assert not slug.endswith("-")


def test_a_long_slug_is_cut_at_a_word():
    assert short_slug("alpha beta gamma", most=12) == "alpha-beta"


@pytest.mark.parametrize(
    ("taken", "free"),
    [
        (set(), "port"),
        ({"port-2"}, "port"),
        ({"port"}, "port-2"),
        ({"port", "port-3"}, "port-2"),
        ({"port", "port-2", "port-3"}, "port-4"),
    ],
)
def test_a_slug_that_is_taken_gets_the_first_free_number(taken, free):
    assert free_slug("port", taken) == free


@given(st.text(max_size=200), st.integers(min_value=2, max_value=60))
def test_a_shortened_text_is_never_longer_than_asked(text, most):
    assert len(shorten(text, most=most)) <= most


def test_a_text_is_shortened_at_a_word_and_says_so():
    assert shorten("one two,  three four", most=12) == "one two…"
    assert shorten("one  two", most=12) == "one two"


def test_a_file_is_written_whole_with_its_mode(tmp_path):
    file = tmp_path / "a" / "b.txt"

    write_whole(file, b"one", mode=0o600)
    write_whole(file, b"two", mode=0o600)

    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"two", 0o600)
    assert list(file.parent.iterdir()) == [file]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    file = tmp_path / "a" / "b.txt"
    write_whole(file, b"one")

    def full(self: Path, target: Any) -> Path:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="disk full"):
        write_whole(file, b"two")

    assert (file.read_bytes(), list(file.parent.iterdir())) == (b"one", [file])


def test_an_answer_without_a_policy_of_its_own_gets_the_desks():
    answer = SecurityHeadersMiddleware(lambda request: HttpResponse())(HttpRequest())

    assert answer["Content-Security-Policy"] == DESK_POLICY


def test_a_views_own_policy_stays():
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})

    assert SecurityHeadersMiddleware(view)(HttpRequest())["Content-Security-Policy"] == (
        "default-src 'none'"
    )
