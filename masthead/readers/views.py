"""Readers in the desk: find one, add one, give and end benefits by hand."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.log_actions import log

from masthead.readers.actions import (
    AlreadyEnded,
    end_entitlement,
    find_or_add_reader,
    grant_entitlement,
)
from masthead.readers.benefits import read_granted
from masthead.readers.desk.doorways import refuse_others
from masthead.readers.desk.panels import built
from masthead.readers.forms import AddReaderForm, GrantForm
from masthead.readers.models import Entitlement, Reader
from masthead.readers.queries import floods

PER_PAGE = 50


def index(request: HttpRequest) -> HttpResponse:
    refuse_others(request)
    form = AddReaderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reader = find_or_add_reader(email=form.cleaned_data["email"], at=timezone.now())
        log(reader, "readers.add", user=request.user)
        return redirect("readers:reader", reader.public_id)
    words = request.GET.get("q", "").strip()[:100]
    readers = Reader.objects.order_by("-joined_at", "-pk").prefetch_related("entitlements")
    if words:
        readers = readers.filter(email__icontains=words)
    page = Paginator(readers, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page": page,
        "words": words,
        "form": form,
        "now": timezone.now(),
        "floods": floods(at=timezone.now()),
    }
    return render(request, "readers/desk/index.html", context)


def reader(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One reader; POST gives a benefit."""
    refuse_others(request)
    shown = get_object_or_404(Reader, public_id=public_id)
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        what = read_granted(form.cleaned_data["benefit"])
        entitlement = grant_entitlement(
            reader=shown,
            benefit=what.benefit,
            named=what.named,
            by=request.user,  # type: ignore[arg-type]
            at=timezone.now(),
            until=form.cleaned_data["until"],
        )
        log(shown, "readers.grant", user=request.user, data={"benefit": what.word})
        given = entitlement.get_benefit_display()
        messages.success(request, _("Given: %(what)s.") % {"what": given})
        return redirect("readers:reader", shown.public_id)
    grants = shown.entitlements.select_related("granted_by").order_by("-starts_at", "-pk")
    context = {
        "reader": shown,
        "form": form,
        "grants": grants,
        "now": timezone.now(),
        "labels": shown.labels.order_by("name"),
        "notes": shown.notes.select_related("by").order_by("-at", "-pk"),
        "panels": built(shown),
    }
    return render(request, "readers/desk/reader.html", context)


@require_POST
def end(request: HttpRequest, public_id: UUID, entitlement_id: int) -> HttpResponse:
    """Only what was given by hand ends by hand; a subscription ends where it is paid."""
    refuse_others(request)
    entitlement = get_object_or_404(
        Entitlement.objects.select_related("reader"),
        pk=entitlement_id,
        reader__public_id=public_id,
        source=Entitlement.Source.BY_HAND,
    )
    try:
        end_entitlement(entitlement=entitlement, at=timezone.now())
    except AlreadyEnded as already:
        messages.info(request, str(already))
        return redirect("readers:reader", public_id)
    log(entitlement.reader, "readers.end", user=request.user, data={"benefit": entitlement.benefit})
    messages.success(request, _("Ended: %(what)s.") % {"what": entitlement.get_benefit_display()})
    return redirect("readers:reader", public_id)
