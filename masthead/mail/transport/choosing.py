"""Which transport the operator has chosen."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from masthead.mail.transport import Transport
from masthead.mail.transport.folder import Folder
from masthead.mail.transport.known import SECURITY, read_mail_url


def transport() -> Transport:
    """By the setting `mail_url`; without one, the folder `mail` in the data folder."""
    return _chosen(settings.MAIL_URL, settings.DATA / "mail")


@lru_cache(maxsize=4)
def _chosen(url: str, folder: Path) -> Transport:
    return transport_of(url) if url else Folder(folder)


def transport_of(url: str) -> Transport:
    """Raises ValueError for an address that names nothing known."""
    from masthead.mail.transport.mail_services import MailService
    from masthead.mail.transport.smtp import Server, Smtp

    carrier = read_mail_url(url)
    options = dict(carrier.options)
    if carrier.scheme in SECURITY:
        server = Server(
            options["host"],
            int(options["port"]),
            SECURITY[carrier.scheme],
            options["user"],
            options["password"],
            hello=options.get("hello", ""),
        )
        return Smtp(server, most_lines=carrier.lines)
    return MailService(carrier.scheme, options, most_lines=carrier.lines)
