"""Names in a row, wherever they are printed."""

from importlib import import_module

import pytest
from django.apps import apps
from django.utils import translation

from masthead.articles.cards import printed_byline
from masthead.articles.models import PublishedArticle
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


def test_lists_join_names_in_the_language_the_outlet_has_now(courier, port, read):
    an_article(port, authors=[an_author("Mara Okafor", post_nominals="PhD"), an_author("Bo Quill")])
    courier.language = "ar"
    courier.save_revision().publish()

    page = read("port/").content.decode()

    assert "<span><bdi>Mara Okafor، PhD</bdi> و<bdi>Bo Quill</bdi></span>" in page


def test_a_byline_of_a_release_that_kept_no_names_is_printed_as_it_was_stored():
    row = PublishedArticle(byline="Mara Okafor and Bo Quill")

    assert printed_byline(row) == (("Mara Okafor and Bo Quill", ""),)
    assert printed_byline(PublishedArticle()) == ()


def test_names_of_earlier_bylines_are_filled_in_once(port):
    backfill = import_module("masthead.articles.migrations.0005_fill_byline_names")
    an_article(port, authors=[an_author("Mara Okafor", post_nominals="PhD"), an_author("Bo Quill")])
    PublishedArticle.objects.update(byline_names=None)

    for _turn in range(2):
        backfill.fill_byline_names(apps, None)

    assert PublishedArticle.objects.get().byline_names == [["Mara Okafor", "PhD"], ["Bo Quill", ""]]
