"""
Return paths that say which mail came back, and that nobody else can make.

A mail is named by its mark: a letter for its ledger (`l` a letter, `d` a delivery of an edition)
and the row's number, e.g. "d:2034". In addresses it stands with a signature, e.g.
`bounces+d2034-k3v7qjw2m5xy@mail.northlight.example`.
"""

import re

from django.conf import settings

from masthead.mail.keyed import is_signed, signature

TOKEN = re.compile(r"([a-z])(\d{1,19})-([a-z2-7]{12})", re.IGNORECASE)
BARE = re.compile(r"\S+@[^\s>]+")


def token(ledger: str, row: int) -> str:
    """The mark and its signature: lower-case, fit for local parts and Message-IDs. Microseconds."""
    mark = f"{ledger}{row}"
    return f"{mark}-{signature(mark)}"


def read_token(text: str) -> str:
    """The mark, e.g. "d:2034", of a token of ours; else empty."""
    found = TOKEN.fullmatch(text.strip())
    if found is None:
        return ""
    ledger, row, given = (part.lower() for part in found.groups())
    return f"{ledger}:{row}" if is_signed(f"{ledger}{row}", given) else ""


def find_mark(text: str) -> str:
    """The first mark of ours that is signed anywhere in a text; else empty."""
    marks = (read_token(found.group()) for found in TOKEN.finditer(text))
    return next(filter(None, marks), "")


def return_path(ledger: str, row: int) -> str:
    """The envelope's sender of one mail; without the setting `bounce_address`, `mail_from`."""
    return return_path_of(token(ledger, row))


def return_path_of(made: str) -> str:
    """The same for a token that is made already."""
    return _added(made) if settings.BOUNCE_ADDRESS else plain_sender()


def leave_address(ledger: str, row: int) -> str:
    """Where a mail to leave the list goes, for List-Unsubscribe; empty without `bounce_address`."""
    return _added(f"leave-{token(ledger, row)}") if settings.BOUNCE_ADDRESS else ""


def plain_sender() -> str:
    """The address in `mail_from`, without a name."""
    found = BARE.search(settings.DEFAULT_FROM_EMAIL.replace("<", " "))
    return found.group() if found else str(settings.DEFAULT_FROM_EMAIL)


def _added(what: str) -> str:
    local, _, host = settings.BOUNCE_ADDRESS.partition("@")
    return f"{local}+{what}@{host}"
