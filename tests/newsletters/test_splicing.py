from binascii import b2a_qp
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.newsletters import splicing
from masthead.newsletters.splicing import CannotSplice, make_parts, splice

FIELDS = {
    "TO": b"cy@readers.example",
    "MESSAGE-ID": b"7.81@courier.example",
    "DELIVERY": b"81",
    "PREFERENCES": b"https://courier.example/newsletters/preferences/abc=def&x=1/",
    "LEAVE": b"https://courier.example/newsletters/leave/" + b"t0ken=" * 20,
    "GREETING": "Good evening, Zoë <Ltd> & Søn".encode(),
}
TEXT = "@@GREETING@@\nA long line that is folded and ends near its edge with a name: @@LEAVE@@\n"
HTML = "<p>@@GREETING@@</p><a href='@@LEAVE@@'>Leave</a> <a href='@@PREFERENCES@@'>Choose</a>"


def a_message(encoding="quoted-printable", text=TEXT, html=HTML):
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = "Courier <courier@courier.example>"
    message["Subject"] = "The evening"
    message["List-Unsubscribe"] = "<@@LEAVE@@>"
    message.set_content(text, cte=encoding)
    message.add_alternative(html, subtype="html", cte=encoding)
    top = b"To: @@TO@@\r\nMessage-ID: <@@MESSAGE-ID@@>\r\nFeedback-ID: @@DELIVERY@@:news\r\n"
    return top + message.as_bytes()


def opened(message):
    return message_from_bytes(message, policy=policy.default.clone(max_line_length=None))


@pytest.mark.parametrize("encoding", ["quoted-printable", "8bit"])
def test_each_recipients_words_stand_in_headers_text_and_html(encoding):
    message = opened(splice(make_parts(a_message(encoding)), FIELDS))

    assert message["To"] == "cy@readers.example"
    assert message["Message-ID"] == "<7.81@courier.example>"
    assert message["Feedback-ID"] == "81:news"
    assert message["List-Unsubscribe"] == f"<{FIELDS['LEAVE'].decode()}>"
    text = message.get_body(["plain"]).get_content().replace("\r\n", "\n")
    assert text == (
        "Good evening, Zoë <Ltd> & Søn\nA long line that is folded and ends near its edge with a"
        f" name: {FIELDS['LEAVE'].decode()}\n"
    )
    html = message.get_body(["html"]).get_content().strip()
    assert html == (
        "<p>Good evening, Zoë &lt;Ltd&gt; &amp; Søn</p>"
        f"<a href='{FIELDS['LEAVE'].decode()}'>Leave</a>"
        " <a href='https://courier.example/newsletters/preferences/abc=def&amp;x=1/'>Choose</a>"
    )


def test_a_place_that_quoted_printable_broke_in_two_is_found():
    whole = a_message()
    broken = whole.replace(b"@@GREETING@@", b"@@GREE=\r\nTING@=\r\n@")

    assert splice(make_parts(broken), FIELDS) == splice(make_parts(whole), FIELDS)


def test_lines_of_quoted_printable_keep_within_76_characters():
    message = splice(make_parts(a_message(text=f"{'x' * 60} @@LEAVE@@")), FIELDS)

    body = message.partition(b"\r\n\r\n")[2]
    assert max(len(line) for line in body.splitlines()) <= 76


@given(st.from_regex(splicing._ANYWHERE, fullmatch=True))
def test_what_is_looked_at_once_is_written_as_what_is_looked_at_thrice(value):
    slowly = b2a_qp(escape(value.decode()).encode(), istext=False)

    assert splicing._written("GREETING", "html-quoted-printable", {"GREETING": value}) == (
        b"=\r\n" + slowly + b"=\r\n"
    )
    assert splicing._written("GREETING", "plain", {"GREETING": value}) == value


def test_a_line_that_looks_like_a_boundary_and_is_none_opens_no_headers():
    message = a_message("8bit", text="--\n-- @@GREETING@@\nsigned: @@GREETING@@\n")

    text = opened(splice(make_parts(message), FIELDS)).get_body(["plain"]).get_content()

    assert text.count("Zoë <Ltd>") == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TO", b"cy@readers.example\r\nBcc: di@readers.example"),
        ("TO", b"cy@readers.example, di@readers.example"),
        ("TO", b"nobody"),
        ("MESSAGE-ID", b"7@courier.example> <8@x"),
        ("LEAVE", b"https://courier.example/> <mailto:x"),
        ("LEAVE", b"https://courier.example/" + b"x" * 900),
        ("DELIVERY", b"81\n"),
        ("GREETING", b"a\x00b"),
    ],
)
def test_no_value_can_break_a_header_or_smuggle_a_control_character(name, value):
    parts = make_parts(a_message())

    with pytest.raises(CannotSplice):
        splice(parts, {**FIELDS, name: value})


def test_a_missing_value_is_refused():
    fields = {name: value for name, value in FIELDS.items() if name != "GREETING"}

    with pytest.raises(CannotSplice, match="GREETING is missing"):
        splice(make_parts(a_message()), fields)


A_BASE64_PART = (
    b"To: @@TO@@\r\nMessage-ID: <@@MESSAGE-ID@@>\r\nContent-Type: text/plain\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\n@@GREETING@@\r\n"
)


@pytest.mark.parametrize(
    "message",
    [
        a_message().replace(b"To: @@TO@@\r\n", b""),
        a_message().replace(b"<@@MESSAGE-ID@@>", b"@@MESSAGE-ID@@"),
        a_message().replace(b"\r\n", b"\n"),
        A_BASE64_PART,
    ],
    ids=["no recipient", "no id", "bare line ends", "in base64"],
)
def test_a_message_that_cannot_be_sent_to_many_is_refused(message):
    with pytest.raises(CannotSplice):
        make_parts(message)
