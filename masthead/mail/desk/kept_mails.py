"""The mail folder: what a network without a mail server has “sent”, as files to be read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

NAME = re.compile(r"[A-Za-z0-9._-]{1,150}")
ENVELOPE = re.compile(rb"\AX-Envelope-From: <([^>\r\n]*)>\r\nX-Envelope-To: <([^>\r\n]*)>\r\n")
FIRST_BYTES = 16_000
MOST = 200


@dataclass(frozen=True)
class KeptMail:
    """One file of the folder; `message` is parsed from what was read of it."""

    name: str
    to: str
    raw: bytes
    written_at: datetime

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=policy.default)

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "")

    @property
    def sender(self) -> str:
        return str(self.message["From"] or "")

    @property
    def sent_at(self) -> datetime:
        try:
            return parsedate_to_datetime(str(self.message["Date"]))
        except (ValueError, TypeError):
            return self.written_at

    def body(self, kind: str) -> str:
        """ "html" or "plain"; empty where there is none."""
        part = self.message.get_body((kind,))
        return "" if part is None else str(part.get_content())


def folder() -> Path:
    return Path(settings.DATA) / "mail"


def newest(*, most: int = MOST) -> Iterator[KeptMail]:
    """The newest first, with their beginnings only."""
    try:
        files = [(file.stat().st_mtime, file) for file in folder().glob("*.eml")]
    except OSError:
        return
    for _written, file in sorted(files, reverse=True)[:most]:
        mail = _read(file, FIRST_BYTES)
        if mail is not None:
            yield mail


def find_mail(name: str) -> KeptMail | None:
    if not NAME.fullmatch(name):
        return None
    return _read(folder() / f"{name}.eml", -1)


def _read(file: Path, most: int) -> KeptMail | None:
    try:
        with file.open("rb") as opened:
            raw = opened.read(most)
        written = file.stat().st_mtime
    except OSError:
        return None
    envelope = ENVELOPE.match(raw)
    to = envelope.group(2).decode("utf-8", "replace") if envelope else ""
    rest = raw[envelope.end() :] if envelope else raw
    return KeptMail(file.stem, to, rest, datetime.fromtimestamp(written, UTC))
