"""What authors and those who gave notice object to, and the answers."""

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from masthead.comments.actions.appealing import AlreadyAnswered, CannotAnswer, answer_appeal
from masthead.comments.desk.doorways import get_outlets, moderator
from masthead.comments.desk.views import answer
from masthead.comments.models import Appeal
from masthead.comments.rules import is_left_to_another, may_answer, may_moderate_all
from masthead.comments.wording import why_refused

SHOWN = 50


@require_safe
def appeals(request: HttpRequest) -> HttpResponse:
    """Those nobody has answered and one may answer (see `may_answer`), the oldest first."""
    user, outlets = moderator(request), get_outlets(request)
    where = Q(decision__outlet__in=outlets)
    if may_moderate_all(user):
        where |= Q(decision__outlet=None)
    rows = (
        Appeal.objects.filter(
            where,
            Q(decision__comment=None) | Q(decision__comment__outlet__in=outlets),
            outlet__in=outlets,
            state=Appeal.State.OPEN,
        )
        .select_related("decision__comment", "decision__by", "reader", "outlet", "report")
        .order_by("at", "pk")[:SHOWN]
    )
    listed = [
        {
            "appeal": each,
            "why": why_refused(each.decision.reason),
            "is_left": is_left_to_another(each, user=user),
        }
        for each in rows
    ]
    return render(request, "comments/desk/appeals.html", {"appeals": listed})


@require_POST
def decide(request: HttpRequest, appeal_id: int) -> HttpResponse:
    rows = Appeal.objects.select_related("outlet", "decision__outlet", "decision__comment__outlet")
    found = get_object_or_404(rows, pk=appeal_id)
    if not may_answer(request.user, found):
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
