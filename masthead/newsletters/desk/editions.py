"""One edition: its editor, its previews, and what can be done with it."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe
from wagtail.permissions import policy_registry

from masthead.fronts.curating import desk_card, find_articles
from masthead.newsletters import actions
from masthead.newsletters.blocks import BadBlocks
from masthead.newsletters.desk.board import editor_state, told
from masthead.newsletters.desk.doorways import get_edition, get_newsletter, get_outlet
from masthead.newsletters.desk.forms import AudienceForm, TestForm, WhenForm
from masthead.newsletters.desk.sending import plan_words, report_words
from masthead.newsletters.desk.testing import send_test
from masthead.newsletters.measures.queries import article_clicks, measured
from masthead.newsletters.models import Edition, EditionState
from masthead.newsletters.printing import preview_edition
from masthead.newsletters.printing.copies import VARIANTS
from masthead.newsletters.queries import OPEN, standing_copies
from masthead.outlets.queries import get_sheet
from masthead.pictures.models import Picture

MOST_BYTES = 400_000
DARK = "(prefers-color-scheme: dark)"
GREETING = "@@GREETING@@"
LOOKS = {"light": "not all", "dark": "all"}


@require_safe
def edition(request: HttpRequest, outlet: str, edition_id: int) -> HttpResponse:
    """The editor while it can be written on, the report once it is on its way."""
    found = get_edition(request.user, outlet, edition_id)
    if found.state not in OPEN:
        return report(request, found)
    sheet = get_sheet(outlet_id=found.newsletter.outlet_id)
    now = timezone.now()
    context = {
        "outlet": found.newsletter.outlet,
        "newsletter": found.newsletter,
        "edition": found,
        "state": editor_state(found, sheet=sheet, at=now),
        "when": WhenForm(initial={"due_at": found.due_at or now}),
        "test": TestForm(initial={"addresses": getattr(request.user, "email", "")}),
        "is_held": found.state == EditionState.HELD,
        "plan": plan_words(found),
        "audience": AudienceForm(chosen=found.segment),
    }
    return render(request, "newsletters/desk/edition.html", context)


def report(request: HttpRequest, found: Edition) -> HttpResponse:
    """What became of it."""
    context = {
        "outlet": found.newsletter.outlet,
        "newsletter": found.newsletter,
        "edition": found,
        "figures": measured([found])[0],
        "articles": article_clicks(found),
        "copies": standing_copies(found.pk),
        "printed_anew": found.copies.exclude(replaced_at=None).order_by("pk").first(),
        **report_words(found),
    }
    return render(request, "newsletters/desk/report.html", context)


@require_POST
def make(request: HttpRequest, outlet: str, newsletter_id: int) -> HttpResponse:
    newsletter = get_newsletter(request.user, outlet, newsletter_id)
    try:
        made = actions.make_edition(
            newsletter=newsletter,
            by=request.user,  # type: ignore[arg-type]  # the desk has nobody anonymous
            at=timezone.now(),
        )
    except actions.EditionRefusal as refusal:
        messages.error(request, str(refusal))
        return redirect("newsletters:outlet", outlet)
    return redirect("newsletters:edition", outlet, made.pk)


@require_POST
def arrange(request: HttpRequest, outlet: str, edition_id: int) -> JsonResponse:
    """Keep what was written; answers the blocks as they are now filled, and what is wrong."""
    found = get_edition(request.user, outlet, edition_id)
    try:
        sent = json.loads(request.body[:MOST_BYTES])
        actions.arrange_edition(
            edition=found,
            subject=str(sent["subject"]),
            preheader=str(sent["preheader"]),
            blocks=sent["blocks"],
            by=request.user,  # type: ignore[arg-type]
        )
    except (BadBlocks, actions.EditionRefusal) as refusal:
        return JsonResponse({"error": str(refusal)}, status=400)
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": _("What was sent is no edition.")}, status=400)
    sheet = get_sheet(outlet_id=found.newsletter.outlet_id)
    return JsonResponse(told(found, sheet=sheet, at=timezone.now()))


@require_POST
def audience(request: HttpRequest, outlet: str, edition_id: int) -> HttpResponse:
    found = get_edition(request.user, outlet, edition_id)
    try:
        actions.choose_audience(
            edition=found,
            audience=request.POST.get("audience", ""),
            by=request.user,  # type: ignore[arg-type]
        )
    except actions.EditionRefusal as refusal:
        messages.error(request, str(refusal))
    return redirect("newsletters:edition", outlet, edition_id)


@require_safe
def articles(request: HttpRequest, outlet: str) -> JsonResponse:
    title = get_outlet(request.user, outlet)
    found = find_articles(outlet_id=title.pk, words=request.GET.get("q", ""))
    return JsonResponse({"found": [desk_card(row) for row in found]})


@require_safe
def pictures(request: HttpRequest, outlet: str) -> JsonResponse:
    """The newest pictures one may choose with every word in their title or description."""
    get_outlet(request.user, outlet)
    policy = policy_registry.get_by_type(Picture)
    mine = policy.instances_user_has_permission_for(request.user, "choose")
    found = mine.filter(copies_state="ready").order_by("-created_at", "-pk")
    for word in request.GET.get("q", "").split()[:6]:
        found = found.filter(title__icontains=word) | found.filter(description__icontains=word)
    return JsonResponse(
        {"found": [{"id": p.pk, "title": p.title, "alt": p.description} for p in found[:30]]}
    )


@require_safe
@xframe_options_sameorigin
def preview(request: HttpRequest, outlet: str, edition_id: int) -> HttpResponseBase:
    """?look=light, dark or text; ?variant=. As readers would get it this moment."""
    found = get_edition(request.user, outlet, edition_id)
    variant = request.GET.get("variant", VARIANTS[0])
    printed = preview_edition(
        found, variant=variant if variant in VARIANTS else VARIANTS[0], at=timezone.now()
    )
    look = request.GET.get("look", "light")
    if look == "text":
        answer = HttpResponse(printed.text, content_type="text/plain; charset=utf-8")
    else:
        answer = HttpResponse(printed.html.replace(DARK, LOOKS.get(look, LOOKS["light"])))
    return _framed(answer)


@require_safe
@xframe_options_sameorigin
def copy(request: HttpRequest, outlet: str, edition_id: int, variant: str) -> HttpResponseBase:
    """What went out to one class of readers, as it is kept."""
    found = get_object_or_404(
        standing_copies(get_edition(request.user, outlet, edition_id).pk).only("html"),
        variant=variant,
    )
    return _framed(HttpResponse(found.html.replace(GREETING, "")))


def _framed(answer: HttpResponse) -> HttpResponse:
    """Nothing runs in it, nothing is sent, and no link leads out of the frame."""
    answer["Content-Security-Policy"] = (
        "default-src 'none'; img-src *; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def test(request: HttpRequest, outlet: str, edition_id: int) -> HttpResponse:
    found = get_edition(request.user, outlet, edition_id)
    form = TestForm(request.POST)
    if form.is_valid():
        sent = send_test(
            edition=found,
            to=form.cleaned_data["addresses"],
            by=request.user,  # type: ignore[arg-type]
            at=timezone.now(),
        )
        messages.success(
            request, _("The test is on its way to %(who)s.") % {"who": ", ".join(sent)}
        )
    else:
        messages.error(request, " ".join(map(str, form.errors["addresses"])))
    return redirect("newsletters:edition", outlet, edition_id)


@require_POST
def schedule(request: HttpRequest, outlet: str, edition_id: int) -> HttpResponse:
    """At the moment in the form, or now."""
    found = get_edition(request.user, outlet, edition_id)
    now = timezone.now()
    form = WhenForm(request.POST)
    if "now" in request.POST:
        due_at = now
    elif form.is_valid():
        due_at = form.moment
    else:
        messages.error(request, _("Say when it goes out."))
        return redirect("newsletters:edition", outlet, edition_id)
    try:
        actions.schedule_edition(
            edition=found,
            due_at=due_at,
            by=request.user,  # type: ignore[arg-type]
            at=now,
        )
    except actions.EditionRefusal as refusal:
        messages.error(request, str(refusal))
        return redirect("newsletters:edition", outlet, edition_id)
    words = _("It goes out now.") if due_at <= now else _("It is scheduled.")
    messages.success(request, words)
    return redirect("newsletters:outlet", outlet)


def _acting(act: Callable[..., Any], done: str | Promise) -> Callable[..., HttpResponse]:
    @require_POST
    def view(request: HttpRequest, outlet: str, edition_id: int) -> HttpResponse:
        found = get_edition(request.user, outlet, edition_id)
        try:
            act(found, request.user)
            messages.success(request, str(done))
        except actions.EditionRefusal as refusal:
            messages.error(request, str(refusal))
        return redirect(reverse("newsletters:edition", args=[outlet, edition_id]))

    return view


hold = _acting(
    lambda edition, by: actions.hold_edition(edition=edition, by=by),
    gettext_lazy("It waits for an editor."),
)
drop = _acting(
    lambda edition, by: actions.drop_edition(edition=edition, by=by),
    gettext_lazy("It is not sent."),
)
rebuild = _acting(
    lambda edition, by: actions.rebuild_edition(edition=edition, by=by, at=timezone.now()),
    gettext_lazy("Built anew by the recipe."),
)
