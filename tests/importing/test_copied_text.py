from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from masthead.importing.extract import (
    Author,
    ListBlock,
    Paragraph,
    Quotation,
    Subheading,
    extract_page,
)
from masthead.importing.extract.blocks import block_text

DEV = Path(__file__).parent / "fixtures" / "dev"
PROSE = (
    "The harbour office opened on Monday with a queue that reached the old ferry ramp, clerks said."
)


def test_a_copied_page_gives_every_field_with_its_origin():
    page = extract_page((DEV / "copied_staff_long.txt").read_bytes())

    assert page.headline.value == "Fifty years on, the flood wall is still two metres too short"
    assert page.headline.origin == "text: line before byline"
    assert page.section.value == "Investigations"
    assert page.authors.value == (Author("Mara Okafor"), Author("Tomas Lindqvist", "PhD"))
    assert page.published_at.value == date(2026, 11, 16)
    assert page.updated_at.value == date(2026, 11, 16)
    assert page.caption.value == "The gap at Tannery Street, seen from the river."
    assert page.credit.value == "Jonas Feld / The Harbour Courier"
    assert page.outlet_name.value == "The Harbour Courier"
    assert page.language.value == "en"


def test_a_named_time_zone_makes_the_copied_time_an_instant():
    new_york = ZoneInfo("America/New_York")

    page = extract_page((DEV / "copied_staff_long.txt").read_bytes(), time_zone=new_york)

    assert page.published_at.value == datetime(2026, 11, 16, 6, 40, tzinfo=new_york)
    assert isinstance(page.published_at.value, datetime)
    assert page.published_at.value.utcoffset() == timedelta(hours=-5)


def test_promotion_and_related_lines_stay_out_of_the_body():
    page = extract_page((DEV / "copied_staff_long.txt").read_bytes())

    text = "\n".join(block_text(b) for b in page.body).lower()

    assert [w for w in ("follow us", "ad-free", "related", "sandbags?", "subscribe", "comment")
            if w in text] == []  # fmt: skip


def test_bullets_become_a_list():
    page = extract_page((DEV / "copied_upper.txt").read_bytes())

    assert [b for b in page.body if isinstance(b, ListBlock)] == [
        ListBlock(("Twenty-four stalls on the ground floor", "A café in the gallery", "No parking"))
    ]


def test_a_quotation_with_a_speaker_below_becomes_a_quotation():
    text = (
        f"A queue at the harbour office\n"
        f"{PROSE}\n"
        f"{PROSE}\n"
        f"“We waited for six hours, and it was worth it.”\n"
        f"— Ada Berg\n"
        f"{PROSE}"
    )

    page = extract_page(text)

    assert Quotation("“We waited for six hours, and it was worth it.”", "Ada Berg") in page.body


def test_a_short_title_between_paragraphs_becomes_a_subheading():
    text = f"A queue at the harbour office\n{PROSE}\n{PROSE}\nWhat the clerks say\n{PROSE}"

    page = extract_page(text)

    assert page.body == [Paragraph(PROSE), Paragraph(PROSE), Subheading("What the clerks say"),
                         Paragraph(PROSE)]  # fmt: skip


def test_lines_broken_by_a_mail_program_are_joined():
    text = (
        "A queue at the harbour office\n\n"
        "The harbour office opened on Monday with a queue that reached\n"
        "the old ferry ramp and then turned back on itself, the clerks\nsaid, like a cat that has "
        "forgotten why it went out in the rain.\n\n"
        "By noon the queue had a name, a song and a committee of\n"
        "three, one of whom had only come to ask for the time of the\nnext boat to the island and "
        "stayed for the company of others.\n"
    )

    page = extract_page(text)

    assert [b.kind for b in page.body] == ["paragraph", "paragraph"]


def test_angle_brackets_in_copied_text_stay_text():
    page = extract_page(
        f"A queue at the harbour office\n{PROSE}\n"
        "The sign said 3 < 4 & nobody disagreed with it on the day, or later."
    )

    assert page.body[1] == Paragraph(
        "The sign said 3 &lt; 4 &amp; nobody disagreed with it on the day, or later."
    )
