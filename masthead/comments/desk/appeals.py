"""What authors object to, and the answers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from masthead.comments.actions.appealing import AlreadyAnswered, answer_appeal
from masthead.comments.desk.doorways import get_outlets, moderator
from masthead.comments.desk.views import answer
from masthead.comments.models import Appeal
from masthead.comments.rules import may_moderate
from masthead.comments.wording import why_refused

SHOWN = 50


@require_safe
def appeals(request: HttpRequest) -> HttpResponse:
    """Those nobody has answered, the oldest first."""
    rows = (
        Appeal.objects.filter(outlet__in=get_outlets(request), state=Appeal.State.OPEN)
        .select_related("decision__comment", "decision__by", "reader", "outlet")
        .order_by("at", "pk")[:SHOWN]
    )
    listed = [(each, why_refused(each.decision.reason)) for each in rows]
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
    except AlreadyAnswered as already:
        return answer(request, str(already), status=409)
    return answer(request, str(_("Answered.")))
