"""Lists of readers in and out."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.log_actions import log

from masthead.readers.desk.doorways import refuse_others
from masthead.readers.forms import ImportForm
from masthead.readers.lists import NotAList, Statement, export_csv, import_readers
from masthead.readers.models import Import, Reader, Segment
from masthead.readers.segments import matching

# What became of a line, in words.
BECAME = {
    "added": gettext_lazy("added"),
    "known": gettext_lazy("known before"),
    "joined": gettext_lazy("joined"),
    "on-it": gettext_lazy("gets it already"),
    "has-left": gettext_lazy("has left it, stays away"),
    "unreadable": gettext_lazy("no address"),
    "suppressed": gettext_lazy("not to be written to"),
    "forgotten": gettext_lazy("asked never to be written to again"),
}


@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """Of a segment, or of all; each time noted in the log with who did it and how many it were."""
    by, segment = refuse_others(request), request.POST.get("segment", "")
    kept = get_object_or_404(Segment, public_id=segment) if segment else None
    readers = matching(kept.rules) if kept else Reader.objects.all()
    about = kept or by
    of = kept.name if kept else "all"
    log(about, "readers.export", user=by, data={"of": of, "readers": readers.count()})
    answer = StreamingHttpResponse(export_csv(readers), content_type="text/csv; charset=utf-8")
    named = f"readers-{timezone.localdate():%Y-%m-%d}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{named}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def bring_in(request: HttpRequest) -> HttpResponse:
    by = refuse_others(request)
    form = ImportForm(request.POST or None, request.FILES or None, by=by)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            brought = import_readers(
                file_name=given["file"].name,
                data=given["file"].read(),
                statement=Statement(by, given["agreed_on"], given["agreed_how"]),
                target=given["target"],
                label=given["label"],
                at=timezone.now(),
            )
        except NotAList as bad:
            form.add_error("file", str(bad))
        else:
            log(brought, "readers.import", user=by, data={"counts": brought.counts})
            return redirect("readers:import-report", brought.public_id)
    before = Import.objects.select_related("by").order_by("-at", "-pk")[:20]
    return render(request, "readers/desk/import.html", {"form": form, "before": before})


def report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Line by line what became of it."""
    refuse_others(request)
    brought = get_object_or_404(Import.objects.select_related("by"), public_id=public_id)
    counts = [(BECAME.get(what, what), count) for what, count in sorted(brought.counts.items())]
    lines = [(n, address, BECAME.get(what, what)) for n, address, what in brought.lines[:1_000]]
    context = {"brought": brought, "counts": counts, "lines": lines, "title": _("List brought in")}
    return render(request, "readers/desk/import_report.html", context)
