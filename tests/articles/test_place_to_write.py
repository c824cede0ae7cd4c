"""A new article offers a place to write; what stays empty there is not kept."""

from types import SimpleNamespace

import pytest

from masthead.articles.forms import ArticleForm
from masthead.articles.models import ArticlePage

BODY = ArticlePage._meta.get_field("body").stream_block


def body_of(*blocks):
    return BODY.to_python([{"type": kind, "value": value} for kind, value in blocks])


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ([("text", "")], []),
        ([("text", "<p></p>"), ("text", "<p> </p>")], []),
        ([("text", ""), ("subheading", "At noon")], ["subheading"]),
        ([("text", "<p>The bridge opens.</p>"), ("text", "<p></p>")], ["text"]),
        ([("divider", None)], ["divider"]),
    ],
)
def test_a_text_in_which_nothing_is_written_is_not_kept(written, kept):
    form = SimpleNamespace(cleaned_data={"body": body_of(*written)})

    body = ArticleForm.clean_body(form)

    assert [block.block_type for block in body] == kept


def test_an_empty_text_is_no_mistake():
    cleaned = BODY.clean(body_of(("text", "")))

    assert len(cleaned) == 1
