"""What accounts adds to and takes from the desk."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page
from wagtail.permissions import policy_registry

from masthead.accounts import rules
from masthead.accounts.desk_urls import urlpatterns as people_urls
from masthead.accounts.models import User
from masthead.accounts.second_factor import came_by_console_link, can_come_back, factors_of


@hooks.register("register_admin_urls")
def people_screens() -> list[URLPattern]:
    return people_urls


class PeopleMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may_manage_any_people(request.user)


@hooks.register("register_admin_menu_item")
def people_menu_item() -> MenuItem:
    return PeopleMenuItem(
        _("People"), reverse("accounts_people"), name="people", icon_name="group", order=850
    )


@hooks.register("construct_settings_menu")
def hide_wagtails_user_list(request: HttpRequest, items: list[MenuItem]) -> None:
    """It knows no roles: a user made there could do nothing, and groups are made by roles."""
    items[:] = [item for item in items if item.name not in {"users", "groups"}]


@hooks.register("construct_reports_menu")
def hide_reports_for_owners(request: HttpRequest, items: list[MenuItem]) -> None:
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name != "page-types-usage"]


# After `wagtail.images` and `wagtail.documents`, whose endpoints these replace.
@hooks.register("construct_admin_api", order=100)
def narrow_the_file_endpoints(router: Any) -> None:
    from masthead.accounts.desk_api import DocumentsOfMine, PicturesOfMine

    router.register_endpoint("images", PicturesOfMine)
    router.register_endpoint("documents", DocumentsOfMine)


def _user(request: HttpRequest) -> User:
    """At the desk somebody is always signed in; Wagtail sees to it before any hook."""
    assert isinstance(request.user, User)
    return request.user


@hooks.register("construct_page_chooser_queryset")
def choose_from_mine_or_published(pages: Any, request: HttpRequest) -> Any:
    """A link may point at what everybody can read; another outlet's drafts stay its own."""
    if request.user.is_superuser:
        return pages
    policy = policy_registry.get_by_type(Page)
    mine = policy.explorable_instances(request.user).values("pk")
    return pages.filter(pk__in=mine) | pages.filter(live=True)


@hooks.register("before_delete_page")
def refuse_to_delete(request: HttpRequest, page: Page) -> None:
    if not rules.may_delete(_user(request), page):
        raise PermissionDenied(gettext("What was published is withdrawn, not deleted."))


@hooks.register("before_bulk_action")
def refuse_to_delete_many(
    request: HttpRequest, action: str, objects: list[Any], _action: object
) -> None:
    if action != "delete":
        return
    if any(isinstance(o, Page) and not rules.may_delete(_user(request), o) for o in objects):
        raise PermissionDenied(gettext("What was published is withdrawn, not deleted."))


@hooks.register("construct_page_action_menu")
def hide_delete_item(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    page = context.get("page")
    if page is not None and not rules.may_delete(_user(request), page):
        items[:] = [item for item in items if item.name != "action-delete"]


class WayBackPanel(Component):
    """For somebody who could not come back: a one-time link was their way in."""

    name = "way_back"
    order = 1
    template_name = "accounts/way_back_panel.html"

    def __init__(self, user: User) -> None:
        self._user = user

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"has_password": self._user.has_usable_password()}


@hooks.register("construct_homepage_panels")
def ask_for_a_way_back(request: HttpRequest, panels: list[Component]) -> None:
    user = _user(request)
    has_only_a_link = came_by_console_link(request) and not factors_of(user)
    if has_only_a_link or not can_come_back(user):
        panels.insert(0, WayBackPanel(user))


@hooks.register("register_account_menu_item")
def way_to_sign_in_settings(request: HttpRequest) -> dict[str, Any]:
    """From the account's screen to what one signs in with, which allauth's screens keep."""
    return {
        "url": reverse("mfa_index"),
        "label": gettext("Signing in"),
        "help_text": gettext("Password, passkeys, authenticator app, recovery codes."),
    }


class _RoleFormatter(LogFormatter):
    sentence: Any = ""  # lazily translated

    def format_message(self, entry: Any) -> str:
        return self.sentence % {
            "role": entry.data.get("role", ""),
            "place": entry.data.get("place_title", ""),
        }


@hooks.register("register_log_actions")
def log_actions(registry: LogActionRegistry) -> None:
    @registry.register_action("masthead.accounts.assign_role")
    class AssignRole(_RoleFormatter):
        label = _("Give a role")
        sentence = _("Became %(role)s in “%(place)s”")

    @registry.register_action("masthead.accounts.remove_role")
    class RemoveRole(_RoleFormatter):
        label = _("Take a role away")
        sentence = _("Is no longer %(role)s in “%(place)s”")

    for action, label, message in (
        ("invite", _("Invite"), _("Invited to the desk")),
        ("make_link", _("Make a one-time link"), _("A one-time link was made on the console")),
        ("use_link", _("Use a one-time link"), _("Signed in by a one-time link")),
        (
            "forget_factor",
            _("Forget a second factor"),
            _("A second factor was removed, because no secret key opened it"),
        ),
        ("sign_out_everywhere", _("Sign out everywhere"), _("Signed out on every device")),
    ):
        registry.register_action(f"masthead.accounts.{action}", label, message)
