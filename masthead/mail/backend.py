"""Django's own mail – invitations, links for a new password – through the same post office."""

from collections.abc import Sequence
from email import message_from_bytes
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from masthead.core.ids import uuid7
from masthead.mail.models import Letter
from masthead.mail.post import GIVE_UP_AFTER, SEVEN_BIT, message_id, put_down

KIND = "accounts.mail"


class PostOffice(BaseEmailBackend):
    """
    Puts a letter down for each recipient and answers at once.

    No server is asked here, so none that is slow or away holds up whoever invites or signs in.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        sent = 0
        for message in email_messages:
            for recipient in message.recipients():
                _write(message, recipient)
            sent += bool(message.recipients())
        return sent


def _write(message: EmailMessage, recipient: str) -> Letter:
    now = timezone.now()
    letter = Letter(
        key=f"{KIND}:{uuid7()}",
        kind=KIND,
        address=recipient,
        subject=" ".join(str(message.subject).split())[:300],
        made_at=now,
        due_at=now,
        give_up_at=now + GIVE_UP_AFTER,
    )
    made: Any = message_from_bytes(message.message().as_bytes(), policy=SEVEN_BIT)
    del made["Message-ID"]
    made["Message-ID"] = message_id(letter)
    if "Auto-Submitted" not in made:
        made["Auto-Submitted"] = "auto-generated"
    return put_down(letter, made.as_bytes())
