from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from masthead.importing.extract import (
    Author,
    Divider,
    Embed,
    ListBlock,
    Paragraph,
    Picture,
    Quotation,
    Subheading,
    Table,
    extract_page,
)

DEV = Path(__file__).parent / "fixtures" / "dev"


def read(name: str):
    return extract_page((DEV / name).read_bytes(), filename=name)


def test_blocks_of_a_page_keep_their_kind_and_order():
    page = read("wp_blocks.html")

    assert [b.kind for b in page.body] == [
        "paragraph", "paragraph", "quotation", "subheading", "paragraph", "embed", "picture",
        "list", "divider", "paragraph",
    ]  # fmt: skip


def test_a_pull_quote_keeps_its_speaker():
    page = read("wp_blocks.html")

    quotations = [b for b in page.body if isinstance(b, Quotation)]

    assert quotations == [Quotation("Bread has no weekend.", "Odd Solheim, baker", True)]


def test_a_pull_quote_without_a_blockquote_keeps_its_speaker():
    page = read("interview.html")

    quotations = [b for b in page.body if isinstance(b, Quotation)]

    assert [(q.speaker, q.is_pull_quote) for q in quotations] == [("Ragna Moen", True)]


def test_links_are_kept_and_their_scripts_are_not():
    page = read("wp_blocks.html")

    second = page.body[1]

    assert isinstance(second, Paragraph)
    assert '<a href="https://valley.example/mill">since the mill closed</a>' in second.html


def test_embeds_become_an_address_and_a_provider():
    embeds = [b for name in ("wp_blocks.html", "amp.html") for b in read(name).body
              if isinstance(b, Embed)]  # fmt: skip

    assert embeds == [
        Embed("https://www.youtube.com/watch?v=abc123def45", "youtube.com"),
        Embed("https://www.instagram.com/p/B1aBc2dEf3g/", "instagram.com"),
    ]


def test_a_caption_is_split_from_its_credit():
    page = read("wp_blocks.html")

    pictures = [b for b in page.body if isinstance(b, Picture)]

    assert [(p.caption, p.credit) for p in pictures] == [
        ("Flour arrives by tram.", "Ana Reyes/Valley Observer")
    ]


def test_a_data_table_keeps_its_rows():
    page = read("newspack.html")

    tables = [b for b in page.body if isinstance(b, Table)]

    assert tables == [
        Table((("School", "Meals a day"), ("Hill School", "210"), ("Quay School", "164")), True)
    ]


def test_post_nominals_are_split_from_the_name_and_staff_is_marked():
    page = read("newspack.html")

    assert page.authors.value == (
        Author("Petra Holm", "MA"),
        Author("Courier staff", "", is_staff=True),
    )


def test_a_dateline_leaves_the_text():
    page = read("divs_minimal.html")

    first = page.body[0]

    assert page.dateline.value == "ASHBY"
    assert isinstance(first, Paragraph)
    assert first.html.startswith("The weekly market")


def test_a_unknown_author_and_date_say_so():
    page = read("neither_index.html")

    assert (page.authors.value, page.authors.origin, page.authors.confidence) == (
        None, "not found", 0.0,
    )  # fmt: skip
    assert (page.published_at.value, page.published_at.confidence) == (None, 0.0)


def test_json_ld_gives_an_aware_instant():
    page = read("wp_blocks.html")

    assert page.published_at.value == datetime(2026, 10, 5, 4, tzinfo=UTC)
    assert page.updated_at.value == datetime(2026, 10, 5, 9, 30, tzinfo=UTC)


def test_a_time_without_a_zone_is_given_as_a_day():
    page = read("interview.html")

    assert page.published_at.value == date(2026, 7, 25)


def test_relative_links_become_whole_with_the_address_of_the_page():
    raw = (
        "<html><body><h1>A headline here</h1><p>See <a href='/x'>the list</a> of all the boats "
        "that came in on Monday morning.</p></body></html>"
    )

    page = extract_page(raw, source_url="https://courier.example/a/b")

    assert page.body == [
        Paragraph(
            'See <a href="https://courier.example/x">the list</a> of all the boats that came in '
            "on Monday morning."
        )
    ]


def test_lists_subheadings_and_dividers_are_read():
    page = read("wp_blocks.html")

    assert Subheading("A window with rules", 2) in page.body
    assert ListBlock(("Rye, from Tuesday to Saturday", "White, every night")) in page.body
    assert Divider() in page.body
