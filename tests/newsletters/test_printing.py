"""An edition as mail: its HTML, its text, its message, its copies."""

import email
import email.policy
import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone, translation

from masthead.mail.models import State
from masthead.newsletters.blocks import placements
from masthead.newsletters.blocks.placements import SoldPlacement
from masthead.newsletters.clicks.tokens import read_click
from masthead.newsletters.models import CopyArticle, Delivery
from masthead.newsletters.printing import preview_edition, print_copies
from masthead.newsletters.printing.copies import NothingToPrint
from masthead.newsletters.printing.edition import MOST_HTML_BYTES
from masthead.newsletters.printing.text import WIDTH, text_of_html
from masthead.newsletters.splicing import splice
from masthead.publishing.actions import publish_article, withdraw_article
from tests.factories import NOON, a_picture, a_section, an_article, an_author, an_outlet
from tests.newsletters.clients import complaints
from tests.newsletters.kits import a_newsletter, an_edition, article

FIELDS = {
    "TO": b"cy@reader.example",
    "MESSAGE-ID": b"d7@mail.example",
    "DELIVERY": b"7",
    "PREFERENCES": b"https://courier.example/readers/preferences/abc/",
    "LEAVE": b"https://courier.example/newsletters/leave/abc/",
    "GREETING": b"Good evening, Cy <3.",
}


@pytest.fixture
def evening(courier):
    return a_newsletter(courier)


def everything(port):
    lead = an_article(port, "Ships & “night”", lead_picture=a_picture(), authors=[an_author()])
    return [
        {"kind": "greeting", "html": "<p>Seven ships so far.</p>"},
        article(lead, size="lead"),
        article(an_article(port, "Sponsored piece", kind="sponsored", sponsor_name="Chandlery")),
        {"kind": "articles", "section": port.pk, "most": 2},
        {
            "kind": "text",
            "html": '<p>Read <a href="https://a.example/?x=1&amp;y=2">this</a></p><ul><li>One</li></ul>',
        },
        {"kind": "picture", "picture": a_picture().pk, "caption": "On Sunday"},
        {"kind": "placement", "slot": "middle"},
        {"kind": "offer", "title": "Read without advertising", "link": "https://a.example/join"},
        {"kind": "corrections"},
        {"kind": "divider"},
    ]


@pytest.fixture
def copies(evening, port, sheet, monkeypatch):
    sale = SoldPlacement("Chandlery", "Oilskins", "<p>Open.</p>", "https://chandlery.example/")
    monkeypatch.setattr(placements, "_sellers", {"ads": lambda edition, slot, at: sale})
    an_article(port, "Fills the section")
    return print_copies(an_edition(evening, *everything(port)), NOON)


def message_to_cy(copy):
    return email.message_from_bytes(splice(copy.parts, FIELDS), policy=email.policy.default)


def test_there_is_a_copy_for_each_class_of_readers(copies):
    public, ad_free = copies

    assert (public.variant, ad_free.variant) == ("public", "adfree")
    for words in ("Advertisement", "Read without advertising", "Sponsored by"):
        assert words in public.html
        assert words in public.text
        assert words not in ad_free.html
        assert words not in ad_free.text


@pytest.mark.parametrize("which", [0, 1])
def test_its_html_holds_in_every_mail_program(copies, which):
    assert list(complaints(copies[which].html, host="127.0.0.1")) == []


def test_the_headers_are_those_that_mail_services_ask_for(copies):
    raw = splice(copies[0].parts, FIELDS)
    message = message_to_cy(copies[0])

    assert message["To"] == "cy@reader.example"
    assert message["From"].addresses[0].display_name == "The Harbour Courier"
    assert message["Subject"] == "Ships by night"
    assert message["Message-ID"] == "<d7@mail.example>"
    assert message["List-ID"] == "The Evening Courier <evening.courier.127.0.0.1>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    lines = raw.split(b"\r\n\r\n")[0].split(b"\r\n")
    assert b"List-Unsubscribe: <https://courier.example/newsletters/leave/abc/>" in lines
    assert max(map(len, raw.split(b"\r\n"))) <= 998


def test_where_bounces_have_a_mailbox_one_can_leave_by_mail(evening, port, sheet, settings):
    settings.BOUNCE_ADDRESS = "bounces@mail.example"
    copy = print_copies(an_edition(evening, article(an_article(port))), NOON)[0]

    assert message_to_cy(copy)["List-Unsubscribe"] == (
        "<https://courier.example/newsletters/leave/abc/>, <mailto:bounces+leave-7@mail.example>"
    )


def test_it_is_whole_again_at_the_other_end(copies):
    message = message_to_cy(copies[0])
    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()

    assert message.get_content_type() == "multipart/alternative"
    assert "Good evening, Cy <3." in text
    assert "Good evening, Cy &lt;3." in html
    assert 'href="https://courier.example/newsletters/leave/abc/"' in html
    assert "@@" not in text + html


def test_a_subject_and_a_name_in_any_script_arrive(evening, port, sheet):
    evening.from_name = "Zoë, of the “Courier”"
    evening.reply_to = "desk@courier.example"
    evening.save()
    subject = "الميناء يفتح ليلاً – seven ships, and " + "ñ" * 90
    edition = an_edition(evening, article(an_article(port)), subject=subject)

    message = message_to_cy(print_copies(edition, NOON)[0])

    assert message["Subject"] == subject
    assert message["From"].addresses[0].display_name == evening.from_name
    assert message["Reply-To"] == "desk@courier.example"


def test_no_words_of_an_editor_can_begin_a_header(evening, port, sheet):
    edition = an_edition(evening, article(an_article(port)), subject="One\r\nBcc: x@x.example")

    message = message_to_cy(print_copies(edition, NOON)[0])

    assert (message["Subject"], message["Bcc"]) == ("One Bcc: x@x.example", None)


def test_no_words_of_an_editor_are_a_place_for_a_readers_own(evening, port, sheet):
    link = "https://evil.example/?@@PREFERENCES@@"
    edition = an_edition(
        evening,
        article(an_article(port, "Ships @@LEAVE@@")),
        {"kind": "text", "html": f'<p><a href="{link}">@@TO@@ @@GREETING@@</a></p>'},
        subject="For @@TO@@",
    )

    copy = print_copies(edition, at=NOON)[0]
    message = email.message_from_bytes(splice(copy.parts, FIELDS), policy=email.policy.default)

    assert message["Subject"] == "For @\u200b@TO@\u200b@"
    text, html = (part.get_content() for part in message.iter_parts())
    for part in (text, html):
        assert part.count("/newsletters/leave/abc/") == 1
        assert part.count("/readers/preferences/abc/") == 1
        assert "cy@reader.example" not in part
        assert "Good evening" not in part
    assert link in unescape(html)


def test_the_text_says_the_same_in_short_lines(copies):
    text = copies[0].text

    assert "THE EVENING COURIER" in text
    assert "* Ships & “night”" in text
    assert "Mara Okafor · 1 minute" in text
    assert "this <https://a.example/?x=1&y=2>" in text
    assert "- One" in text
    assert [line for line in text.splitlines() if len(line) > WIDTH and "://" not in line] == []


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<p>One <b>bold</b>, and on</p>", "One bold, and on"),
        ("<p>A<br>B</p>", "A\n\nB"),
        ("<ul><li>A</li><li>B</li></ul>", "- A\n\n- B"),
        ("<blockquote>Said.</blockquote>", "  Said."),
        ('<p><a href="https://a.example/">https://a.example/</a></p>', "https://a.example/"),
        ("<p>5 &lt; 6 &amp; 7</p>", "5 < 6 & 7"),
    ],
)
def test_html_becomes_text(html, text):
    assert text_of_html(html) == text


def test_links_of_articles_go_by_the_counter_and_name_copy_and_article(copies):
    html = copies[0].html
    tokens = set(re.findall(r"http://127\.0\.0\.1:8000/courier/newsletters/c/([\w-]+)\"", html))

    named = {read_click(token) for token in tokens}
    assert {copy for copy, _ in named} == {copies[0].pk}
    assert {each for _, each in named} == set(
        CopyArticle.objects.filter(copy=copies[0]).values_list("version__article", flat=True)
    )


def test_each_copy_knows_the_version_of_each_article(evening, port, sheet):
    page = an_article(port)
    page.title = "Better"
    page.save_revision()
    publish_article(article=page, by=None, at=NOON)

    for copy in print_copies(an_edition(evening, article(page)), NOON):
        assert [row.version.number for row in copy.articles.all()] == [2]


def test_printing_again_before_anybody_is_addressed_is_printing_anew(evening, port, sheet, ada):
    gone, stays = an_article(port, "Gone"), an_article(port, "Stays")
    edition = an_edition(evening, article(gone), article(stays))
    print_copies(edition, NOON)
    withdraw_article(article=gone, by=ada, at=NOON, reason="It was wrong.")

    again = print_copies(edition, NOON)

    assert edition.copies.count() == 2
    assert "Gone" not in again[0].html + again[0].text


def test_once_a_copy_is_addressed_it_stays_as_it_is(evening, port, sheet):
    edition = an_edition(evening, article(an_article(port)))
    first = print_copies(edition, NOON)
    Delivery.objects.create(
        edition=edition,
        copy=first[0],
        address="cy@reader.example",
        domain="reader.example",
        state=State.PENDING,
        due_at=NOON,
    )
    edition.blocks = []

    again = print_copies(edition, NOON + timedelta(hours=1))

    assert [copy.pk for copy in again] == [copy.pk for copy in first]


def test_lists_that_fill_themselves_are_settled(evening, port, sheet):
    page = an_article(port, "Then")
    edition = an_edition(evening, {"kind": "articles", "section": port.pk, "most": 2})

    print_copies(edition, NOON)

    edition.refresh_from_db()
    assert edition.blocks[0]["articles"] == [page.pk]


def test_an_edition_of_greetings_and_advertising_is_not_printed(evening, port, sheet):
    edition = an_edition(
        evening, {"kind": "greeting", "html": "<p>Hello</p>"}, {"kind": "offer", "title": "Buy"}
    )

    with pytest.raises(NothingToPrint):
        print_copies(edition, NOON)
    assert not edition.copies.exists()


def test_what_is_too_long_is_cut_from_the_end_and_says_so(evening, port, sheet):
    pages = [an_article(port, f"No. {n}") for n in range(3)]
    text = {"kind": "text", "html": "<p>" + "word " * 900 + "</p>"}
    blocks = [article(pages[0]), *[text] * 40, article(pages[1])]
    edition = an_edition(evening, *blocks)

    copy = print_copies(edition, NOON)[0]

    assert len(copy.html.encode()) <= MOST_HTML_BYTES
    assert "No. 0" in copy.html
    assert "No. 1" not in copy.html
    assert "There is more in this edition" in copy.html
    assert "There is more in this edition" in copy.text
    assert copy.articles.count() == 1


def test_it_runs_from_right_to_left_where_the_outlet_does(db):
    outlet = an_outlet(slug="mina", title="الميناء", language="ar", timezone="Asia/Beirut")
    edition = an_edition(
        a_newsletter(outlet), article(an_article(a_section(outlet, "أخبار"), "سفن"))
    )

    html = print_copies(edition, NOON)[0].html

    assert '<html lang="ar" dir="rtl"' in html
    assert "text-align: right" in html.replace("text-align:right", "text-align: right")
    assert list(complaints(html, host="127.0.0.1")) == []


def test_a_preview_names_no_reader_and_counts_nothing(evening, port, sheet):
    page = an_article(port, "Looked at")
    with translation.override("en"), timezone.override("UTC"):
        shown = preview_edition(
            an_edition(evening, {"kind": "greeting", "html": "<p>Hi</p>"}, article(page)), at=NOON
        )

    assert "@@" not in shown.html + shown.text
    assert "/newsletters/c/" not in shown.html
