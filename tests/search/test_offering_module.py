"""The module of the search box: small, and nowhere but beside the box."""

from pathlib import Path

import masthead.search
from tests.search.conftest import indexed

MODULE = Path(masthead.search.__file__).parent / "static/masthead/search/suggest.mjs"


def test_it_takes_two_kilobytes_at_most():
    assert len(MODULE.read_bytes()) <= 2_048


def test_it_is_on_the_search_page_alone(port, read):
    article = indexed(port, "Night trial")
    pages = ["search/", "search/?q=trial", "", f"port/{article.slug}/"]

    having = [path for path in pages if b"suggest.mjs" in read(path).content]

    assert having == ["search/", "search/?q=trial"]
