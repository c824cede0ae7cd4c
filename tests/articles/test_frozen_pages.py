"""Whole articles, frozen and read: with everything in them, with nothing, with pictures gone."""

from wagtail.rich_text import RichText

from masthead.articles.blocks import ArticleBody
from masthead.articles.models import ArticlePage, PublishedArticle
from masthead.articles.snapshot import picture_ids, snapshot_article
from tests.factories import a_picture, an_article, an_author

from .bodies import a_document, a_recording


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

    answer = read(f"port/{article.slug}/")

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

    answer = read(f"port/{article.slug}/")

    assert (answer.status_code, "Still here." in answer.content.decode()) == (200, True)


def test_an_article_by_nobody_without_anything_can_be_read(port, read):
    article = an_article(port, standfirst="", body=[])
    ArticlePage.objects.filter(pk=article.pk).update(title="Only a headline")

    assert read(f"port/{article.slug}/").status_code == 200
