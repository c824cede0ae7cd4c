"""What authors and those who gave notice object to, and the answers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from masthead.comments.actions.appealing import AlreadyAnswered, CannotAnswer, answer_appeal
from masthead.comments.desk.doorways import get_outlets, moderator
from masthead.comments.desk.views import answer
from masthead.comments.models import Appeal
from masthead.comments.rules import is_for_somebody_else, may_moderate
from masthead.comments.wording import why_refused

SHOWN = 50


@require_safe
def appeals(request: HttpRequest) -> HttpResponse:
    """Those nobody has answered, the oldest first."""
    rows = (
        Appeal.objects.filter(outlet__in=get_outlets(request), state=Appeal.State.OPEN)
        .select_related("decision__comment", "decision__by", "reader", "outlet", "report")
        .order_by("at", "pk")[:SHOWN]
    )
    user = moderator(request)
    listed = [
        {
            "appeal": each,
            "why": why_refused(each.decision.reason),
            "is_left": is_for_somebody_else(each.outlet, decided_by=each.decision.by, user=user),
        }
        for each in rows
    ]
    return render(request, "comments/desk/appeals.html", {"appeals": listed})


@require_POST
def decide(request: HttpRequest, appeal_id: int) -> HttpResponse:
    found = get_object_or_404(Appeal.objects.select_related("outlet"), pk=appeal_id)
    if not may_moderate(request.user, found.outlet):
        raise Http404
    try:
        answer_appeal(
            appeal=found,
            by=moderator(request),
            at=timezone.now(),
            grant=request.POST.get("grant") == "1",
            answer=request.POST.get("answer", ""),
        )
    except (AlreadyAnswered, CannotAnswer) as cannot:
        return answer(request, str(cannot), status=409)
    return answer(request, str(_("Answered.")))
