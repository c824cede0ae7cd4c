"""Names in a row, wherever they are printed."""

import pytest
from django.utils import translation

from masthead.core.sanitise import plain_text
from masthead.people.bylines import byline_text, printed_name
from tests.factories import an_article, an_author


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
        (["A, PhD", "B", "C"], "A, PhD; B and C"),
        (["A", "B, PhD"], "A and B, PhD"),
    ],
)
def test_names_are_joined_as_a_newspaper_does(names, text):
    assert byline_text(names) == text


def test_arabic_names_are_joined_as_an_arabic_newspaper_does():
    with translation.override("ar"):
        assert byline_text(["A", "B", "C"]) == "A، B وC"
        assert printed_name("A", "PhD") == "A، PhD"


def test_the_article_and_its_card_print_the_same_names(port, read):
    names = [("Mara Okafor", "PhD"), ("Bo Quill", ""), ("Ines Varga", "")]
    authors = [an_author(name, post_nominals=letters) for name, letters in names]
    article = an_article(port, authors=authors)

    page, section = (
        plain_text(read(path).content.decode()) for path in (f"port/{article.slug}/", "port/")
    )

    printed = "Mara Okafor, PhD; Bo Quill and Ines Varga"
    assert (printed in page, printed in section) == (True, True)
