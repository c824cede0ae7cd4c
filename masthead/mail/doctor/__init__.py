"""`masthead mail doctor`: whether our mail can arrive, line by line."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from masthead.mail.doctor.dns import Dns, NoAnswer
from masthead.mail.doctor.findings import Finding, failed, warned
from masthead.mail.doctor.names import (
    look_at_alignment,
    look_at_bimi,
    look_at_dkim,
    look_at_dmarc,
    look_at_mx,
    look_at_ptr,
    look_at_spf,
)
from masthead.mail.doctor.printed import look_at_headers
from masthead.mail.doctor.relay import look_at_relay
from masthead.mail.models import Letter
from masthead.mail.post import Sender, print_letter
from masthead.mail.printing import PrintedMail
from masthead.mail.samples import samples
from masthead.mail.senders import domain_of, unknown_senders
from masthead.mail.verp import plain_sender

LOCAL = {"localhost", "127.0.0.1", "::1"}


def examine(*, dns: Dns, from_host: str = "", trusted: str | None = None) -> list[Finding]:
    """Everything that can be seen from here. Asks the DNS and the relay, and sends nothing."""
    findings = list(look_at_relay(settings.MAIL_URL, trusted=trusted))
    addresses: list[str] = []
    try:
        addresses = _leaves_from(dns, from_host)
    except NoAnswer as error:
        findings.append(warned("DNS", from_host, f"{error}."))
    for look in _looks(dns, addresses):
        try:
            findings += look()
        except NoAnswer as error:
            findings.append(warned("DNS", "", f"{error}."))
    findings += _headers()
    findings += [
        failed("Senders", slug, "mail_senders names it, and no outlet has this slug.")
        for slug in unknown_senders()
    ]
    return findings


def _looks(dns: Dns, addresses: list[str]) -> Iterator[Callable[[], list[Finding]]]:
    bounces = domain_of(settings.BOUNCE_ADDRESS)
    domains = {domain_of(plain_sender()), *map(domain_of, settings.MAIL_SENDERS.values())}
    for domain in sorted(domains):
        if "." not in domain:
            yield partial(_one, failed, "From", domain, "Set mail_from to an address of yours.")
            continue
        # SPF is about the return path, and so about bounce_address where one is set.
        returns = bounces or domain
        yield partial(_all, look_at_spf, dns, returns, addresses)
        yield partial(_one, look_at_dkim, dns, domain, settings.DKIM_SELECTOR)
        yield partial(_all, look_at_dmarc, dns, domain)
        yield partial(_one, look_at_alignment, dns, domain, returns)
        yield partial(_one, look_at_mx, dns, domain, what="answers")
        yield partial(_all, look_at_bimi, dns, domain)
    if bounces:
        yield partial(_one, look_at_mx, dns, bounces, what="bounces")
    else:
        yield partial(_one, warned, "Bounces", "", "Set bounce_address, so that they are read.")
    yield partial(_all, look_at_ptr, dns, addresses)


def _one(look: Callable[..., Finding], *about: Any, **more: Any) -> list[Finding]:
    return [look(*about, **more)]


def _all(look: Callable[..., Iterable[Finding]], *about: Any) -> list[Finding]:
    return list(look(*about))


def _leaves_from(dns: Dns, from_host: str) -> list[str]:
    """Public addresses of the host that mail leaves from."""
    host = from_host or urlsplit(settings.MAIL_URL).hostname or ""
    if not host or (host in LOCAL and not from_host):
        return []
    return [each for each in dns.addresses(host) if ip_address(each).is_global or from_host]


def _headers() -> list[Finding]:
    now = timezone.now()
    letter = Letter(address="reader@example.com", made_at=now)
    mail = PrintedMail("Is it you?", "<p>Yes</p>", "Yes\n")
    raw = print_letter(letter, mail, Sender("Masthead"), now)
    found = list(look_at_headers(raw, "a letter", is_edition=False))
    for name, edition in samples():
        found += look_at_headers(edition, name, is_edition=True)
    return found
