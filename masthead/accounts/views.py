"""The one-time link, and the desk's People screens."""

from typing import cast

from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.models import Page

from masthead.accounts import actions, invitations, queries, rules
from masthead.accounts.forms import InvitationForm, RoleForm
from masthead.accounts.links import desk_link
from masthead.accounts.models import Assignment, Role, User
from masthead.accounts.second_factor import forget_unreadable, note_console_link

_BAD_LINK = (actions.NoSuchLink, actions.LinkUsed, actions.LinkExpired)


@never_cache
def sign_in_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Looking never uses a link up: mail scanners and previews look. One button does."""
    if refused := consume_or_429(request, action="login"):
        return refused
    try:
        if request.method == "POST":
            return _enter(request, secret)
        link = actions.find_usable_link(secret=secret, at=timezone.now())
    except _BAD_LINK as bad:
        return _link_page(request, {"problem": str(bad)}, status=410)
    return _link_page(request, {"person": link.user}, status=200)


def _enter(request: HttpRequest, secret: str) -> HttpResponse:
    user = actions.use_sign_in_link(secret=secret, at=timezone.now())
    if request.user.is_authenticated and request.user != user:
        logout(request)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    if actions.is_from_console(secret):
        note_console_link(request, user)
        forget_unreadable(user)
    return redirect("wagtailadmin_home")


def _link_page(request: HttpRequest, context: dict[str, object], *, status: int) -> HttpResponse:
    answer = render(request, "accounts/link.html", context, status=status)
    # The address is the secret. Not "no-referrer": browsers then send `Origin: null` with the
    # form, and the CSRF check refuses it.
    answer["Referrer-Policy"] = "same-origin"
    return answer


@login_required
@require_POST
def end_my_sessions(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    actions.sign_out_everywhere(user=user, by=user)
    logout(request)
    messages.success(request, _("You are signed out on every device."))
    return redirect("account_login")


def _manager(request: HttpRequest) -> User:
    """Whoever may manage people somewhere."""
    if not rules.may_manage_any_people(request.user):
        raise PermissionDenied
    return cast(User, request.user)


def _get_person(by: User, public_id: str) -> User:
    return get_object_or_404(queries.people_seen_by(by), public_id=public_id)


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    by = _manager(request)
    roles: dict[int, list[Assignment]] = {}
    for assignment in queries.assignments_seen_by(by):
        roles.setdefault(assignment.user_id, []).append(assignment)
    rows = [(person, roles.get(person.pk, [])) for person in queries.people_seen_by(by)]
    return render(request, "accounts/people.html", {"rows": rows})


def invite(request: HttpRequest) -> HttpResponse:
    by = _manager(request)
    form = InvitationForm(request.POST or None, by=by)
    if request.method == "POST" and form.is_valid():
        return _send_invitation(request, form, by)
    return render(request, "accounts/invite.html", {"form": form})


def _send_invitation(request: HttpRequest, form: InvitationForm, by: User) -> HttpResponse:
    wanted = form.cleaned_data
    role, place = Role(wanted["role"]), wanted["place"]
    try:
        secret = actions.invite(
            email=wanted["email"], name=wanted["name"], role=role, place=place, by=by
        )
    except actions.HasAccount:
        known = User.objects.get(email=wanted["email"].strip().lower())
        return _give_role(request, known, role, place, by)
    link = desk_link(reverse("accounts:link", args=[secret]))
    return _after_invitation(request, wanted["email"], link, by)


def _after_invitation(request: HttpRequest, email: str, link: str, by: User) -> HttpResponse:
    if invitations.mail(email=email, link=link, by=by):
        messages.success(
            request, _("The invitation is on its way to %(email)s.") % {"email": email}
        )
        return redirect("accounts_people")
    return render(request, "accounts/invited.html", {"email": email, "link": link})


def _give_role(
    request: HttpRequest, someone: User, role: Role, place: Page, by: User
) -> HttpResponse:
    try:
        actions.assign_role(user=someone, role=role, place=place, by=by)
    except (actions.LastOwner, actions.NotAllowed) as refused:
        messages.error(request, str(refused))
        return redirect("accounts_people")
    messages.success(
        request,
        _("%(name)s: %(role)s, %(place)s.")
        % {"name": someone, "role": role.label, "place": place.title},
    )
    return redirect("accounts_person", public_id=someone.public_id)


def person(request: HttpRequest, public_id: str) -> HttpResponse:
    by = _manager(request)
    someone = _get_person(by, public_id)
    form = RoleForm(request.POST or None, by=by)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        return _give_role(request, someone, Role(wanted["role"]), wanted["place"], by)
    held = queries.assignments_seen_by(by).filter(user=someone)
    return render(request, "accounts/person.html", {"person": someone, "held": held, "form": form})


@require_POST
def remove_role(request: HttpRequest, public_id: str, assignment_id: int) -> HttpResponse:
    by = _manager(request)
    someone = _get_person(by, public_id)
    held = get_object_or_404(queries.assignments_seen_by(by), pk=assignment_id, user=someone)
    try:
        actions.remove_role(user=someone, place=held.place, by=by)
    except (actions.LastOwner, actions.NotAllowed) as refused:
        messages.error(request, str(refused))
        return redirect("accounts_person", public_id=someone.public_id)
    messages.success(request, _("The role was taken away; their sessions have ended."))
    return redirect("accounts_people")


@require_POST
def end_sessions(request: HttpRequest, public_id: str) -> HttpResponse:
    by = _manager(request)
    someone = _get_person(by, public_id)
    try:
        actions.sign_out_everywhere(user=someone, by=by)
    except actions.NotAllowed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(name)s is signed out on every device.") % {"name": someone})
    return redirect("accounts_person", public_id=someone.public_id)
