"""Pauses that are over."""

from django.utils import timezone

from masthead.jobs.decorator import job
from masthead.jobs.schedule import every
from masthead.newsletters.joining.actions import resume_due


@every(seconds=600)
@job(retries=2)
def end_pauses() -> None:
    """Safe to repeat."""
    resume_due(at=timezone.now())
