"""A group's owner gives seats away; whoever may have one takes it."""

import re
from uuid import UUID

from allauth.core.ratelimit import consume_or_429
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from masthead.memberships import groups
from masthead.memberships.claiming import ask_to_take
from masthead.memberships.models import Group, Invitation, Seat
from masthead.memberships.views.pages import answer, sheet_of
from masthead.readers.addresses import NotAnAddress
from masthead.readers.signing_in import reader_of

_BETWEEN = re.compile(r"[\s,;]+")


def _group(public_id: UUID) -> Group:
    found = Group.objects.select_related("membership__plan", "plan", "owner")
    return get_object_or_404(found, public_id=public_id)


def _own(request: HttpRequest, public_id: UUID) -> Group:
    """404 for whoever does not own it."""
    group, reader = _group(public_id), reader_of(request)
    if reader is None or group.owner_id != reader.pk:
        raise Http404
    return group


@require_http_methods(["GET", "HEAD", "POST"])
def group(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Its owner's page; POST changes its name, and whether their own domain may come in."""
    found = _own(request, public_id)
    if request.method != "POST":
        return _page(request, found)
    domain = _domain_of(found) if request.POST.get("by_domain") else ""
    name = request.POST.get("name", "").strip() or found.name
    groups.change_group(group=found, name=name, domain=domain, at=timezone.now())
    return _to(request, found)


def _domain_of(group: Group) -> str:
    """An owner opens it to the domain of their own address only; the desk to any."""
    own = group.owner.email.partition("@")[2] if group.owner else ""
    return group.domain or own


def _page(request: HttpRequest, group: Group, *, trouble: str = "") -> HttpResponse:
    seats = list(group.seats.select_related("reader").order_by("taken_at", "pk"))
    invitations = list(group.invitations.order_by("invited_at", "pk"))
    return answer(
        request,
        "group",
        group.name,
        status=422 if trouble else 200,
        group=group,
        plan=group.what,
        seats=seats,
        invitations=invitations,
        free=max(0, group.to_give - len(seats) - len(invitations)),
        is_over=group.is_over(at=timezone.now()),
        own_domain=_domain_of(group),
        seat_url=sheet_of(request).absolute(f"membership/group/{group.public_id}/seat/"),
        trouble=trouble,
    )


@require_POST
def invite(request: HttpRequest, public_id: UUID) -> HttpResponse:
    found, now = _own(request, public_id), timezone.now()
    emails = _BETWEEN.split(request.POST.get("emails", "")[:8_000])
    try:
        new = groups.keep_seats(group=found, emails=emails, at=now)
    except groups.GroupRefusal as refusal:
        return _page(request, found, trouble=str(refusal))
    for email in new:
        _ask(request, found, email)
    return _to(request, found)


def _ask(request: HttpRequest, group: Group, email: str) -> None:
    ask_to_take(
        group=group,
        email=email,
        sheet=sheet_of(request),
        place=f"membership/group/{group.public_id}/",
        source=str(request.META.get("REMOTE_ADDR", "")),
        at=timezone.now(),
    )


@require_POST
def withdraw(request: HttpRequest, public_id: UUID, invitation_id: int) -> HttpResponse:
    """The seat is free again; the link in the mail finds none."""
    found = _own(request, public_id)
    Invitation.objects.filter(pk=invitation_id, group=found).delete()
    return _to(request, found)


@require_POST
def free(request: HttpRequest, public_id: UUID, seat_id: int) -> HttpResponse:
    found = _own(request, public_id)
    seats = Seat.objects.select_related("group__membership", "reader")
    groups.free_seat(seat=get_object_or_404(seats, pk=seat_id, group=found), at=timezone.now())
    return _to(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
def seat(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """
    Anybody who has the address of this page may say theirs; the mail does the rest.

    The answer is the same whether there is a seat for it or not.
    """
    found, trouble, asked = _group(public_id), "", False
    if request.method == "POST":
        if refused := consume_or_429(request, action="signup"):
            return refused
        try:
            _ask(request, found, request.POST.get("email", "")[:254])
            asked = True
        except NotAnAddress as error:
            trouble = str(error)
    return answer(
        request,
        "seat",
        _("Take a seat"),
        status=422 if trouble else 200,
        group=found,
        plan=found.what,
        is_over=found.is_over(at=timezone.now()),
        trouble=trouble,
        asked=asked,
    )


def _to(request: HttpRequest, group: Group) -> HttpResponse:
    url = sheet_of(request).url(f"membership/group/{group.public_id}/")
    return HttpResponseRedirect(url, status=303)
