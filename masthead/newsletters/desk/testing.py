"""A test of an edition, to people of the newsroom."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from masthead.accounts.models import User
from masthead.mail.post import write_letter
from masthead.mail.printing import PrintedMail
from masthead.mail.senders import Sender, address_of
from masthead.newsletters.models import Edition
from masthead.newsletters.printing import preview_edition


def send_test(*, edition: Edition, to: Sequence[str], by: User, at: datetime) -> list[str]:
    """The edition as it is this moment, one letter each; answers to whom. One transaction."""
    printed = preview_edition(edition, at=at)
    newsletter = edition.newsletter
    subject = _("Test: %(subject)s") % {"subject": edition.subject or newsletter.name}
    mail = PrintedMail(subject, printed.html, printed.text)
    name = newsletter.from_name or newsletter.outlet.title
    outlet = newsletter.outlet
    sender = Sender(name, outlet.pk, newsletter.reply_to, address_of(outlet.slug))
    with transaction.atomic():
        for address in to:
            write_letter(
                key=f"edition-test:{edition.pk}:{address}:{at.timestamp():.3f}",
                kind="edition-test",
                to=address,
                mail=mail,
                sender=sender,
                at=at,
            )
        log(
            newsletter.outlet,
            "newsletters.edition.test",
            user=by,
            data={"edition": edition.subject, "newsletter": newsletter.name, "to": len(to)},
        )
    return list(to)
