import pytest

from masthead.mail.transport.choosing import transport_of
from masthead.mail.transport.known import read_mail_url


@pytest.mark.parametrize(
    ("url", "security", "port"),
    [
        ("smtp://mail.example", "", 25),
        ("smtp+tls://ada:pass%3Aword@mail.example", "starttls", 587),
        ("smtps://mail.example:4650", "tls", 4650),
    ],
)
def test_a_mail_server_by_its_address(url, security, port):
    server = transport_of(url).server

    assert (server.host, server.security, server.port) == ("mail.example", security, port)


def test_a_password_is_read_and_never_shown():
    transport = transport_of("smtp+tls://ada:pass%3Aword@mail.example?lines=3")

    assert transport.server.password == "pass:word"
    assert transport.most_lines == 3
    assert "pass:word" not in repr(transport.server)


def test_a_services_key_keeps_its_capitals():
    carrier = read_mail_url(
        "mailgun://Key-9Ab@mg.courier.example?api_url=https://api.eu.mailgun.net/v3"
    )

    assert carrier.options == {
        "api_key": "Key-9Ab",
        "sender_domain": "mg.courier.example",
        "api_url": "https://api.eu.mailgun.net/v3",
    }


@pytest.mark.parametrize(
    "url",
    [
        "mail.example",
        "imap://mail.example",
        "smtp://",
        "smtp://mail.example:port",
        "smtp://mail.example?speed=9",
        "smtp://mail.example?lines=0",
        "smtp://mail.example/path",
        "postmark://",
        "mailjet://only-one",
        "mailgun://key",
        "postmark://token@place",
    ],
)
def test_an_address_that_names_nothing_known_is_refused(url):
    with pytest.raises(ValueError):
        read_mail_url(url)
