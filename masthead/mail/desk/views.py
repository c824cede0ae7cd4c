"""Mail at the desk: letters, addresses that are not written to, what came back."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from masthead.mail import actions, queries
from masthead.mail.desk.forms import LiftForm, SuppressForm
from masthead.mail.desk.guarding import for_mail
from masthead.mail.kinds import label_of
from masthead.mail.models import Feedback, Letter, Reach, State, Suppression
from masthead.mail.rules import may_see_staff_mail

PER_PAGE = 50


def words_of(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip().lower().replace("\0", "")[:100]


@require_GET
@for_mail
def index(request: HttpRequest) -> HttpResponse:
    """Letters, the newest first."""
    kind, state = request.GET.get("kind", "")[:40], request.GET.get("state", "")[:10]
    with_staff = may_see_staff_mail(request.user)
    found = queries.letters(
        address=words_of(request), kind=kind, state=state, with_staff=with_staff
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    for letter in page:
        letter.kind_label = label_of(letter.kind)  # type: ignore[attr-defined]
    context = {
        "page": page,
        "kinds": [(each, label_of(each)) for each in queries.kinds_of_letters()],
        "states": State.choices,
        "kind": kind,
        "state": state,
        "in_doubt": queries.letters_in_doubt(),
    }
    return _shown(request, "letters", context)


@require_POST
@for_mail
def settle(request: HttpRequest, letter_id: int) -> HttpResponse:
    return _decided(request, letter_id, actions.settle_letter, _("The letter counts as sent."))


@require_POST
@for_mail
def again(request: HttpRequest, letter_id: int) -> HttpResponse:
    return _decided(request, letter_id, actions.send_letter_again, _("The letter is sent again."))


def _decided(request: HttpRequest, letter_id: int, act: Any, done: str) -> HttpResponse:
    mine = queries.letters(with_staff=may_see_staff_mail(request.user)).defer(None)
    letter: Letter = get_object_or_404(mine, pk=letter_id)
    try:
        act(letter=letter, by=request.user, at=timezone.now())
    except actions.MailRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("mail:index")


@require_http_methods(["GET", "HEAD", "POST"])
@for_mail
def suppressions(request: HttpRequest) -> HttpResponse:
    """POST adds one."""
    form = SuppressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.suppress_address(
            address=given["address"],
            reach=Reach(given["reach"]),
            reason=Suppression.Reason.BY_HAND,
            at=timezone.now(),
            detail=given["why"],
            by=request.user,
        )
        messages.success(request, _("No mail goes to %(who)s.") % {"who": given["address"]})
        return redirect("mail:suppressions")
    found = queries.suppressions(address=words_of(request))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    return _shown(request, "suppressions", {"page": page, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@for_mail
def lift(request: HttpRequest, suppression_id: int) -> HttpResponse:
    """Asks why; POST lets mail go to the address again."""
    suppression = get_object_or_404(Suppression, pk=suppression_id)
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.lift_suppression(
                suppression=suppression, why=form.cleaned_data["why"], by=request.user
            )
        except actions.MailRefusal as refusal:
            messages.info(request, str(refusal))
        else:
            who = suppression.address
            messages.success(request, _("Mail goes to %(who)s again.") % {"who": who})
        return redirect("mail:suppressions")
    return _shown(request, "lift", {"suppression": suppression, "form": form})


@require_GET
@for_mail
def feedback(request: HttpRequest) -> HttpResponse:
    kind = request.GET.get("kind", "")[:10]
    found = queries.feedback(address=words_of(request), kind=kind)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    context = {"page": page, "kinds": Feedback.Kind.choices, "kind": kind}
    return _shown(request, "feedback", context)


def _shown(request: HttpRequest, screen: str, context: dict[str, Any]) -> HttpResponse:
    known = {"here": screen, "words": words_of(request), "has_folder": not settings.MAIL_URL}
    return render(request, f"mail/desk/{screen}.html", known | context)
