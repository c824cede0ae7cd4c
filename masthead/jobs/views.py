"""The desk's screen of jobs: what waits, what runs, what was given up and why."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from masthead.jobs import actions, queries
from masthead.jobs.models import Job
from masthead.jobs.rules import may_look_after_jobs

MOST_ROWS = 50  # of each kind; the counts above them say how many there are

View = Callable[..., HttpResponseBase]


def for_caretakers(view: View) -> View:
    """Refuse whoever may not look after the jobs."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_look_after_jobs(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_GET
@for_caretakers
def index(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    context = {
        "counts": queries.job_counts(),
        "oldest": queries.find_oldest_waiting(at=now),
        "dead_letters": queries.dead_letters()[:MOST_ROWS],
        "running": queries.running_jobs()[:MOST_ROWS],
        "waiting": queries.waiting_jobs()[:MOST_ROWS],
        "most_rows": MOST_ROWS,
        "now": now,
    }
    return render(request, "jobs/index.html", context)


@require_POST
@for_caretakers
def retry(request: HttpRequest, job_id: int) -> HttpResponse:
    job = get_object_or_404(Job, pk=job_id)
    return _answer(
        request,
        lambda: actions.retry_job(job=job, by=request.user, at=timezone.now()),
        _("The job waits again."),
    )


@require_POST
@for_caretakers
def requeue(request: HttpRequest, job_id: int) -> HttpResponse:
    job = get_object_or_404(Job, pk=job_id)
    return _answer(
        request,
        lambda: actions.requeue_job(job=job, by=request.user, at=timezone.now()),
        _("The job was taken from its worker and waits again."),
    )


@require_POST
@for_caretakers
def discard(request: HttpRequest, job_id: int) -> HttpResponse:
    job = get_object_or_404(Job, pk=job_id)
    return _answer(
        request,
        lambda: actions.discard_job(job=job, by=request.user),
        _("The job was discarded."),
    )


def _answer(request: HttpRequest, act: Callable[[], None], done: str) -> HttpResponse:
    try:
        act()
    except actions.JobRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("jobs:index")
