"""How servers say that a mail came back, as the rules were written for."""

from collections.abc import Callable
from email.header import Header

TOKEN = "d2034-abcdefghijkl"


def heading(sender: str, subject: str, n: int, *more: str, kind: str = "text/plain") -> str:
    lines = [
        "Return-Path: <>",
        f"Delivered-To: bounces+{TOKEN}@mail.northlight.example",
        f"From: {sender}",
        f"To: bounces+{TOKEN}@mail.northlight.example",
        f"Subject: {subject if subject.isascii() else Header(subject, 'utf-8').encode()}",
        f"Date: Mon, 16 Nov 2026 12:{n % 60:02}:00 +0000",
        f"Message-ID: <back.{n}@mx.reader.example>",
        "MIME-Version: 1.0",
        *more,
    ]
    if not any(line.lower().startswith("content-type") for line in more):
        lines.append(f"Content-Type: {kind}; charset=utf-8\nContent-Transfer-Encoding: 8bit")
    return "\n".join(lines) + "\n\n"


def copy_of_ours(address: str, n: int) -> str:
    return (
        f"From: The Harbour Courier <news@courier.example>\nTo: {address}\n"
        f"Subject: Evening edition\nMessage-ID: <{TOKEN}@courier.example>\n"
        "Date: Mon, 16 Nov 2026 18:00:00 +0000\nList-Id: <evening.courier.example>\n"
    )


def report(
    *, said: str, fields: str, copy: str, sender: str, subject: str, n: int, extra: str = ""
) -> bytes:
    """multipart/report with its three parts."""
    mark = f"=_{n}.mx.reader.example"
    top = heading(
        sender,
        subject,
        n,
        "Auto-Submitted: auto-replied",
        f'Content-Type: multipart/report; report-type=delivery-status;\n boundary="{mark}"',
    )
    parts = [
        f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{said}\n",
        *([extra] if extra else []),
        f"Content-Type: message/delivery-status\n\n{fields}\n",
        f"Content-Type: text/rfc822-headers\n\n{copy}\n",
    ]
    body = "".join(f"--{mark}\n{part}\n" for part in parts)
    return f"{top}{body}--{mark}--\n".encode()


def postfix(*, address: str, status: str, words: str, n: int) -> bytes:
    status = status or ("4.0.0" if words[:1] == "4" else "5.0.0")
    return report(
        said=f"This is the mail system at host mx.northlight.example.\n\nI could not hand your"
        f" message on.\n\n<{address}>: host mx.reader.example[192.0.2.25] said:\n    {words}",
        fields=f"Reporting-MTA: dns; mx.northlight.example\nX-Postfix-Queue-ID: 4F{n}\n\n"
        f"Final-Recipient: rfc822; {address}\nOriginal-Recipient: rfc822;{address}\n"
        f"Action: failed\nStatus: {status}\nRemote-MTA: dns; mx.reader.example\n"
        f"Diagnostic-Code: smtp; {words}",
        copy=copy_of_ours(address, n),
        sender="MAILER-DAEMON@mx.northlight.example (Mail Delivery System)",
        subject="Undelivered Mail Returned to Sender",
        n=n,
    )


def exim(*, address: str, status: str, words: str, n: int) -> bytes:
    top = heading(
        "Mail Delivery System <Mailer-Daemon@mx.reader.example>",
        "Mail delivery failed: returning message to sender",
        n,
        f"X-Failed-Recipients: {address}",
        "Auto-Submitted: auto-replied",
    )
    return (
        f"{top}This message was created automatically by mail delivery software.\n\n"
        f"A message that you sent could not be delivered to one or more recipients.\n\n"
        f"  {address}\n    host mx.reader.example [192.0.2.25]\n"
        f"    SMTP error from remote mail server after RCPT TO:<{address}>:\n    {words}\n\n"
        f"------ This is a copy of the message, including all the headers. ------\n\n"
        f"{copy_of_ours(address, n)}\nThe mailbox unknown to all is a poem in this edition.\n"
    ).encode()


def qmail(*, address: str, status: str, words: str, n: int) -> bytes:
    top = heading("MAILER-DAEMON@mx.reader.example", "failure notice", n)
    return (
        f"{top}Hi. This is the qmail-send program at mx.reader.example.\n"
        f"I'm afraid I wasn't able to deliver your message to the following addresses.\n\n"
        f"<{address}>:\n192.0.2.25 said: {words}\n\n"
        f"--- Below this line is a copy of the message.\n\n{copy_of_ours(address, n)}"
    ).encode()


def sendmail(*, address: str, status: str, words: str, n: int) -> bytes:
    status = status or ("4.0.0" if words[:1] == "4" else "5.0.0")
    return report(
        said="The original message was received at Mon, 16 Nov 2026 12:00:00 GMT\n\n"
        f"   ----- The following addresses had permanent fatal errors -----\n<{address}>\n\n"
        f"   ----- Transcript of session follows -----\n... while talking to mx.reader.example.:\n"
        f">>> DATA\n<<< {words}",
        fields=f"Reporting-MTA: dns; mx.northlight.example\nArrival-Date: Mon, 16 Nov 2026\n\n"
        f"Final-Recipient: RFC822; {address}\nAction: failed\nStatus: {status}\n"
        f"Diagnostic-Code: SMTP; {words}\nLast-Attempt-Date: Mon, 16 Nov 2026",
        copy=copy_of_ours(address, n),
        sender="Mail Delivery Subsystem <MAILER-DAEMON@mx.northlight.example>",
        subject="Returned mail: see transcript for details",
        n=n,
    )


def exchange(*, address: str, status: str, words: str, n: int) -> bytes:
    page = f"<html><body><p>Delivery has failed to:</p><p>{address}</p></body></html>"
    return report(
        said=f"Delivery has failed to these recipients or groups:\n\n{address}\n\n"
        f"Diagnostic information for administrators:\n{words}",
        extra=f"Content-Type: text/html; charset=utf-8\n\n{page}\n",
        fields=f"Reporting-MTA: dns;EX01.reader.example\n\nFinal-recipient: RFC822;{address}\n"
        f"Action: failed\nStatus: {status or '5.0.0'}\nDiagnostic-code: smtp;{words}\n"
        "X-Display-Name: A Reader",
        copy=copy_of_ours(address, n),
        sender="Microsoft Outlook <MicrosoftExchange329e@reader.example>",
        subject="Undeliverable: Evening edition",
        n=n,
    )


def gmail(*, address: str, status: str, words: str, n: int) -> bytes:
    return report(
        said=f"** Address not reached **\n\nYour message to {address} came back.\n\n"
        f"The response was:\n\n{words}",
        fields=f"Reporting-MTA: dns; mail.example\nReceived-From-MTA: dns; northlight.example\n\n"
        f"Final-Recipient: rfc822; {address}\nAction: failed\nStatus: {status or '5.0.0'}\n"
        f"Remote-MTA: dns; mx.reader.example. (192.0.2.25)\nDiagnostic-Code: smtp; {words}\n"
        f" and more of it on a second line",
        copy=copy_of_ours(address, n),
        sender="Mail Delivery Subsystem <mailer-daemon@mail.example>",
        subject="Delivery Status Notification (Failure)",
        n=n,
    )


def yahoo(*, address: str, status: str, words: str, n: int) -> bytes:
    top = heading("MAILER-DAEMON@mta1.mail.example", "Failure Notice", n)
    return (
        f"{top}Sorry, we were unable to deliver your message to the following address.\n\n"
        f"<{address}>:\n{words}\n\n--- Below this line is a copy of the message.\n\n"
        f"{copy_of_ours(address, n)}"
    ).encode()


def mailru(*, address: str, status: str, words: str, n: int) -> bytes:
    top = heading("Mailer-Daemon@mail.example", "Mail failure.", n)
    return (
        f"{top}Это письмо создано автоматически сервером. Доставить его не удалось:\n\n"
        f"  {address}\n  {words}\n\n------ Исходное сообщение ------\n{copy_of_ours(address, n)}"
    ).encode()


def notes(*, address: str, status: str, words: str, n: int) -> bytes:
    top = heading("Postmaster@reader.example", "DELIVERY FAILURE: Evening edition", n)
    return (
        f"{top}Your message\n\n  Subject: Evening edition\n\nwas not delivered to:\n\n"
        f"  {address}\n\nbecause:\n\n  {words}\n"
    ).encode()


def courier_mta(*, address: str, status: str, words: str, n: int) -> bytes:
    return report(
        said=f"This is a delivery status notification from mx.reader.example.\n\n"
        f"UNDELIVERABLE MAIL\n\n<{address}>:\n     >>> RCPT TO:<{address}>\n     <<< {words}",
        fields=f"Reporting-MTA: dns; mx.reader.example\nArrival-Date: Mon, 16 Nov 2026\n\n"
        f"Final-Recipient: rfc822; {address}\nAction: failed\nStatus: {status or '5.0.0'}\n"
        f"Diagnostic-Code: smtp; {words}",
        copy=copy_of_ours(address, n),
        sender='"Courier mail server" <@>',
        subject="NOTICE: mail delivery status.",
        n=n,
    )


FORMS: list[Callable[..., bytes]] = [
    postfix,
    exim,
    qmail,
    sendmail,
    exchange,
    gmail,
    yahoo,
    mailru,
    notes,
    courier_mta,
]
