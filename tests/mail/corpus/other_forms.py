"""More ways of servers, for which no rule was written."""

from collections.abc import Callable

from tests.mail.corpus.forms import copy_of_ours, heading, report


def zimbra(*, address: str, status: str, words: str, n: int) -> bytes:
    return report(
        said=f"Der Server konnte Ihre Nachricht nicht zustellen.\n\n<{address}>: {words}",
        fields=f"Reporting-MTA: dns; mta.reader.example\n\nOriginal-Recipient: rfc822;{address}\n"
        f"Final-Recipient: rfc822;{address}\nAction: failed\nStatus: {status or '5.0.0'}\n"
        f"Diagnostic-Code: X-Zimbra; {words}",
        copy=copy_of_ours(address, n),
        sender="MAILER-DAEMON@mta.reader.example",
        subject="Unzustellbar: Abendausgabe",
        n=n,
    )


def mdaemon(*, address: str, status: str, words: str, n: int) -> bytes:
    top = heading(
        "MDaemon at mail.reader.example <MDaemon@reader.example>", "Warning: delivery failure", n
    )
    return (
        f"{top}The attached message had PERMANENT fatal delivery errors!\n\n"
        f"Failed address: {address}\n\n--- Session Transcript ---\n--> RCPT To:<{address}>\n"
        f"<-- {words}\n--- End Transcript ---\n"
    ).encode()


def novell(*, address: str, status: str, words: str, n: int) -> bytes:
    top = heading("Mailer-Daemon@gw.reader.example", "Message status - undeliverable", n)
    return (
        f"{top}The message that you sent was undeliverable to the following:\n"
        f"\t{address} ({words})\n\nPossibly truncated original message follows:\n\n"
        f"{copy_of_ours(address, n)}"
    ).encode()


def japanese_host(*, address: str, status: str, words: str, n: int) -> bytes:
    top = heading("postmaster@mx.reader.example", "配信エラーのお知らせ", n)
    return f"{top}次の宛先にメールを届けられませんでした。\n\n宛先: {address}\n{words}\n".encode()


def chinese_host(*, address: str, status: str, words: str, n: int) -> bytes:
    top = heading("PostMaster@reader.example", "系统退信", n)
    return f"{top}很抱歉,您的邮件被退回。\n\n收件人: {address}\n退信原因: {words}\n".encode()


def groupwise_report(*, address: str, status: str, words: str, n: int) -> bytes:
    """Fields without a diagnostic; what happened stands in the letter only."""
    return report(
        said=f"Your mail to {address} was not delivered.\nReason: {words}",
        fields=f"Reporting-MTA: dns; gw.reader.example\n\nFinal-Recipient: rfc822; {address}\n"
        f"Action: Failed (no more tries)\nStatus: {status or '5.0.0'} (permanent failure)",
        copy=copy_of_ours(address, n),
        sender="System Administrator <postmaster@reader.example>",
        subject="Delivery report",
        n=n,
    )


def french_host(*, address: str, status: str, words: str, n: int) -> bytes:
    top = heading("postmaster@courrier.example", "Échec de la remise de votre message", n)
    return (
        f"{top}Votre message n'a pas pu être remis.\n\nDestinataire : {address}\nMotif : {words}\n"
        f"\n----- Message d'origine -----\n{copy_of_ours(address, n)}"
    ).encode()


FORMS: list[Callable[..., bytes]] = [
    zimbra,
    mdaemon,
    novell,
    japanese_host,
    chinese_host,
    groupwise_report,
    french_host,
]
