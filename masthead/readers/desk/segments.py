"""Segments: put together from rules, counted, kept under a name."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from masthead.readers.desk.doorways import refuse_others
from masthead.readers.models import Segment
from masthead.readers.segments import NoSuchRule, SegmentForm, matching

SHOWN = 20


def index(request: HttpRequest) -> HttpResponse:
    """POST counts who fits the rules, and keeps them under a name if that is wanted."""
    by = refuse_others(request)
    form = SegmentForm(request.POST or None)
    found = None
    if form.is_bound and form.is_valid():
        rules, name = form.rules(), form.cleaned_data["name"]
        if "keep" in request.POST and rules and name:
            segment, made = Segment.objects.get_or_create(
                name=name, defaults={"rules": rules, "made_by": by, "made_at": timezone.now()}
            )
            if made:
                return redirect("readers:segment", segment.public_id)
            form.add_error("name", _("There is a segment of that name already."))
        elif "keep" in request.POST:
            form.add_error("name", _("A segment has a name and at least one rule."))
        found = matching(rules)
    kept = Segment.objects.order_by("name", "pk")
    context = {
        "form": form,
        "kept": kept,
        "count": None if found is None else found.count(),
        "readers": [] if found is None else found.order_by("-joined_at", "-pk")[:SHOWN],
    }
    return render(request, "readers/desk/segments.html", context)


def segment(request: HttpRequest, public_id: UUID) -> HttpResponse:
    refuse_others(request)
    shown = get_object_or_404(Segment, public_id=public_id)
    try:
        found = matching(shown.rules)
        context = {"count": found.count(), "readers": found.order_by("-joined_at", "-pk")[:SHOWN]}
    except NoSuchRule as gone:
        context = {"count": None, "problem": str(gone)}
    return render(request, "readers/desk/segment.html", {"segment": shown, **context})


@require_POST
def drop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The rules only; nobody who fitted them is touched."""
    refuse_others(request)
    get_object_or_404(Segment, public_id=public_id).delete()
    return redirect("readers:segments")
