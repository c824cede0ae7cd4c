"""What happens later: working off notices, the nightly comparison, mails that time brings."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.utils import timezone

from masthead.jobs.decorator import job
from masthead.jobs.schedule import daily, every
from masthead.memberships import metering, reconciling, working_off
from masthead.memberships.models import Event
from masthead.memberships.providers.base import NotThere
from masthead.memberships.providers.choosing import is_stand_in, provider, stand_in


@job(retries=12, give_up_after_seconds=3 * 86_400, priority=10, unique="subject {subject}")
def work_off_subject(*, subject: str, **_: Any) -> None:
    """
    At least once; reads what is true now, so that order and repetition do not matter.

    Marks as done only the notices that were there before it read: one that came meanwhile has a
    job of its own.
    """
    waiting = list(Event.objects.filter(subject=subject, done_at=None).values_list("pk", "kind"))
    if not waiting:
        return
    kinds = {kind for _pk, kind in waiting}
    outcome = working_off.work_off(subject=subject, kinds=kinds, at=timezone.now())
    Event.objects.filter(pk__in=[pk for pk, _kind in waiting]).update(
        done_at=timezone.now(), outcome=outcome[:200]
    )


@job(retries=20, give_up_after_seconds=14 * 86_400)
def forget_customer(*, ref: str, **_: Any) -> None:
    """Ends what still runs and deletes the customer there; said again it does nothing."""
    with suppress(NotThere):
        provider().forget(ref)


@daily(at="02:40")
@job(retries=5)
def reconcile_memberships() -> None:
    """Whatever a notice was lost for is true here too by the morning."""
    reconciling.reconcile(at=timezone.now())


@job(retries=5, unique="now")
def compare_now() -> None:
    """The same when somebody asks for it; asked for twice, it waits once."""
    reconciling.reconcile(at=timezone.now())


@daily(at="08:10")
@job(retries=3)
def write_due_letters() -> None:
    reconciling.write_due_letters(at=timezone.now())


@daily(at="03:50")
@job(retries=3)
def tidy_events() -> None:
    """What was worked off a year ago is nobody's business any more."""
    old = timezone.now() - timedelta(days=365)
    Event.objects.filter(done_at__lt=old).delete()


@daily(at="03:55")
@job(retries=3)
def forget_metered_reads() -> None:
    metering.forget_reads(at=timezone.now())


def _stand_in_waits() -> bool:
    return is_stand_in() and stand_in().has_work()


@every(seconds=2, when=_stand_in_waits)
@job(retries=0)
def deliver_for_stand_in() -> None:
    """The stand-in has nobody else to carry its notices."""
    from masthead.memberships.standin_post import post_here

    there = stand_in()
    there.catch_up()
    there.deliver(post_here)
