"""What comes to a return path and is no refusal: delays, complaints, machines, people."""

from collections.abc import Callable
from email.header import Header

from tests.mail.corpus.forms import TOKEN, copy_of_ours, heading, report


def still_trying(n: int) -> tuple[str, str, bytes]:
    address = f"reader{n}@reader.example"
    raw = report(
        said=f"Your message could not be delivered for 4 hours. It will be retried"
        f" until it is 5 day(s) old.\n\n<{address}>: connect: Connection timed out",
        fields=f"Reporting-MTA: dns; mx.northlight.example\n\nFinal-Recipient: rfc822; {address}\n"
        "Action: delayed\nStatus: 4.4.1\nDiagnostic-Code: X-Postfix; connection timed out",
        copy=copy_of_ours(address, n),
        sender="MAILER-DAEMON@mx.northlight.example",
        subject="Delayed Mail (still being retried)",
        n=n,
    )
    return "machine", address, raw


def warning_of_exim(n: int) -> tuple[str, str, bytes]:
    address = f"reader{n}@reader.example"
    top = heading(
        "Mail Delivery System <Mailer-Daemon@mx.reader.example>",
        "Warning: message 1k2 delayed 24 hours",
        n,
        f"X-Failed-Recipients: {address}",
    )
    raw = (
        f"{top}No action is required on your part. Delivery attempts will continue.\n  {address}\n"
    )
    return "machine", address, raw.encode()


def was_delivered(n: int) -> tuple[str, str, bytes]:
    address = f"reader{n}@reader.example"
    raw = report(
        said=f"Your message was successfully delivered to {address}.",
        fields=f"Reporting-MTA: dns; mx.reader.example\n\nFinal-Recipient: rfc822; {address}\n"
        "Action: delivered\nStatus: 2.1.5",
        copy=copy_of_ours(address, n),
        sender="MAILER-DAEMON@mx.reader.example",
        subject="Successful Mail Delivery Report",
        n=n,
    )
    return "machine", address, raw


def _feedback(n: int, kind: str, address: str) -> bytes:
    mark = f"=_fbl{n}"
    top = heading(
        "feedbackloop@provider.example",
        "FW: Evening edition",
        n,
        f'Content-Type: multipart/report; report-type="feedback-report"; boundary="{mark}"',
    )
    to = f"Original-Rcpt-To: {address}\n" if address else ""
    parts = [
        "Content-Type: text/plain\n\nThis is an email abuse report.\n",
        "Content-Type: message/feedback-report\n\n"
        f"Feedback-Type: {kind}\nUser-Agent: Loop/1.0\nVersion: 1\n{to}Source-IP: 192.0.2.1\n",
        f"Content-Type: message/rfc822\n\n{copy_of_ours(address or 'redacted', n)}\nText\n",
    ]
    return (top + "".join(f"--{mark}\n{part}\n" for part in parts) + f"--{mark}--\n").encode()


def abuse(n: int) -> tuple[str, str, bytes]:
    address = f"reader{n}@provider.example"
    return "complaint", address, _feedback(n, "abuse", address)


def abuse_redacted(n: int) -> tuple[str, str, bytes]:
    return "complaint", "", _feedback(n, "Abuse", "")


def fraud(n: int) -> tuple[str, str, bytes]:
    address = f"reader{n}@provider.example"
    return "complaint", address, _feedback(n, "fraud", address)


def not_spam(n: int) -> tuple[str, str, bytes]:
    address = f"reader{n}@provider.example"
    return "machine", address, _feedback(n, "not-spam", address)


def opt_out(n: int) -> tuple[str, str, bytes]:
    address = f"reader{n}@provider.example"
    return "left", address, _feedback(n, "opt-out", address)


def of_outlook(n: int) -> tuple[str, str, bytes]:
    address = f"reader{n}@outlook.example"
    top = heading(
        "staff@outlook.example",
        "complaint about message from 192.0.2.1",
        n,
        f"X-HmXmrOriginalRecipient: {address}",
        f'Content-Type: multipart/mixed; boundary="=_j{n}"',
    )
    inner = f"--=_j{n}\nContent-Type: message/rfc822\n\n{copy_of_ours(address, n)}\nText\n"
    return "complaint", address, f"{top}{inner}--=_j{n}--\n".encode()


def machine(subject: str, submitted: str, text: str, *, n: int) -> bytes:
    more = [f"Auto-Submitted: {submitted}"] if submitted else []
    sender = f"Cy Reader <cy{n}@reader.example>"
    return f"{heading(sender, subject, n, *more)}{text}\n".encode()


def person(subject: str, text: str, *, n: int) -> bytes:
    words = subject.replace("TOKEN", TOKEN)
    lines = [
        f"From: Cy Reader <cy{n}@reader.example>",
        "To: bounces@mail.northlight.example",
        f"Subject: {words if words.isascii() else Header(words, 'utf-8').encode()}",
        f"Message-ID: <mine.{n}@reader.example>",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    return ("\n".join(lines) + f"\n\n{text}\n\n> Evening edition\n").encode()


DELAYS: list[Callable[[int], tuple[str, str, bytes]]] = [
    still_trying,
    warning_of_exim,
    was_delivered,
]
COMPLAINTS: list[Callable[[int], tuple[str, str, bytes]]] = [
    abuse,
    abuse_redacted,
    fraud,
    not_spam,
    opt_out,
    of_outlook,
]
LETTERS: dict[str, tuple[Callable[..., bytes], str]] = {
    "machines": (machine, "machine"),
    "leaving": (person, "left"),
    "others": (person, "other"),
}
