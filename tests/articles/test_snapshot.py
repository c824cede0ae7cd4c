"""The article frozen as JSON: every kind of block, inside links, hostile text."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.http import HttpResponse
from wagtail.rich_text import RichText

from masthead.articles.blocks import ArticleBody
from masthead.articles.models import ArticlePage, PublishedArticle
from masthead.articles.snapshot import picture_ids, plain_body, snapshot_article
from masthead.articles.snapshot.body import READ
from masthead.outlets.models import Outlet, Section
from masthead.pictures.models import Attachment, Recording
from tests.factories import a_page, a_picture, a_section, an_article, an_author, an_outlet

Read = Callable[..., HttpResponse]


@pytest.fixture
def courier(db: None) -> Outlet:
    return an_outlet()


@pytest.fixture
def port(courier: Outlet) -> Section:
    return a_section(courier)


@pytest.fixture
def read(client: Any) -> Read:
    return lambda path: client.get(path, headers={"host": "127.0.0.1:8000"})


def body_of(port: Section, *blocks: tuple[str, Any]) -> list[dict[str, Any]]:
    article = an_article(port, body=list(blocks), at=None)
    return snapshot_article(article.get_latest_revision_as_object())["body"]


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


def a_recording(kind: str, name: str) -> Recording:
    return Recording.objects.create(
        title="Harbour sounds",
        type=kind,
        duration=61,
        credit="Ines",
        transcript="Waves.",
        file=ContentFile(b"0", name=name),
    )


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


def a_document() -> Attachment:
    return Attachment.objects.create(title="Minutes", file=ContentFile(b"1234", name="m.pdf"))


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


def test_a_page_with_every_kind_of_block_can_be_read(port, read):
    picture = {"picture": a_picture(), "alt": "A", "caption": "B", "width": "text"}
    table = (
        ArticleBody()
        .child_blocks["table"]
        .to_python(
            {
                "caption": "",
                "source": "",
                "table": {
                    "columns": [{"type": "text", "heading": "H"}],
                    "rows": [{"values": ["c"]}],
                    "caption": "",
                },
            }
        )
    )
    article = an_article(
        port,
        lead_picture=a_picture(),
        authors=[an_author()],
        body=[
            ("text", "<p>One.</p>"),
            ("subheading", "Two"),
            ("picture", picture),
            ("gallery", {"title": "", "pictures": [picture, picture]}),
            ("pull_quote", {"quotation": "Q", "speaker": "", "speaker_role": ""}),
            ("quotation", {"quotation": RichText("<p>Q</p>"), "source": ""}),
            (
                "embed",
                {"url": "https://www.youtube.com/watch?v=abcdefghijk", "title": "", "caption": ""},
            ),
            ("table", table),
            ("audio", {"recording": a_recording("audio", "b.mp3"), "caption": ""}),
            ("video", {"recording": a_recording("video", "b.mp4"), "caption": ""}),
            ("document", {"document": a_document(), "note": ""}),
            ("fact_box", {"title": "F", "text": RichText("<p>F</p>")}),
            (
                "chart",
                {
                    "picture": picture["picture"],
                    "alt": "A",
                    "caption": "",
                    "data": None,
                    "source": "",
                },
            ),
            ("divider", None),
        ],
    )

    answer = read(f"/courier/port/{article.slug}/")

    kinds = [part["kind"] for part in PublishedArticle.objects.get().text.snapshot["body"]]
    assert answer.status_code == 200
    assert set(kinds) == set(ArticleBody().child_blocks)


def test_every_picture_of_a_page_is_known(port):
    lead, inside, drawn = a_picture(), a_picture(), a_picture()
    block = {"picture": inside, "alt": "", "caption": "", "width": "text"}
    article = an_article(
        port,
        lead_picture=lead,
        body=[
            ("gallery", {"title": "", "pictures": [block, block]}),
            ("chart", {"picture": drawn, "alt": "A", "caption": "", "data": None, "source": ""}),
        ],
        at=None,
    )

    assert picture_ids(snapshot_article(article)) == {lead.pk, inside.pk, drawn.pk}


def test_a_picture_deleted_after_the_release_leaves_the_page_readable(port, read):
    picture = a_picture()
    article = an_article(
        port,
        lead_picture=picture,
        body=[
            ("picture", {"picture": picture, "alt": "", "caption": "Gone", "width": "text"}),
            ("text", "<p>Still here.</p>"),
        ],
    )
    picture.delete()

    answer = read(f"/courier/port/{article.slug}/")

    assert (answer.status_code, "Still here." in answer.content.decode()) == (200, True)


def test_the_words_alone_leave_out_markup():
    snapshot = {
        "body": [
            {"kind": "text", "html": "<p>One <b>two</b></p>"},
            {"kind": "subheading", "text": "Three", "id": "three"},
            {"kind": "table", "caption": "Four", "rows": [[{"kind": "text", "text": "five"}]]},
        ]
    }

    assert plain_body(snapshot).split() == ["One", "two", "Three", "Four", "five"]


def link_to(page: Any) -> str:
    return f'<p>See <a linktype="page" id="{page.pk}">this</a>.</p>'


def test_an_inside_link_is_kept_by_address_and_answered_on_the_host_asked(port, read):
    target = an_article(port, "Target")
    article = an_article(port, text=link_to(target))

    page = read(f"/courier/port/{article.slug}/").content.decode()

    stored = PublishedArticle.objects.get(article=article).text.snapshot["body"][0]["html"]
    assert f'href="outlet:courier/port/{target.slug}/"' in stored
    assert f'href="/courier/port/{target.slug}/"' in page


def test_an_inside_link_still_leads_there_after_its_target_was_renamed(
    port, read, django_capture_on_commit_callbacks
):
    target = an_article(port, "Target")
    article = an_article(port, text=link_to(target))
    old = target.slug
    with django_capture_on_commit_callbacks(execute=True):
        target.slug = "renamed"
        target.save_revision().publish()

    page = read(f"/courier/port/{article.slug}/").content.decode()

    assert f'href="/courier/port/{old}/"' in page
    assert read(f"/courier/port/{old}/")["Location"] == "/courier/port/renamed/"


def test_an_inside_link_to_a_sister_title_carries_its_own_address(port, read):
    tideline = an_outlet(slug="tideline", title="Tideline")
    tideline.domains.create(host="tideline.example")
    tideline.save_revision().publish()
    target = an_article(a_section(tideline, "Coast"), "Target")
    article = an_article(port, text=link_to(target))

    page = read(f"/courier/port/{article.slug}/").content.decode()

    assert f'href="http://tideline.example/coast/{target.slug}/"' in page


def test_a_link_to_a_page_that_is_gone_is_plain_words(port):
    (part,) = body_of(port, ("text", '<p>See <a linktype="page" id="999999">this</a>.</p>'))

    assert "href" not in part["html"]


def test_inside_links_work_on_plain_pages_too(courier, port, read):
    article = an_article(port, "Target")
    about = a_page(courier, title="About", purpose="about")
    about.text = link_to(article)
    about.save_revision().publish()

    assert f'href="/courier/port/{article.slug}/"' in read("/courier/about/").content.decode()


def test_a_linked_document_can_be_fetched_from_a_plain_page(courier, port, read):
    document = a_document()
    about = a_page(courier, title="About", purpose="about")
    about.text = f'<p><a linktype="document" id="{document.pk}">Minutes</a></p>'
    about.save_revision().publish()

    assert f'href="{document.url}"' in read("/courier/about/").content.decode()


def test_inside_links_work_in_a_biography(port, read):
    article = an_article(port, "Target")
    author = an_author(biography=link_to(article))
    an_article(port, authors=[author])

    page = read("/courier/authors/mara-okafor/").content.decode()

    assert f'<a href="/courier/port/{article.slug}/" rel="noopener">this</a>' in page


HOSTILE = [
    "<script>alert(1)</script>",
    '<p onclick="alert(1)">x</p>',
    '<p><a href="javascript:alert(1)">x</a></p>',
    '<p><a href="data:text/html,<script>alert(1)</script>">x</a></p>',
    '<p><a linktype="page" id="x">x</a></p>',
    '<p><a linktype="page">x</a></p>',
    '<p><a linktype="document">x</a></p>',
    '<p><a linktype="document" id="1 onclick=alert(1)">x</a></p>',
    f'<p><a linktype="page" id="{"9" * 40}">x</a></p>',
    f'<p><a linktype="page" id="{"9" * 5000}">x</a></p>',
    '<p><a href="outlet:courier/&quot; onclick=&quot;alert(1)/">x</a></p>',
    '<p><a href="outlet:x">x</a></p>',
    '<svg onload="alert(1)"><style>*{}</style></svg>',
    '<p style="position:fixed">x</p><iframe src="//evil.example"></iframe>',
    '<embed embedtype="image" id="1"/>',
    "<p>" + "<b>" * 600 + "x",
    "<p>\x00\x0b</p>",
    "<!-- <p>x</p>",
]


@pytest.mark.parametrize("html", HOSTILE)
def test_hostile_text_is_harmless_and_breaks_nothing(port, read, html):
    article = an_article(port, body=[("text", RichText(html))])

    answer = read(f"/courier/port/{article.slug}/")

    stored = " ".join(
        part["html"] for part in PublishedArticle.objects.get().text.snapshot["body"]
    ).lower()
    assert answer.status_code == 200
    assert [
        bad
        for bad in ("<script", " onclick", " onload", "javascript:", "data:", "<iframe", "style=")
        if bad in stored
    ] == []


def test_an_article_by_nobody_without_anything_can_be_read(port, read):
    article = an_article(port, standfirst="", body=[])
    ArticlePage.objects.filter(pk=article.pk).update(title="Only a headline")

    assert read(f"/courier/port/{article.slug}/").status_code == 200
