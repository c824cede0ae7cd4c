"""Looking into the bounce mailbox, every minute."""

from django.conf import settings
from django.utils import timezone

from masthead.jobs.decorator import job
from masthead.jobs.schedule import every
from masthead.mail.incoming.mailbox import mailbox_at, read_mailbox
from masthead.mail.incoming.taking import find_taken, take_message
from masthead.mail.models import Feedback


def _has_mailbox() -> bool:
    return bool(settings.BOUNCE_MAILBOX_URL)


@every(seconds=60, when=_has_mailbox)
@job(retries=0, lease_seconds=120)
def read_bounces() -> None:
    """Take what is new in the bounce mailbox; each message counts once however often it is read."""
    if _has_mailbox():
        read_mailbox(mailbox_at(settings.BOUNCE_MAILBOX_URL), take=_take, known=_known)


def _take(raw: bytes) -> bool:
    take_message(raw, way_in="mailbox", at=timezone.now())
    return bool(_known(raw))


def _known(raw: bytes) -> bool | None:
    """False for what a person should see; such a message is not thrown away."""
    found = find_taken(raw)
    return None if found is None else found.kind != Feedback.Kind.OTHER
