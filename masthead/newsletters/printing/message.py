"""The whole message: headers as mail programs and mail services want them, text and HTML."""

from binascii import b2a_qp
from datetime import datetime
from email.header import Header
from email.utils import format_datetime, formataddr
from urllib.parse import urlsplit

from django.conf import settings

from masthead.mail.senders import address_of
from masthead.newsletters.models import Edition
from masthead.newsletters.printing.edition import IN_TEXT, PrintedEdition, without_places
from masthead.outlets.sheet import Sheet

CRLF = "\r\n"


def message_of(edition: Edition, printed: PrintedEdition, *, sheet: Sheet, at: datetime) -> bytes:
    """
    RFC 5322 with CRLF, quoted-printable, and `newsletters.splicing`'s places where recipients
    differ.
    """
    boundary = f"=-{edition.public_id.hex}"
    lines = [*_headers(edition, sheet=sheet, at=at)]
    lines.append("MIME-Version: 1.0")
    lines.append(f'Content-Type: multipart/alternative; boundary="{boundary}"')
    parts = [_part("plain", printed.text), _part("html", printed.html)]
    body = "".join(f"--{boundary}{CRLF}{part}{CRLF}" for part in parts) + f"--{boundary}--{CRLF}"
    return (CRLF.join(lines) + CRLF + CRLF + body).encode("ascii")


def _headers(edition: Edition, *, sheet: Sheet, at: datetime) -> list[str]:
    newsletter = edition.newsletter
    address = address_of(sheet.slug)
    domain = address.rpartition("@")[2]
    host = urlsplit(sheet.base).hostname or domain
    name = newsletter.from_name or sheet.name
    headers = [
        f"From: {_name(name)} <{address}>",
        "To: @@TO@@",
        f"Subject: {_words(edition.subject, after='Subject: ')}",
        f"Date: {format_datetime(at)}",
        "Message-ID: <@@MESSAGE-ID@@>",
        f"List-Id: {_name(newsletter.name)} <{newsletter.slug}.{sheet.slug}.{host}>",
        # On one line, however long: a relay that folds it breaks the signature over it. RFC 8058
        # wants exactly one https address.
        f"List-Unsubscribe: {', '.join(_ways_out())}",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        f"List-Archive: <{sheet.absolute(f'newsletters/{newsletter.slug}/')}>",
        f"Feedback-ID: e{edition.pk}:n{newsletter.pk}:{sheet.slug}:masthead",
        # So that no machine answers it (RFC 3834).
        "Auto-Submitted: auto-generated",
        "Precedence: bulk",
    ]
    if newsletter.reply_to:
        headers.insert(1, f"Reply-To: {newsletter.reply_to}")
    return headers


def _ways_out() -> list[str]:
    """By one click, and by a mail to the mailbox of bounces where there is one."""
    local, _at, host = settings.BOUNCE_ADDRESS.partition("@")
    by_mail = [f"<mailto:{local}+leave-@@DELIVERY@@@{host}>"] if host else []
    return ["<@@LEAVE@@>", *by_mail]


def _name(name: str) -> str:
    """A display name before an address, encoded where it has to be."""
    plain = without_places(" ".join(name.split()), instead=IN_TEXT)
    if plain.isascii():
        return formataddr((plain, "x")).removesuffix(" <x>")
    return Header(plain, "utf-8", maxlinelen=900).encode(linesep="")


def _words(text: str, *, after: str) -> str:
    plain = without_places(" ".join(text.split()), instead=IN_TEXT)
    if plain.isascii():
        return plain
    return Header(plain, "utf-8", header_name=after.rstrip(": ")).encode(linesep=CRLF)


def _part(kind: str, text: str) -> str:
    encoded = b2a_qp(text.replace("\r\n", "\n").encode(), istext=True).decode("ascii")
    return CRLF.join(
        [
            f"Content-Type: text/{kind}; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
            "",
            encoded.replace("\n", CRLF),
        ]
    )
