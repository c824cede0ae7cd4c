"""The words around what was found."""

from masthead.search.extracts import extract


def marked(text: str, *stems: str, language: str = "en") -> str | None:
    found = extract(text, stems, language=language)
    return None if found is None else str(found)


def test_an_extract_marks_the_words_and_escapes_the_rest():
    assert marked("one <b> two & three", "two") == "one &lt;b&gt; <mark>two</mark> &amp; three"


def test_an_extract_of_a_long_text_begins_before_the_first_match():
    found = str(marked(" ".join(f"w{n}" for n in range(100)), "w50"))

    assert (found[:6], found[-2:], "<mark>w50</mark>" in found) == ("… w41 ", " …", True)


def test_other_forms_and_accents_are_marked_all_the_same():
    assert marked("The cafés open", "cafe") == "The <mark>cafés</mark> open"


def test_it_shows_where_most_of_what_was_typed_stands_together():
    text = "ferry " + "word " * 60 + "ferry strike " + "word " * 60

    assert "<mark>ferry</mark> <mark>strike</mark>" in str(marked(text, "ferri", "strike"))


def test_no_match_in_the_text_gives_no_extract():
    assert marked("one two", "three") is None
