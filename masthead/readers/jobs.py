"""What is told and thrown away later."""

from datetime import timedelta

from django.utils import timezone

from masthead.accounts.models import User
from masthead.jobs.decorator import job
from masthead.jobs.schedule import daily
from masthead.mail.post import write_letter
from masthead.mail.printing import print_mail
from masthead.outlets.queries import canonical_sheets
from masthead.readers.models import Asked, Flood, Import, Proof, SignedIn
from masthead.readers.proofs import sender_of

PROOFS_KEPT = timedelta(days=7)  # after their end: so long a link can say what became of it
COUNTS_KEPT = timedelta(days=1)
FLOODS_KEPT = timedelta(days=90)
LINES_KEPT = timedelta(days=30)


@job(retries=5)
def tell_owners_of_flood(*, flood_id: int, **_more: object) -> None:
    """One letter to each owner, once for a flood however often this runs."""
    flood = Flood.objects.get(pk=flood_id)
    sheets = canonical_sheets()
    if not sheets:
        return
    mail = print_mail("readers/mail/flood", sheet=sheets[0], context={"flood": flood})
    for owner in User.objects.filter(is_superuser=True, is_active=True).order_by("pk"):
        write_letter(
            key=f"flood:{flood.pk}:{owner.pk}",
            kind="readers.flood",
            to=owner.email,
            mail=mail,
            sender=sender_of(sheets[0]),
            at=timezone.now(),
        )


@daily(at="03:40")
@job(retries=2)
def tidy_readers() -> None:
    """Questions, counts, sessions and reports whose time is over; safe to repeat."""
    now = timezone.now()
    Proof.objects.filter(ends_at__lt=now - PROOFS_KEPT).delete()
    Asked.objects.filter(hour__lt=now - COUNTS_KEPT).delete()
    Flood.objects.filter(last_at__lt=now - FLOODS_KEPT).delete()
    SignedIn.objects.filter(ends_at__lt=now).delete()
    for old in Import.objects.filter(at__lt=now - LINES_KEPT).exclude(lines=[]):
        Import.objects.filter(pk=old.pk).update(lines=[])
