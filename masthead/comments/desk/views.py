"""The moderators' queues, and what they do with one comment."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from masthead.comments.actions import deciding, undoing
from masthead.comments.desk.doorways import (
    get_comment,
    get_decision,
    get_outlets,
    get_seen,
    moderator,
)
from masthead.comments.desk.queues import QUEUES, items, numbers, numbers_below, queue
from masthead.comments.desk.saved import query_of, views_of
from masthead.comments.models import Act, Comment, Decision, Note, Reason
from masthead.comments.rules import may_moderate_all
from masthead.comments.shown import Place
from masthead.comments.wording import HELD, why_decided
from masthead.outlets.models import Outlet

LOG_PAGE = 100


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """?queue=, ?outlet=, ?thread=, ?why=, ?after="""
    outlets = get_outlets(request)
    seen = get_seen(request.GET, outlets)
    chosen = [seen.outlet] if seen.outlet else outlets
    ids = [each.pk for each in chosen]
    page = queue(
        seen.queue,
        outlets=ids,
        is_all=len(ids) == Outlet.objects.live().count(),
        thread=seen.thread.pk if seen.thread else None,
        why=seen.why,
        after=Place.read(request.GET.get("after", ""), order="newest"),
    )
    counted = numbers_below(seen.thread) if seen.thread else numbers(ids)
    here = query_of(seen)
    context = {
        "queue": seen.queue,
        "queues": [
            (each, LABELS[each], counted.get(each), query_of(replace(seen, queue=each, why="")))
            for each in QUEUES
        ],
        "items": items(page.items, at=timezone.now()),
        "next": f"{here}&after={page.next}" if page.next else "",
        "outlets": outlets,
        "seen": seen,
        "here": here,
        "views": views_of(moderator(request), outlets, here=here),
        "whys": HELD.items(),
        "reasons": Reason.choices,
    }
    return render(request, "comments/desk/index.html", context)


LABELS = {
    "reported": _("Reported"),
    "held": _("Held"),
    "new": _("New"),
    "picks": _("Picks"),
    "all": _("All"),
}


@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    return JsonResponse(numbers([each.pk for each in get_outlets(request)]))


def _decide(act: Callable[..., Decision], done: str) -> Callable[..., HttpResponse]:
    @require_POST
    def view(request: HttpRequest, public_id: UUID) -> HttpResponse:
        comment = get_comment(request.user, public_id)
        try:
            decision = act(request, comment)
        except deciding.AlreadyDecided as already:
            return answer(request, str(already), status=409, by=already.by)
        return answer(request, str(LATER[done]), decision=decision)

    return view


def _approve(request: HttpRequest, comment: Comment) -> Decision:
    return deciding.approve_comment(
        comment=comment,
        by=moderator(request),
        at=timezone.now(),
        seen_as=request.POST.get("seen_as") or None,
    )


def _reject(request: HttpRequest, comment: Comment) -> Decision:
    return deciding.reject_comment(
        comment=comment,
        by=moderator(request),
        at=timezone.now(),
        reason=_reason(request),
        words=request.POST.get("words", ""),
        seen_as=request.POST.get("seen_as") or None,
    )


def _remove(request: HttpRequest, comment: Comment) -> Decision:
    return deciding.remove_branch(
        comment=comment,
        by=moderator(request),
        at=timezone.now(),
        reason=_reason(request),
        words=request.POST.get("words", ""),
    )


def _pick(request: HttpRequest, comment: Comment) -> Decision:
    return deciding.pick_comment(
        comment=comment, by=moderator(request), at=timezone.now(), pick=not comment.is_pick
    )


def _reason(request: HttpRequest) -> str:
    given = request.POST.get("reason", "")
    return given if given in Reason.values else Reason.OTHER


LATER = {
    "approved": _("Approved."),
    "rejected": _("Rejected."),
    "removed": _("Removed with all answers."),
    "picked": _("Changed."),
    "undone": _("Undone."),
    "noted": _("Noted."),
}
approve = _decide(_approve, "approved")
reject = _decide(_reject, "rejected")
remove = _decide(_remove, "removed")
pick = _decide(_pick, "picked")


@require_POST
def undo(request: HttpRequest, decision_id: int) -> HttpResponse:
    decision = get_decision(request.user, decision_id)
    try:
        undoing.undo_decision(decision=decision, by=moderator(request), at=timezone.now())
    except undoing.CannotUndo as cannot:
        return answer(request, str(cannot), status=409)
    return answer(request, str(LATER["undone"]))


@require_POST
def note(request: HttpRequest, public_id: UUID) -> HttpResponse:
    comment = get_comment(request.user, public_id)
    text = request.POST.get("text", "").strip()[:2_000]
    if text:
        Note.objects.create(
            reader=comment.author,
            comment=comment,
            text=text,
            by=moderator(request),
            at=timezone.now(),
        )
        Decision.objects.create(
            act=Act.NOTE,
            at=timezone.now(),
            by=moderator(request),
            outlet=comment.outlet,
            comment=comment,
            reader=comment.author,
        )
    return answer(request, str(LATER["noted"]))


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Everything that was done, newest first. ?after="""
    outlets = get_outlets(request)
    rows = (
        Decision.objects.filter(_seen_by(request, outlets))
        .select_related("by", "outlet", "comment", "reader")
        .order_by("-at", "-pk")
    )
    after = request.GET.get("after", "")
    if after.isdecimal() and len(after) < 18:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows[: LOG_PAGE + 1])
    context = {
        "rows": [(row, why_decided(row.reason)) for row in found[:LOG_PAGE]],
        "next": found[LOG_PAGE - 1].pk if len(found) > LOG_PAGE else None,
    }
    return render(request, "comments/desk/log.html", context)


def _seen_by(request: HttpRequest, outlets: list[Outlet]) -> Q:
    """What was done on one's titles; for those of the whole network what is of no title too."""
    own = Q(outlet__in=outlets)
    return own | Q(outlet=None) if may_moderate_all(request.user) else own


def answer(
    request: HttpRequest,
    words: str,
    *,
    status: int = 200,
    decision: Decision | None = None,
    by: str = "",
) -> HttpResponse:
    """For a script, or for a form: back to where it was sent from, with the sentence."""
    if request.headers.get("Accept", "").startswith("application/json"):
        told: dict[str, Any] = {"said": words, "by": by}
        if decision is not None:
            told |= {"decision": decision.pk, "undo": _undo_url(decision)}
        return JsonResponse(told, status=status)
    (messages.success if status == 200 else messages.warning)(request, words)
    back = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if is_ours else reverse("comments:index"))


def _undo_url(decision: Decision) -> str:
    return reverse("comments:undo", args=[decision.pk])
