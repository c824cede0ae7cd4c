"""Pauses that are over, and memberships."""

from django.utils import timezone

from masthead.jobs.decorator import job
from masthead.jobs.schedule import every
from masthead.newsletters.joining.actions import resume_due
from masthead.newsletters.joining.members import leave_ended


@every(seconds=600)
@job(retries=2)
def end_pauses() -> None:
    """Safe to repeat."""
    resume_due(at=timezone.now())


@every(seconds=600)
@job(retries=2)
def end_with_memberships() -> None:
    """Safe to repeat."""
    leave_ended(at=timezone.now())
