"""Mails as they would arrive, without a worker or a mail server."""

import email
import re
from email.message import EmailMessage
from email.policy import default
from typing import cast

from masthead.mail.models import Letter
from masthead.mail.post import message_of

CODE = re.compile(r"^([A-Z]{4}-[A-Z]{4})$", re.MULTILINE)
LINK = re.compile(r"https?://[^/\s]+(/\S*)")


class Mailbox:
    def all(self, to: str | None = None) -> list[EmailMessage]:
        letters = Letter.objects.order_by("pk")
        if to is not None:
            letters = letters.filter(address=to)
        return [_read(message_of(each)) for each in letters]

    def text(self, to: str | None = None) -> str:
        """Of the newest."""
        body = self.all(to)[-1].get_body(("plain",))
        return str(body.get_content()).replace("\r", "") if body else ""

    def link(self, to: str | None = None) -> str:
        """The path of the first link in the newest."""
        found = LINK.search(self.text(to))
        assert found
        return found[1]

    def code(self, to: str | None = None) -> str:
        found = CODE.search(self.text(to))
        assert found
        return found[1]


def _read(data: bytes) -> EmailMessage:
    return cast(EmailMessage, email.message_from_bytes(data, policy=default))
