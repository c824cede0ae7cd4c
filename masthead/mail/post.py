"""Writing single mails to single people: put down in the open transaction, sent by a job."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from django.conf import settings

from masthead.mail.models import Letter
from masthead.mail.printing import PrintedMail

GIVE_UP_AFTER = timedelta(days=2)


@dataclass(frozen=True)
class Sender:
    """Who a mail says it is from. `outlet_id` None: the network."""

    name: str
    outlet_id: int | None = None
    reply_to: str = ""


def write_letter(
    *,
    key: str,
    kind: str,
    to: str,
    mail: PrintedMail,
    sender: Sender,
    at: datetime,
    good_for: timedelta = GIVE_UP_AFTER,
) -> Letter:
    """
    One mail to one person, sent soon after the open transaction has been committed, once.

    key: who writes twice with the same key has written once; the first letter is answered.
    good_for: after that it is not sent any more, e.g. because the code in it is no longer good.
    """
    found = Letter.objects.filter(key=key).first()
    if found is not None:
        return found
    letter = Letter(
        key=key,
        kind=kind,
        outlet_id=sender.outlet_id,
        address=to,
        subject=mail.subject[:300],
        made_at=at,
        due_at=at,
        give_up_at=at + good_for,
    )
    letter.prepared = _message(letter, mail, sender, at)
    letter.save()
    from masthead.mail.jobs import send_letter

    send_letter.later(letter_id=letter.pk)
    return letter


def message_id(letter: Letter) -> str:
    """The same at each try, so that a server's log can be asked for it."""
    return f"<{letter.public_id}@{_domain()}>"


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ")


def _message(letter: Letter, mail: PrintedMail, sender: Sender, at: datetime) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(sender.name, addr_spec=settings.DEFAULT_FROM_EMAIL)
    message["To"] = letter.address
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id(letter)
    if sender.reply_to:
        message["Reply-To"] = sender.reply_to
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine should answer it
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message.as_bytes()
