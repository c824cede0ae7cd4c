"""The article frozen as JSON: every kind of block."""

import pytest
from wagtail.rich_text import RichText

from masthead.articles.blocks import ArticleBody
from masthead.articles.snapshot import plain_body
from masthead.articles.snapshot.body import READ
from tests.factories import a_picture

from .bodies import a_document, a_recording, body_of


def test_every_kind_of_block_can_be_frozen():
    assert set(ArticleBody().child_blocks) == {"text", *READ}


def test_text_becomes_a_part_a_paragraph(port):
    html = "<p>One.</p><p></p><p>Two <b>bold</b>.</p><ul><li>a</li><li>b</li></ul>"

    assert body_of(port, ("text", html)) == [
        {"kind": "text", "html": "<p>One.</p>"},
        {"kind": "text", "html": "<p>Two <b>bold</b>.</p>"},
        {"kind": "text", "html": "<ul><li>a</li><li>b</li></ul>"},
    ]


def test_a_subheading_has_an_anchor(port):
    assert body_of(port, ("subheading", "What comes next?")) == [
        {"kind": "subheading", "text": "What comes next?", "id": "what-comes-next"}
    ]


def test_a_picture_says_what_its_own_record_says_unless_told_otherwise(port):
    picture = a_picture()
    plain = {"picture": picture, "alt": "", "caption": "", "width": "text"}
    told = {"picture": picture, "alt": "Alt.", "caption": "Caption.", "width": "wide"}

    parts = body_of(port, ("picture", plain), ("picture", told))

    assert parts == [
        {
            "kind": "picture",
            "picture": picture.pk,
            "alt": "A white ferry",
            "caption": "The ferry on Sunday.",
            "credit": "Ines Varga",
            "width": "text",
        },
        {
            "kind": "picture",
            "picture": picture.pk,
            "alt": "Alt.",
            "caption": "Caption.",
            "credit": "Ines Varga",
            "width": "wide",
        },
    ]


def test_a_gallery_holds_picture_parts(port):
    inside = {"picture": a_picture(), "alt": "A", "caption": "B", "width": "text"}

    (gallery,) = body_of(port, ("gallery", {"title": "Sunday", "pictures": [inside, inside]}))

    assert (gallery["kind"], gallery["title"]) == ("gallery", "Sunday")
    assert [each["alt"] for each in gallery["pictures"]] == ["A", "A"]


def test_quotations_keep_their_speakers(port):
    pulled = {"quotation": "Enough.", "speaker": "Ada", "speaker_role": "Editor"}
    quoted = {"quotation": RichText("<p>Enough <i>now</i>.</p>"), "source": "A letter"}

    assert body_of(port, ("pull_quote", pulled), ("quotation", quoted)) == [
        {"kind": "pull_quote", **pulled},
        {"kind": "quotation", "html": "<p>Enough <i>now</i>.</p>", "source": "A letter"},
    ]


def test_an_embed_is_an_address_and_words(port):
    embed = {"url": "https://www.youtube.com/watch?v=abc", "title": "T", "caption": "C"}

    assert body_of(port, ("embed", embed)) == [{"kind": "embed", **embed}]


def test_a_table_is_its_heads_and_cells(port):
    table = (
        ArticleBody()
        .child_blocks["table"]
        .to_python(
            {
                "caption": "Ships",
                "source": "Port office",
                "table": {
                    "columns": [
                        {"type": "text", "heading": "Month"},
                        {"type": "number", "heading": "Ships"},
                    ],
                    "rows": [{"values": ["May", "12"]}],
                    "caption": "",
                },
            }
        )
    )

    assert body_of(port, ("table", table)) == [
        {
            "kind": "table",
            "caption": "Ships",
            "source": "Port office",
            "head": ["Month", "Ships"],
            "rows": [[{"kind": "text", "text": "May"}, {"kind": "number", "text": "12"}]],
        }
    ]


@pytest.mark.parametrize(
    ("kind", "name", "mime"), [("audio", "a.mp3", "audio/mpeg"), ("video", "a.mp4", "video/mp4")]
)
def test_recordings_carry_what_a_player_needs(port, kind, name, mime):
    recording = a_recording(kind, name)

    (part,) = body_of(port, (kind, {"recording": recording, "caption": "Hear."}))

    assert part == {
        "kind": kind,
        "url": recording.file.url,
        "type": mime,
        "title": "Harbour sounds",
        "credit": "Ines",
        "seconds": 61,
        "width": None,
        "height": None,
        "poster": "",
        "transcript": "Waves.",
        "caption": "Hear.",
    }


def test_a_document_says_how_large_it_is(port):
    document = a_document()

    (part,) = body_of(port, ("document", {"document": document, "note": "Of May."}))

    assert part == {
        "kind": "document",
        "url": document.url,
        "title": "Minutes",
        "bytes": 4,
        "extension": "pdf",
        "note": "Of May.",
    }


def test_a_fact_box_a_chart_and_a_divider(port):
    picture, document = a_picture(), a_document()
    chart = {"picture": picture, "alt": "A", "caption": "C", "data": document, "source": "S"}

    box, drawn, line = body_of(
        port,
        ("fact_box", {"title": "In short", "text": RichText("<p>Facts.</p>")}),
        ("chart", chart),
        ("divider", None),
    )

    assert box == {"kind": "fact_box", "title": "In short", "html": "<p>Facts.</p>"}
    assert (drawn["picture"], drawn["alt"], drawn["source"]) == (picture.pk, "A", "S")
    assert drawn["data"]["title"] == "Minutes"
    assert line == {"kind": "divider"}


def test_the_words_alone_leave_out_markup():
    snapshot = {
        "body": [
            {"kind": "text", "html": "<p>One <b>two</b></p>"},
            {"kind": "subheading", "text": "Three", "id": "three"},
            {"kind": "table", "caption": "Four", "rows": [[{"kind": "text", "text": "five"}]]},
        ]
    }

    assert plain_body(snapshot).split() == ["One", "two", "Three", "Four", "five"]
