"""Speaking with a mail server in secret: only with the right one, and no password before that."""

import ssl
from contextlib import contextmanager

import pytest
from aiosmtpd.smtp import SMTP, AuthResult

from benchmarks.letters.certificates import make_certificates
from masthead.mail.transport import Fate, Mail
from masthead.mail.transport.choosing import transport_of
from tests.mail.transport.kits import running

PASSWORD = "correct:horse/@"
IN_ADDRESS = "correct%3Ahorse%2F%40"


class Took:
    def __init__(self):
        self.taken, self.logins = [], []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  # aiosmtpd's name
        in_secret = server.transport.get_extra_info("cipher") is not None
        self.taken.append((envelope.rcpt_tos, in_secret, session.authenticated))
        return "250 2.0.0 Ok: queued as Q1"

    def authenticate(self, server, session, envelope, mechanism, given):
        self.logins.append((given.login, given.password))
        return AuthResult(success=given.password == PASSWORD.encode(), handled=False)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    return make_certificates(tmp_path_factory.mktemp("certificates"))


@contextmanager
def serving(scheme, certificates):
    """scheme: as in `mail_url`; "smtp" knows no TLS. What it took, and where it listens."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificates.chain, certificates.key)
    took = Took()
    login = {"authenticator": took.authenticate}
    if scheme == "smtp+tls":
        login |= {"tls_context": context, "require_starttls": True, "auth_required": True}
    else:
        login |= {"auth_require_tls": False}
    with running(
        lambda: SMTP(took, hostname="localhost", **login),
        tls=context if scheme == "smtps" else None,
    ) as port:
        yield took, port


def sent(scheme, port, *, password=IN_ADDRESS):
    message = b"From: a@courier.example\r\nTo: cy@readers.example\r\n\r\nSix stories.\r\n"
    line = transport_of(f"{scheme}://courier:{password}@localhost:{port}?hello=test").open()
    try:
        return line.send(Mail("a@courier.example", "cy@readers.example", message, "d1"))
    finally:
        line.close()


SECRET = ["smtp+tls", "smtps"]


@pytest.mark.parametrize("scheme", SECRET)
def test_a_mail_goes_in_secret_to_a_server_that_an_authority_vouches_for(
    scheme, certificates, monkeypatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    with serving(scheme, certificates) as (took, port):
        outcome = sent(scheme, port)

    assert (outcome.fate, outcome.queue_id) == (Fate.ACCEPTED, "Q1")
    assert took.taken == [(["cy@readers.example"], True, True)]
    assert took.logins == [(b"courier", PASSWORD.encode())]


@pytest.mark.parametrize("scheme", SECRET)
def test_a_server_that_nobody_vouches_for_is_told_nothing(scheme, certificates):
    with serving(scheme, certificates) as (took, port):
        outcome = sent(scheme, port)

    assert (outcome.fate, outcome.whole) == (Fate.DEFERRED, True)
    assert "certificate verify failed" in outcome.answer
    assert (took.taken, took.logins) == ([], [])


def test_a_server_that_offers_no_tls_is_told_no_password(certificates):
    with serving("smtp", certificates) as (took, port):
        outcome = sent("smtp+tls", port)

    assert (outcome.fate, outcome.whole) == (Fate.DEFERRED, True)
    assert (took.taken, took.logins) == ([], [])


def test_a_wrong_password_is_told_and_the_mail_waits(certificates, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    with serving("smtp+tls", certificates) as (took, port):
        outcome = sent("smtp+tls", port, password="wrong")

    assert (outcome.fate, outcome.whole, took.taken) == (Fate.DEFERRED, True, [])
    assert "535" in outcome.answer
