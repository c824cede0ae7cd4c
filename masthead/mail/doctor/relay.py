"""The server that takes our mail over: whether it can be reached, and whether nobody listens."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import urlsplit

from masthead.mail.doctor.findings import Finding, failed, passed, warned

SECONDS = 10
SOON_DAYS = 14
PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def look_at_relay(mail_url: str, *, trusted: str | None = None) -> Iterator[Finding]:
    """trusted: a file of certificates to trust beside the machine's own."""
    parts = urlsplit(mail_url)
    if not mail_url:
        yield warned("Relay", "none", "Mail stays in the data folder; set mail_url to send it.")
        return
    if parts.scheme not in PORTS or not parts.hostname:
        yield passed("Relay", parts.scheme, "A mail service is asked over HTTPS.")
        return
    host, port = parts.hostname, parts.port or PORTS[parts.scheme]
    about = f"{host}:{port}"
    context = ssl.create_default_context(cafile=trusted)
    try:
        yield from _asked(parts.scheme, host, port, about, context)
    except ssl.SSLCertVerificationError as error:
        yield failed("TLS", about, f"Its certificate is not trusted: {error.verify_message}.")
    except (OSError, smtplib.SMTPException) as error:
        yield failed("Relay", about, f"It cannot be reached: {error}")


def _asked(
    scheme: str, host: str, port: int, about: str, context: ssl.SSLContext
) -> Iterator[Finding]:
    server: smtplib.SMTP
    if scheme == "smtps":
        server = smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, port, timeout=SECONDS)
    try:
        server.ehlo()
        offers = server.has_extn("starttls")
        if scheme != "smtps" and offers:
            server.starttls(context=context)
        if scheme == "smtps" or offers:
            yield _certificate(server, about)
        elif scheme == "smtp+tls":
            yield failed("TLS", about, "It offers no STARTTLS, which mail_url asks for.")
        else:
            near = host in {"127.0.0.1", "::1", "localhost"}
            says = "On this machine, in clear." if near else "Mail goes in clear; use smtp+tls://."
            yield (passed if near else warned)("TLS", about, says)
        yield passed("Relay", about, "It answers.")
    finally:
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()


def _certificate(server: smtplib.SMTP, about: str) -> Finding:
    sock = server.sock
    assert isinstance(sock, ssl.SSLSocket)  # TLS has begun
    ends = str((sock.getpeercert() or {}).get("notAfter", ""))
    days = (ssl.cert_time_to_seconds(ends) - datetime.now(UTC).timestamp()) / 86_400
    if days < SOON_DAYS:
        return warned("TLS", about, f"Its certificate ends in {max(0, int(days))} days; renew it.")
    return passed("TLS", about, f"{sock.version()}, with a certificate good for {int(days)} days.")
