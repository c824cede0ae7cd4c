"""Text as the words that indexes compare."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from masthead.core.words import STEMMERS, fold, stem, stems, stop_stems, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The harbour’s 12 ferries—don't!", ["the", "harbour", "s", "12", "ferries", "don", "t"]),
        ("L'État_neuf, c’est", ["l", "état", "neuf", "c", "est"]),
        ("الميناءُ مغلق.", ["الميناءُ", "مغلق"]),
        ("नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
        ("東京都 A1", ["東京", "京都", "a1"]),
        ("港口 x港y", ["港口", "x", "港", "y"]),
        (" \n", []),
    ],
)
def test_text_is_split_into_words_with_their_marks(text, found):
    assert words(text) == found


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Élan", "elan"),
        ("Łódź", "lodz"),
        ("Smørrebrød", "smorrebrod"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("εκλογές", "εκλογεσ"),
        ("Ёлка", "елка"),
        ("йод", "йод"),
        ("إنتخابات", "انتخابات"),
        ("الميناءُ", "الميناء"),
        ("مـيـناء", "ميناء"),
        ("नमस्ते", "नमस्ते"),
    ],
)
def test_accents_do_not_count_but_letters_do(word, folded):
    assert fold(word) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ["ferry", "ferries", "Ferry"]),
        ("en-gb", ["harbour", "harbours"]),
        ("ar", ["الانتخابات", "انتخابات", "إنتخابات"]),
        ("ar", ["الوزير", "وزير"]),
        ("ar", ["بالميناء", "ميناء", "الميناء", "وميناء"]),
        ("de", ["Wähler", "Wählerinnen", "Wahl"]),
        ("es", ["publicación", "publicaciones", "publicacion"]),
        ("fr", ["élections", "élection", "election"]),
        ("it", ["elezione", "elezioni"]),
        ("nb-NO", ["båt", "båter", "båten"]),
        ("ru", ["выборы", "выборов"]),
        ("sv", ["hamnen", "hamnar"]),
        ("tr", ["seçim", "seçimler", "seçimleri"]),
    ],
)
def test_forms_of_a_word_have_one_stem(language, forms):
    assert len({stem(form, language) for form in forms}) == 1


def test_words_of_a_language_that_nobody_stems_are_folded_only():
    assert stems("Kasalanan ng mga Élan", "tl") == ["kasalanan", "ng", "mga", "elan"]


@pytest.mark.parametrize(("language", "word"), [("ne", "का"), ("el", "αει")])
def test_no_word_is_stemmed_away(language, word):
    assert stem(word, language) == word


def test_every_word_has_its_stem_in_order():
    assert stems("The ferry and the ferries", "en") == ["the", "ferri", "and", "the", "ferri"]


@pytest.mark.parametrize("language", sorted(STEMMERS))
def test_every_stemmer_is_there(language):
    assert stem("2026", language) == "2026"


def test_words_that_say_nothing_are_known_by_their_stems():
    english = stop_stems("en")

    assert {"the", "becaus", "say"} <= english
    assert "harbour" not in english
    assert stem("وقال", "ar") in stop_stems("ar")
    assert stop_stems("tl") == frozenset()


def test_threads_do_not_mix_up_their_words():
    texts = [f"ferries{n} harbours{n} " * 200 for n in range(8)]
    expected = [stems(text, "en") for text in texts]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda text: stems(text, "en"), texts * 5))

    assert found == expected * 5
