"""Labels and notes on one reader."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.log_actions import log

from masthead.readers.actions import label_reader, take_label_off, write_note
from masthead.readers.desk.doorways import get_reader, refuse_others
from masthead.readers.models import Label


@require_POST
def label(request: HttpRequest, public_id: UUID) -> HttpResponse:
    reader, name = get_reader(request, public_id), request.POST.get("name", "").strip()
    if name:
        put = label_reader(reader=reader, name=name)
        log(reader, "readers.label", user=request.user, data={"label": put.name, "on": True})
    return redirect("readers:reader", public_id)


@require_POST
def label_off(request: HttpRequest, public_id: UUID, label_id: int) -> HttpResponse:
    reader = get_reader(request, public_id)
    taken = get_object_or_404(Label, pk=label_id, readers=reader)
    take_label_off(reader=reader, label=taken)
    log(reader, "readers.label", user=request.user, data={"label": taken.name, "on": False})
    return redirect("readers:reader", public_id)


@require_POST
def note(request: HttpRequest, public_id: UUID) -> HttpResponse:
    by, text = refuse_others(request), request.POST.get("text", "").strip()
    reader = get_reader(request, public_id)
    if text:
        write_note(reader=reader, text=text, by=by, at=timezone.now())
        log(reader, "readers.note", user=by)
    return redirect("readers:reader", public_id)
