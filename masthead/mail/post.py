"""Writing single mails to single people: put down in the open transaction, sent by a job."""

from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from django.db import IntegrityError, transaction

from masthead.mail.keyed import LETTERS
from masthead.mail.models import Letter
from masthead.mail.printing import PrintedMail
from masthead.mail.senders import Sender, address_of, domain_of
from masthead.mail.verp import plain_sender
from masthead.outlets.queries import find_sheet_of

__all__ = ["GIVE_UP_AFTER", "Sender", "message_id", "message_of", "put_down", "write_letter"]

GIVE_UP_AFTER = timedelta(days=2)
# Every server takes it, and none on the way changes it under its signature.
SEVEN_BIT = SMTP.clone(cte_type="7bit")


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
    return put_down(letter, print_letter(letter, mail, sender, at))


def put_down(letter: Letter, message: bytes) -> Letter:
    """Keep a finished letter, and leave it to a worker; the first one with its key is answered."""
    from masthead.mail.jobs import send_letter

    found = Letter.objects.filter(key=letter.key).first()
    if found is not None:
        return found
    letter.prepared = LETTERS.seal(message)
    try:
        with transaction.atomic():
            letter.save(force_insert=True)
    except IntegrityError:  # somebody else was first, just now
        return Letter.objects.get(key=letter.key)
    send_letter.later(letter_id=letter.pk)
    return letter


def message_of(letter: Letter) -> bytes:
    """
    The whole message as it goes to the server; empty once the letter is long over.

    Raises SealedByAnotherKey.
    """
    kept = bytes(letter.prepared)
    return LETTERS.unseal(kept) if kept else b""


def message_id(letter: Letter, *, sender: str = "") -> str:
    """The same at each try, so that a server's log can be asked for it."""
    return f"<{letter.public_id}@{domain_of(sender or plain_sender())}>"


def print_letter(letter: Letter, mail: PrintedMail, sender: Sender, at: datetime) -> bytes:
    address = _address(sender)
    message = EmailMessage(policy=SEVEN_BIT)
    message["From"] = Address(" ".join(sender.name.split()), addr_spec=address)
    message["To"] = letter.address
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id(letter, sender=address)
    if sender.reply_to:
        message["Reply-To"] = sender.reply_to
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine should answer it
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message.as_bytes()


def _address(sender: Sender) -> str:
    if sender.address:
        return sender.address
    sheet = find_sheet_of(outlet_id=sender.outlet_id) if sender.outlet_id is not None else None
    return address_of(sheet.slug if sheet else "")
