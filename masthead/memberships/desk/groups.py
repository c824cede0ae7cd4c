"""Groups at the desk: which there are, who is in them, seats given for nothing."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from masthead.memberships import groups
from masthead.memberships.desk.doorways import get_group, refuse_others
from masthead.memberships.models import Group, Plan, Seat
from masthead.readers.actions import find_or_add_reader
from masthead.readers.addresses import NotAnAddress, read_address

PER_PAGE = 50
MOST_SEATS = 100_000


class GroupForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    domain = forms.CharField(
        label=gettext_lazy("Domain of addresses"),
        required=False,
        max_length=100,
        help_text=gettext_lazy(
            "Everybody who proves an address there may take a seat. Empty: only who is invited."
        ),
    )
    seats = forms.IntegerField(
        label=gettext_lazy("Seats"), min_value=1, max_value=MOST_SEATS, required=False
    )
    ends_at = forms.DateTimeField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("Empty: until somebody ends it."),
    )

    def clean_domain(self) -> str:
        try:
            return groups.clean_domain(self.cleaned_data["domain"])
        except groups.GroupRefusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean_ends_at(self) -> datetime | None:
        until: datetime | None = self.cleaned_data["ends_at"]
        if until is not None and until <= timezone.now():
            raise forms.ValidationError(_("That moment has passed."))
        return until


class GiveGroupForm(GroupForm):
    plan = forms.ModelChoiceField(
        label=gettext_lazy("What this plan grants"), queryset=Plan.objects.none()
    )
    owner = forms.CharField(
        label=gettext_lazy("Address of whoever invites"),
        max_length=254,
        help_text=gettext_lazy("They give the seats away on their account page."),
    )

    field_order = ("name", "plan", "owner", "seats", "domain", "ends_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plans = Plan.objects.exclude(benefits=[]).order_by("order", "pk")
        plan: Any = self.fields["plan"]
        plan.queryset = plans
        self.fields["seats"].required = True

    def clean_owner(self) -> str:
        try:
            return read_address(self.cleaned_data["owner"])
        except NotAnAddress as error:
            raise forms.ValidationError(str(error)) from error


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """POST gives seats that nobody pays for."""
    by, now = refuse_others(request), timezone.now()
    form = GiveGroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        owner = find_or_add_reader(email=given.pop("owner"), at=now)
        group = groups.give_group(owner=owner, by=by, at=now, **given)
        messages.success(request, _("The group is there; its owner can invite."))
        return redirect("memberships:group", group.public_id)
    found = Group.objects.select_related("membership__plan", "plan", "owner")
    counted = found.annotate(taken=Count("seats")).order_by("-made_at", "-pk")
    page = Paginator(counted, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page": page,
        "rows": [{"group": each, "is_over": each.is_over(at=now)} for each in page],
        "form": form,
    }
    return render(request, "memberships/desk/groups.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def group(request: HttpRequest, public_id: UUID) -> HttpResponse:
    by, now, found = refuse_others(request), timezone.now(), get_group(request, public_id)
    initial = {
        "name": found.name,
        "domain": found.domain,
        "seats": found.size,
        "ends_at": found.ends_at,
    }
    form = GroupForm(request.POST or None, initial=initial)
    if found.membership_id is not None:
        del form.fields["seats"], form.fields["ends_at"]
    if request.method == "POST" and form.is_valid():
        groups.change_group(group=found, by=by, at=now, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("memberships:group", public_id)
    context = {
        "group": found,
        "form": form,
        "seats": found.seats.select_related("reader").order_by("-taken_at", "-pk"),
        "invitations": found.invitations.order_by("-invited_at", "-pk"),
        "is_over": found.is_over(at=now),
    }
    return render(request, "memberships/desk/group.html", context)


@require_POST
def free(request: HttpRequest, public_id: UUID, seat_id: int) -> HttpResponse:
    by, found = refuse_others(request), get_group(request, public_id)
    seat = get_object_or_404(
        Seat.objects.select_related("group__membership", "reader"), pk=seat_id, group=found
    )
    groups.free_seat(seat=seat, by=by, at=timezone.now())
    messages.success(request, _("The seat is free."))
    return redirect("memberships:group", public_id)


@require_POST
def end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    by, found = refuse_others(request), get_group(request, public_id)
    try:
        groups.end_group(group=found, by=by, at=timezone.now())
    except groups.GroupRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The group has ended."))
    return redirect("memberships:group", public_id)
