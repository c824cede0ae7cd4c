"""An edition on its way: how it goes, what is in doubt, and what a person can do about it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.log_actions import log

from masthead.mail.models import State
from masthead.newsletters.desk.doorways import get_edition
from masthead.newsletters.models import Delivery, Edition, EditionState, LeftOut
from masthead.newsletters.sending import actions
from masthead.newsletters.sending.freezing import FROZEN
from masthead.newsletters.sending.queries import doubts_of, plan_of, progress_of
from masthead.newsletters.sending.troubles import Trouble

MOST_DOUBTS = 100
UNDER_WAY = (EditionState.FREEZING, EditionState.SENDING, EditionState.PAUSED)


@dataclass(frozen=True)
class Left:
    """How many were not written to, and why; `why` for a person."""

    why: str
    how_many: int


def plan_words(edition: Edition) -> dict[str, Any]:
    """Before it is sent: to whom it would go now, to whom not and why, and how long it takes."""
    try:
        counts, ahead = plan_of(edition, at=timezone.now())
    except Trouble as trouble:
        return {"recipients": 0, "left_out": [], "ahead": None, "problem": str(trouble)}
    return {"recipients": counts.get(FROZEN, 0), "left_out": left_out(counts), "ahead": ahead}


def left_out(counts: dict[str, int]) -> list[Left]:
    names = dict(LeftOut.choices)
    return [
        Left(str(names[why]), number) for why, number in counts.items() if number and why in names
    ]


@require_safe
def progress(request: HttpRequest, outlet: str, edition_id: int) -> JsonResponse:
    """For the report's script, every few seconds while it goes out."""
    found = get_edition(request.user, outlet, edition_id)
    return JsonResponse(progress_words(found))


def progress_words(edition: Edition) -> dict[str, Any]:
    now = timezone.now()
    told = progress_of(edition, at=now)
    rate = ""
    if told.a_second:
        rate = _("%(rate)s a second") % {"rate": f"{told.a_second:,.0f}"}
    until = told.forecast.ends_at if told.forecast else None
    ends = date_format(timezone.localtime(until), "SHORT_DATETIME_FORMAT") if until else ""
    return {
        "state": edition.get_state_display(),
        "is_under_way": edition.state in UNDER_WAY,
        "total": told.total,
        "over": told.over,
        "in_doubt": told.in_doubt,
        "rate": rate,
        "ends": _("probably until %(when)s") % {"when": ends} if ends else "",
        "states": [
            {"label": str(State(state).label), "how_many": number}
            for state, number in told.by_state.items()
            if number
        ],
    }


def report_words(edition: Edition) -> dict[str, Any]:
    """What the report shows of its sending."""
    new = 0
    if edition.state == EditionState.SENT:
        new = plan_words(edition)["recipients"]
    return {
        "progress": progress_words(edition),
        "is_under_way": edition.state in UNDER_WAY,
        "may_pause": edition.state in {EditionState.FREEZING, EditionState.SENDING},
        "is_paused": edition.state == EditionState.PAUSED,
        "doubts": doubts_of(edition)[:MOST_DOUBTS],
        "left_out": left_out(edition.counts),
        "new_joiners": new,
    }


def _acting(
    name: str, act: Callable[[Edition, Any], None], done: str | Promise
) -> Callable[..., HttpResponse]:
    @require_POST
    def view(request: HttpRequest, outlet: str, edition_id: int) -> HttpResponse:
        found = get_edition(request.user, outlet, edition_id)
        try:
            act(found, request.user)
        except actions.NotNow as refusal:
            messages.error(request, str(refusal))
        else:
            _log(found, name, request.user)
            messages.success(request, str(done))
        return redirect("newsletters:edition", outlet, edition_id)

    return view


def _log(edition: Edition, name: str, by: Any, **data: Any) -> None:
    told = {"edition": edition.subject, "newsletter": edition.newsletter.name, **data}
    log(edition.newsletter.outlet, f"newsletters.edition.{name}", user=by, data=told)


pause = _acting(
    "pause",
    lambda edition, by: actions.pause_edition(edition=edition, by=by),
    gettext_lazy("Paused. What the mail server has, it has."),
)
resume = _acting(
    "resume",
    lambda edition, by: actions.resume_edition(edition=edition, by=by),
    gettext_lazy("It goes on."),
)
stop = _acting(
    "stop",
    lambda edition, by: actions.stop_edition(edition=edition, by=by, at=timezone.now()),
    gettext_lazy("Stopped. Nobody else gets it."),
)
to_new = _acting(
    "resend",
    lambda edition, by: actions.send_to_new_joiners(edition=edition, by=by),
    gettext_lazy("It goes to those who joined since."),
)


@require_POST
def settle(request: HttpRequest, outlet: str, edition_id: int, delivery_id: int) -> HttpResponse:
    """`sent` in the form: it arrived; else it is sent again, once."""
    found = get_edition(request.user, outlet, edition_id)
    delivery = get_object_or_404(Delivery, pk=delivery_id, edition=found)
    sent = "sent" in request.POST
    try:
        actions.resolve_doubt(
            delivery=delivery,
            sent=sent,
            by=request.user,  # type: ignore[arg-type]  # the desk has nobody anonymous
            at=timezone.now(),
        )
    except actions.NoDoubt as refusal:
        messages.info(request, str(refusal))
    else:
        _log(found, "settle", request.user, delivery=delivery.pk, sent=sent)
        messages.success(request, _("Noted.") if sent else _("It is sent once more."))
    return redirect("newsletters:edition", outlet, edition_id)
