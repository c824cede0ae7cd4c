"""Messages come in by a mailbox or a script, and count once whichever way they take."""

from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner

from masthead.cli import cli
from masthead.mail import verp
from masthead.mail.incoming.jobs import read_bounces
from masthead.mail.incoming.mailbox import MailboxTrouble, mailbox_at, read_mailbox
from masthead.mail.incoming.message import MOST_BYTES
from masthead.mail.incoming.reading import key_of, read_message
from masthead.mail.incoming.taking import take_message
from masthead.mail.models import Feedback, Letter, State, Suppression
from tests.factories import NOON
from tests.mail.conftest import CY
from tests.mail.corpus import forms, letters
from tests.mail.mail_servers import Box, Imap, Pop3, serving

GONE = "550 5.1.1 no such user"


def bounce(letter: Letter | None = None, n: int = 1) -> bytes:
    raw = forms.postfix(address="somebody@else.example", status="5.1.1", words=GONE, n=n)
    if letter is not None:
        raw = raw.replace(forms.TOKEN.encode(), verp.token("l", letter.pk).encode())
    return raw.replace(b"\n", b"\r\n")


def a_question(n: int = 50) -> bytes:
    return letters.person("Who took it?", "The picture.", n=n).replace(b"\n", b"\r\n")


@pytest.fixture(params=[("imap", Imap), ("pop3", Pop3)], ids=["imap", "pop3"])
def mailbox(request: Any, settings: Any) -> Any:
    """An empty mailbox that the settings name."""
    scheme, kind = request.param
    password = "correct%20horse" if scheme == "imap" else "correct"
    box = Box({})
    with serving(kind, box) as port:
        settings.BOUNCE_MAILBOX_URL = f"{scheme}://bounces:{password}@127.0.0.1:{port}"
        yield box


def test_bounces_in_the_mailbox_have_their_effect_and_are_deleted(mailbox, a_letter):
    letter = a_letter()
    Letter.objects.update(state=State.ACCEPTED)
    mailbox.messages = {1: bounce(letter), 2: bounce(None, 2)}

    read_bounces()

    letter.refresh_from_db()
    assert (letter.state, mailbox.messages) == (State.FAILED, {})
    assert list(Suppression.objects.values_list("address", "reach")) == [(CY, "all")]
    assert Feedback.objects.count() == 2


def test_what_a_person_wrote_stays_in_the_mailbox_and_is_read_once(mailbox, db):
    mailbox.messages = {1: a_question(), 2: bounce(None, 2)}

    read_bounces()
    mailbox.asked.clear()
    read_bounces()

    assert list(mailbox.messages) == [1]
    assert [line for line in mailbox.asked if "FETCH" in line or "RETR" in line] == []
    assert Feedback.objects.filter(kind="other").count() == 1


def test_a_connection_that_ends_loses_and_doubles_nothing(mailbox, db):
    mailbox.messages = {1: bounce(None, 1), 2: bounce(None, 2)}
    mailbox.breaks_at = 2

    with pytest.raises(MailboxTrouble):
        read_bounces()
    mailbox.breaks_at = 0
    mailbox.marked.clear()
    read_bounces()

    assert (Feedback.objects.count(), mailbox.messages) == (2, {})


def test_a_wrong_password_is_told_without_showing_it(mailbox, settings, db):
    settings.BOUNCE_MAILBOX_URL = settings.BOUNCE_MAILBOX_URL.replace("correct", "battery")

    with pytest.raises(MailboxTrouble) as trouble:
        read_bounces()

    assert ("127.0.0.1" in str(trouble.value), "battery" in str(trouble.value)) == (True, False)


def test_a_folder_that_is_not_there_is_told(db):
    box = Box({})
    with serving(Imap, box) as port, pytest.raises(MailboxTrouble, match="no folder “Bounces”"):
        read_mailbox(
            mailbox_at(f"imap://me:correct%20horse@127.0.0.1:{port}/Bounces"),
            take=lambda raw: True,
            known=lambda raw: None,
        )


def test_no_mailbox_is_asked_when_none_is_set(settings):
    settings.BOUNCE_MAILBOX_URL = ""

    read_bounces()


@pytest.mark.parametrize(
    ("url", "port", "folder"),
    [
        ("imaps://a%40b:p%3A%2F@mail.example/Bounces%2FNew", 993, "Bounces/New"),
        ("pop3s://a%40b:p%3A%2F@mail.example", 995, "INBOX"),
    ],
)
def test_an_address_of_a_mailbox_is_taken_apart(url, port, folder):
    box = mailbox_at(url)

    assert (box.user, box.password, box.port, box.folder) == ("a@b", "p:/", port, folder)
    assert "p:/" not in repr(box)


def delivered(raw: bytes, *more: str) -> Any:
    return CliRunner().invoke(cli, ["mail", "deliver", *more], input=raw)


def test_a_delivery_script_hands_one_message_over(a_letter):
    letter = a_letter()

    answer = delivered(bounce(letter))

    assert (answer.exit_code, answer.output) == (0, f"hard {CY} l:{letter.pk}\n")


def test_the_envelopes_recipient_proves_it_where_no_header_does(a_letter, settings):
    letter = a_letter()
    settings.BOUNCE_ADDRESS = "bounces@mail.northlight.example"
    raw = bounce().replace(forms.TOKEN.encode(), b"nothing")

    answer = delivered(raw, "--recipient", verp.return_path("l", letter.pk))

    assert answer.output == f"hard {CY} l:{letter.pk}\n"


def test_the_same_message_by_two_ways_counts_once(a_letter):
    raw = bounce(a_letter())

    delivered(raw)
    again = delivered(raw.replace(b"\r\n", b"\n"))
    third = take_message(raw, way_in="mailbox", at=NOON + timedelta(days=1))

    assert (again.output, third, Feedback.objects.count()) == ("", [], 1)


def test_a_script_without_a_message_is_told_so(db):
    answer = delivered(b"\n")

    assert (answer.exit_code, "Nothing came" in answer.output) == (1, True)


def test_a_forged_bounce_keeps_mail_from_nobody(a_letter):
    a_letter()

    delivered(bounce())

    assert (Feedback.objects.get().about, Suppression.objects.count()) == ("", 0)


def test_a_returned_message_id_proves_a_letter_where_no_return_path_does(a_letter):
    letter = a_letter()
    raw = bounce().replace(
        f"{forms.TOKEN}@courier.example".encode(), f"{letter.public_id}@localhost".encode()
    )

    delivered(raw)

    assert Feedback.objects.get().about == f"l:{letter.pk}"


def test_the_key_of_a_message_needs_its_headers_only():
    raw = bounce()

    assert key_of(raw) == key_of(raw.partition(b"\r\n\r\n")[0] + b"\r\n")
    assert key_of(raw) != key_of(bounce(None, 2))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0\0\0",
        b'Subject: =?utf-8?b?////?=\nContent-Type: text/plain; charset="\xff"\n\n\xff\xfe',
        b"Content-Type: multipart/report; report-type=delivery-status\n\nno boundary",
        b"Content-Type: message/rfc822\n\n" * 500 + b"x",
        b'Content-Type: multipart/mixed; boundary="a"\n\n' + b"--a\n\nx\n" * 20_000,
        b"From: " + b"a" * 100_000 + b"\n\n" + b"x" * MOST_BYTES * 2,
    ],
)
def test_whatever_comes_in_is_read_without_a_fault(raw):
    assert len(read_message(raw)) == 1


def test_a_machine_that_answers_a_wish_to_leave_has_not_wished_it(settings):
    settings.BOUNCE_ADDRESS = "bounces@mail.northlight.example"
    to = verp.leave_address("d", 7)
    wish = letters.person("anything", "", n=1).replace(
        b"bounces@mail.northlight.example", to.encode()
    )
    absence = wish.replace(b"\nTo:", b"\nAuto-Submitted: auto-replied\nTo:", 1)

    read = [read_message(each)[0] for each in (wish, absence)]

    assert [(each.kind, each.about) for each in read] == [("left", "d:7"), ("machine", "d:7")]


def test_a_report_about_two_recipients_is_two_readings():
    raw = forms.postfix(address="a@x.example", status="5.1.1", words=GONE, n=1)
    second = (
        b"Diagnostic-Code: smtp; 550 5.1.1 no such user\n\nFinal-Recipient: rfc822; b@x.example\n"
        b"Action: failed\nStatus: 4.2.2\nDiagnostic-Code: smtp; 452 mailbox full\n"
    )
    raw = raw.replace(b"Diagnostic-Code: smtp; 550 5.1.1 no such user\n", second)

    read = [(each.kind, each.address) for each in read_message(raw)]

    assert read == [("hard", "a@x.example"), ("soft", "b@x.example")]
