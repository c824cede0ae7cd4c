from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found

from masthead.accounts import doors
from masthead.accounts.models import User
from masthead.accounts.second_factor import factors_of, find_step_before_desk, has_passed

# Nothing of the newsroom is behind these, and the way out must stay open.
_OPEN_DESK_NAMES = {"wagtailadmin_logout", "wagtailadmin_sprite", "wagtailadmin_javascript_catalog"}
# With these a session that knows only the password could replace the second factor.
_GUARDED_ACCOUNT_NAMES = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
    "account_email",
    "account_change_password",
    "account_set_password",
}


# allauth would let anybody take any free address without proving it; whoever is invited by that
# address later would give their role to the wrong person.
_CLOSED_NAMES = {"account_email"}


class SecondFactorMiddleware:
    """
    Keeps the desk for those who have shown who they are, and each to their part of it.

    Whoever may publish needs a second factor; whoever has one shows it in each session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name == "wagtailadmin_login":
            return _to_sign_in(request)
        if name in _CLOSED_NAMES:
            raise Http404
        is_desk = request.path.startswith(_desk()) and name not in _OPEN_DESK_NAMES
        if not is_desk and name not in _GUARDED_ACCOUNT_NAMES:
            # Readers' pages never look at the session: that alone would add Vary: Cookie.
            return None
        user = request.user
        if not isinstance(user, User):
            return None
        return _before_desk(request, user) if is_desk else _show_factor_first(request, user, name)


def _desk() -> str:
    # An outlet's own host has other addresses; the desk is on the network's.
    return reverse("wagtailadmin_home", urlconf=settings.ROOT_URLCONF)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Wagtail's own sign-in form knows no second factor."""
    target = resolve_url(settings.LOGIN_URL)
    query = request.GET.urlencode()
    return HttpResponseRedirect(f"{target}?{query}" if query else target)


def _show_factor_first(request: HttpRequest, user: User, name: str) -> HttpResponse | None:
    if name == "mfa_activate_totp" and not user.has_usable_password():
        messages.info(request, _("The app’s digits come after a password. Set one first."))
        return HttpResponseRedirect(reverse("account_set_password"))
    if not factors_of(user) or has_passed(request):
        return None
    step = find_step_before_desk(request, user)
    return HttpResponseRedirect(step) if step else None


def _before_desk(request: HttpRequest, user: User) -> HttpResponse | None:
    step = find_step_before_desk(request, user)
    if step is None:
        home = doors.find_home(request, user)
        if home:
            return HttpResponseRedirect(home)
        return _not_found(request) if doors.is_shut(request, user) else None
    if not factors_of(user):
        messages.info(request, _("Your role needs a second step. Add a passkey or an app."))
    return HttpResponseRedirect(step)


def _not_found(request: HttpRequest) -> HttpResponse:
    return page_not_found(request, Http404(), template_name="wagtailadmin/404.html")
