"""Names in any script on paper: joined, in their order, whole lines; what no font has is named."""

import pytest

from masthead.ads.papers.arabic import joined
from masthead.ads.papers.breaking import broken
from masthead.ads.papers.letters import face_of, readable
from masthead.ads.papers.order import in_order


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("محمد", "\ufee3\ufea4\ufee4\ufeaa"),
        ("سلام", "\ufeb3\ufefc\ufee1"),  # lam and alef are one; alef joins to nothing after it
        ("لا", "\ufefb"),
        ("مُحمد", "\ufee3\u064f\ufea4\ufee4\ufeaa"),  # a mark parts no letters
        ("می\u200cروم", "\ufee3\ufbfd\ufead\ufeed\ufee1"),  # a non-joiner does
        ("دار abc", "\ufea9\ufe8d\ufead abc"),
        ("پژ", "\ufb58\ufb8b"),
        ("Ropes & Sons", "Ropes & Sons"),
    ],
)
def test_arabic_letters_join(written, drawn):
    assert joined(written) == drawn


@pytest.mark.parametrize(
    ("line", "to_the_left", "drawn"),
    [
        ("abc אבג def", False, "abc גבא def"),
        ("אבג abc", True, "abc גבא"),
        ("אבג 123 דה", True, "הד 123 גבא"),
        ("אבג 1,234.50 €", True, "€ 1,234.50 גבא"),
        ("דףسعر 2026-00001", True, "2026-00001 رعسףד"),
        ("(אבג)", True, "(גבא)"),
        ("Shop (אבג)", False, "Shop (גבא)"),
        ("2026-11-17 – 2026-12-01", True, "2026-12-01 – 2026-11-17"),
        ("ab\u0301c", False, "ab\u0301c"),
        ("אב\u05b0ג", True, "גב\u05b0א"),
        ("Ropes & Sons", False, "Ropes & Sons"),
        ("", True, ""),
    ],
)
def test_letters_stand_in_the_order_that_they_are_read_in(line, to_the_left, drawn):
    assert in_order(line, to_the_left=to_the_left) == drawn


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Καφέ Αθηνά", "Καφέ Αθηνά"),
        ("Пекарня Ёлка", "Пекарня Ёлка"),
        ("Tiệm bánh Phở", "Tiệm bánh Phở"),
        ("בית קפה", "בית קפה"),
        ("Հայկական", "Հայկական"),
        ("海辺のパン屋 서울 빵집 面包店", "海辺のパン屋 서울 빵집 面包店"),
        ("שָׁלוֹם", "שלום"),
        ("ร้านอาหาร Siam", "[Thai] Siam"),
        ("कखग Café", "[Devanagari] Café"),
        ("Café \U0001f600", "Café [?]"),
        ("Ropes \u202e& Sons\x00\n ", "Ropes & Sons"),
        ("", ""),
    ],
)
def test_a_name_is_shown_or_its_script_is_named(name, shown):
    assert readable(name) == shown
    assert all(letter == " " or face_of(letter) for letter in readable(name))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ["one two", "three"]),
        ("海辺のパン屋です", ["海辺のパン屋です"[:7], "す"]),
        ("x" * 17, ["x" * 7, "x" * 7, "xxx"]),
        ("a " + "y" * 9, ["a", "y" * 7, "yy"]),
        ("", [""]),
        ("one two ", ["one two"]),
    ],
)
def test_lines_are_broken_where_they_may_or_must(text, lines):
    assert broken(text, room=7, width=len) == lines
