import json

import pytest

from masthead.mail.transport import Fate, Mail
from tests.mail.transport.kits import service
from tests.mail.transport.test_contract import a_mail


@pytest.fixture
def resend(tmp_path):
    with service("resend", tmp_path) as kit:
        yield kit


def test_where_a_service_knows_keys_each_mail_carries_its_own(resend):
    line = resend.transport.open()

    line.send(a_mail(1))
    line.send(a_mail(2))

    assert [key for _, key, _ in resend.asked] == ["d.1.1", "d.1.2"]
    line.close()


def test_a_service_is_told_the_message_in_its_parts(tmp_path):
    with service("postmark", tmp_path) as kit:
        line = kit.transport.open()
        line.send(a_mail())
        line.close()

        [(_, _, body)] = kit.asked
    told = json.loads(body)
    assert told["From"] == "The Courier <news@courier.example>"
    assert told["Subject"] == "The evening"
    assert told["TextBody"] == "Good evening, Zoë.\n.\n..two dots\n"
    headers = {each["Name"]: each["Value"] for each in told["Headers"]}
    assert headers["List-Unsubscribe"] == "<https://courier.example/leave/abc>"
    assert headers["Message-ID"] == "<1@courier.example>"
    assert told["Metadata"] == {"about": "d.1.1"}


def test_the_folder_of_secrets_is_not_shown_in_its_description(resend):
    assert "key" not in repr(resend.transport)


def test_a_mail_without_a_sender_is_refused_before_anybody_is_asked(resend):
    line = resend.transport.open()

    outcome = line.send(Mail("", "cy@readers.example", b"Subject: x\r\n\r\nx\r\n", "d.1.1"))

    assert outcome.fate is Fate.REFUSED
    assert resend.asked == []
    line.close()
