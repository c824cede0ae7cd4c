"""Newsletters of an outlet: the list, a new one, changing and closing one."""

import csv
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from masthead.newsletters import actions
from masthead.newsletters.desk.doorways import get_newsletter, get_outlet, outlets_to_write_for
from masthead.newsletters.desk.forms import NewsletterForm
from masthead.newsletters.desk.recipe_builder import builder_state
from masthead.newsletters.desk.sending import plan_words
from masthead.newsletters.measures.plots import growth_plot, reach_plot
from masthead.newsletters.measures.queries import growth, measured, readers_now
from masthead.newsletters.models import Edition, EditionState, Newsletter
from masthead.newsletters.queries import editions_of, newsletters_of
from masthead.newsletters.rules import may_close

PER_PAGE = 30
PLOTTED = 20
WAITING = (EditionState.HELD, EditionState.DRAFT, EditionState.SCHEDULED)


class _Waiting:
    """
    An edition that is not out yet, and to how many it would go; counting a part is a query each.
    """

    def __init__(self, edition: Edition, readers: dict[int, int]) -> None:
        self.edition = edition
        self.recipients: int = readers.get(edition.newsletter_id, 0)
        if edition.segment:
            self.recipients = plan_words(edition)["recipients"]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """With one outlet there is nothing to choose."""
    outlets = outlets_to_write_for(request.user)
    if not outlets:
        raise PermissionDenied
    if len(outlets) == 1:
        return redirect("newsletters:outlet", outlets[0].slug)
    return render(request, "newsletters/desk/index.html", {"outlets": outlets})


@require_safe
def outlet(request: HttpRequest, outlet: str) -> HttpResponse:
    title = get_outlet(request.user, outlet)
    newsletters = list(newsletters_of(title.pk))
    ids = [each.pk for each in newsletters]
    readers = readers_now(ids)
    for each in newsletters:
        each.readers = readers.get(each.pk, 0)  # type: ignore[attr-defined]
    context = {
        "outlet": title,
        "outlets": outlets_to_write_for(request.user),
        "newsletters": newsletters,
        "waiting": [_Waiting(each, readers) for each in editions_of(ids).filter(state__in=WAITING)],
        "latest": measured(editions_of(ids).exclude(state__in=WAITING)[:10]),
    }
    return render(request, "newsletters/desk/outlet.html", context)


@require_safe
def editions(request: HttpRequest, outlet: str, newsletter_id: int) -> HttpResponse:
    """All editions of one newsletter, and how it does."""
    newsletter = get_newsletter(request.user, outlet, newsletter_id)
    rows = editions_of([newsletter.pk])
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    days = growth(newsletter.pk, at=timezone.now())
    plotted = measured(rows.filter(released_at__isnull=False)[:PLOTTED])
    context = {
        "outlet": newsletter.outlet,
        "newsletter": newsletter,
        "page": page,
        "rows": measured(page.object_list),
        "readers": readers_now([newsletter.pk]).get(newsletter.pk, 0),
        "growth": days,
        "growth_plot": growth_plot(days),
        "plotted": plotted,
        "reach_plot": reach_plot(list(reversed(plotted))),
    }
    return render(request, "newsletters/desk/editions.html", context)


@require_safe
def figures(request: HttpRequest, outlet: str, newsletter_id: int) -> HttpResponse:
    """All editions with their figures, as CSV."""
    newsletter = get_newsletter(request.user, outlet, newsletter_id)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{newsletter.slug}-editions.csv"'
    rows = csv.writer(answer)
    rows.writerow(
        ["number", "subject", "sent_at", "recipients", "accepted", "failed", "clicks", "left"]
    )
    for each in measured(editions_of([newsletter.pk]).filter(released_at__isnull=False)):
        edition: Edition = each.edition
        sent = edition.released_at.isoformat() if edition.released_at else ""
        rows.writerow(
            [
                edition.number or "",
                _harmless(edition.subject),
                sent,
                each.recipients,
                each.accepted,
                each.failed,
                each.clicks,
                each.left,
            ]
        )
    return answer


def _harmless(text: str) -> str:
    """No spreadsheet takes it for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, outlet: str) -> HttpResponse:
    title = get_outlet(request.user, outlet)
    form = NewsletterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            newsletter = actions.make_newsletter(
                outlet=title,
                by=request.user,  # type: ignore[arg-type]  # the desk has nobody anonymous
                at=timezone.now(),
                **form.cleaned_data,
            )
        except actions.NewsletterRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(newsletter)s is there.") % {"newsletter": newsletter})
            return redirect("newsletters:outlet", title.slug)
    return _form(request, {"outlet": title, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, outlet: str, newsletter_id: int) -> HttpResponse:
    newsletter = get_newsletter(request.user, outlet, newsletter_id)
    form = NewsletterForm(request.POST or None, instance=Newsletter.objects.get(pk=newsletter.pk))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_newsletter(
                newsletter=newsletter,
                by=request.user,  # type: ignore[arg-type]
                at=timezone.now(),
                **form.cleaned_data,
            )
        except actions.NewsletterRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept."))
            return redirect("newsletters:outlet", outlet)
    context = {
        "outlet": newsletter.outlet,
        "newsletter": newsletter,
        "form": form,
        "may_close": may_close(request.user, newsletter.outlet) and not newsletter.closed_at,
    }
    return _form(request, context)


def _form(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    form = context["form"]
    context["builder"] = builder_state(form)
    return render(request, "newsletters/desk/newsletter.html", context)


@require_POST
def close(request: HttpRequest, outlet: str, newsletter_id: int) -> HttpResponse:
    newsletter = get_newsletter(request.user, outlet, newsletter_id)
    if not may_close(request.user, newsletter.outlet):
        raise PermissionDenied
    try:
        actions.close_newsletter(
            newsletter=newsletter,
            by=request.user,  # type: ignore[arg-type]
            at=timezone.now(),
        )
        words = _("%(newsletter)s is closed. Its archive stays.")
        messages.success(request, words % {"newsletter": newsletter})
    except actions.NewsletterRefusal as refusal:
        messages.info(request, str(refusal))
    return redirect("newsletters:outlet", outlet)
