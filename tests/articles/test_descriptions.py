"""How an article is described to search engines and in shared links."""

from collections.abc import Callable
from typing import Any

import lxml.html
import pytest

from masthead.outlets.models import Section
from tests.factories import a_section, an_article, an_outlet

Describe = Callable[..., str]


@pytest.fixture
def port(db: None) -> Section:
    return a_section(an_outlet())


@pytest.fixture
def described(client: Any, port: Section) -> Describe:
    def describe(**fields: Any) -> str:
        article = an_article(port, **fields)
        answer = client.get(f"/courier/port/{article.slug}/", headers={"host": "127.0.0.1:8000"})
        page = lxml.html.fromstring(answer.content.decode())
        return str(page.xpath("//meta[@name='description']/@content")[0])

    return describe


def test_an_article_is_described_by_its_standfirst(described: Describe) -> None:
    assert described(standfirst="Pilots count the lights.") == "Pilots count the lights."


def test_without_a_standfirst_its_first_words_describe_it(described: Describe) -> None:
    text = "<p>Ships enter after <b>dark</b> &amp; dawn.</p><p>Pilots count.</p>"

    assert described(standfirst="", text=text) == "Ships enter after dark & dawn. Pilots count."


def test_a_long_text_is_cut_at_a_word(described: Describe) -> None:
    description = described(standfirst="", text=f"<p>{'Lights ahead. ' * 40}</p>")

    assert len(description) <= 160
    assert description.endswith(("Lights…", "ahead.…"))


def test_a_members_article_is_described_by_what_everybody_may_read(described: Describe) -> None:
    text = "".join(f"<p>Part {word}.</p>" for word in ("one", "two", "three", "four"))

    assert (
        described(standfirst="", text=text, access="members") == "Part one. Part two. Part three."
    )
