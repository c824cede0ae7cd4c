"""Which blocks are taken, and what becomes of what is sent."""

import pytest

from masthead.newsletters.blocks import KINDS, BadBlocks, clean_blocks, is_empty


@pytest.mark.parametrize(
    "given",
    [
        None,
        {},
        "text",
        [3],
        [{}],
        [{"kind": "attic"}],
        [{"kind": ["text"]}],
        [{"kind": "text"}] * 61,
        [{"kind": "article"}],
        [{"kind": "article", "article": "7"}],
        [{"kind": "article", "article": True}],
        [{"kind": "article", "article": 2**63}],
        [{"kind": "article", "article": 7, "headline": "x" * 201}],
        [{"kind": "articles", "articles": [1, "2"]}],
        [{"kind": "articles", "articles": list(range(1, 30))}],
        [{"kind": "articles", "most": 0}],
        [{"kind": "text", "html": "x" * 5_001}],
        [{"kind": "text", "html": 7}],
        [{"kind": "offer", "link": "javascript:alert(1)"}],
        [{"kind": "offer", "link": "/account/"}],
        [{"kind": "picture", "link": "https://[", "picture": 1}],
        [{"kind": "most-read", "most": 99}],
    ],
)
def test_what_is_no_block_is_refused(given):
    with pytest.raises(BadBlocks) as refusal:
        clean_blocks(given)

    assert str(refusal.value)


@pytest.mark.parametrize("kind", [name for name in KINDS if name != "article"])
def test_every_kind_can_be_added_empty_and_cleaning_again_changes_nothing(kind):
    once = clean_blocks([{"kind": kind}])

    assert clean_blocks(once) == once
    assert once[0].keys() == {"kind", *KINDS[kind].fields}


def test_a_block_keeps_what_it_takes_and_nothing_else():
    blocks = clean_blocks([{"kind": "article", "article": 7, "size": "huge", "colour": "red"}])

    assert blocks == [{"kind": "article", "article": 7, "size": "row", "headline": "", "text": ""}]


def test_texts_pass_the_sanitiser():
    sent = '<p onclick="x()">Good <b>evening</b><script>x()</script><img src="//e.example/p"></p>'

    assert clean_blocks([{"kind": "text", "html": sent}])[0]["html"] == "<p>Good <b>evening</b></p>"


@pytest.mark.parametrize(
    ("block", "empty"),
    [
        ({"kind": "text", "html": "<p> </p>"}, True),
        ({"kind": "text", "html": "<p>x</p>"}, False),
        ({"kind": "offer"}, True),
        ({"kind": "offer", "title": "Read without advertising"}, False),
        ({"kind": "picture"}, True),
        ({"kind": "divider"}, False),
    ],
)
def test_what_is_empty(block, empty):
    assert is_empty(clean_blocks([block])[0]) is empty
