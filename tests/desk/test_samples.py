"""The block picker shows each kind of block as readers get it."""

import pytest

from masthead.articles.models import ArticlePage
from tests.desk.factory import at_desk

KINDS = ArticlePage._meta.get_field("body").stream_block.child_blocks


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_block_has_a_sample(kind, courier, bo):
    block = KINDS[kind]

    answer = at_desk(bo).get("/desk/block-preview/", {"id": block.definition_prefix})

    assert block.is_previewable
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("text", "counted 41 ships"),
        ("pull_quote", "who hold the rope"),
        ("table", "<caption>Ships by month</caption>"),
        ("divider", "<hr>"),
    ],
)
def test_a_sample_is_printed_by_the_readers_templates(kind, words, courier, bo):
    answer = at_desk(bo).get("/desk/block-preview/", {"id": KINDS[kind].definition_prefix})

    assert words in answer.content.decode()
