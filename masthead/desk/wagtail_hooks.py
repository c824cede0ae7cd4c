"""How the desk looks, what its menu says, and its home: the budget."""

from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse_lazy
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from masthead.accounts.rules import only_moderates
from masthead.desk import action_bar, menu, views
from masthead.desk.budget import budget_for
from masthead.desk.forms import FirstRunForm
from masthead.desk.queries import sections_to_write_in
from masthead.outlets.models import Outlet

# In this order: what is narrow overrides what comes before it.
STYLES = ("colours", "editor", "listings", "frame", "pages", "board", "narrow", "lists")


@hooks.register("insert_global_admin_css")
def desk_css() -> SafeString:
    addresses = ((static(f"masthead/desk/{name}.css"),) for name in STYLES)
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', addresses)


@hooks.register("insert_global_admin_js")
def desk_js() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', static("masthead/desk/desk.mjs"))


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern]:
    return [
        path("first-run/", views.first_run, name="desk_first_run"),
        path("articles/new/", views.new_article, name="desk_new_article"),
    ]


@hooks.register("register_admin_menu_item")
def budget_menu_item() -> MenuItem:
    return MenuItem(
        _("Budget"), reverse_lazy("wagtailadmin_home"), name="budget", icon_name="list-ul", order=1
    )


# After every other app's, so that the order holds.
@hooks.register("construct_main_menu", order=1000)
def order_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = menu.arrange(items, request)


@hooks.register("construct_search")
def no_pages_to_search(request: HttpRequest, areas: list[Any]) -> None:
    """For whoever only moderates: they have no pages."""
    if only_moderates(request.user):
        areas.clear()


# After what other apps add, rename and take away.
@hooks.register("construct_page_action_menu", order=1000)
def order_actions(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    items[:] = action_bar.in_order(items)


class BudgetPanel(Component):
    """The board itself."""

    name = "budget"
    order = 10
    template_name = "desk/budget.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        now = timezone.now()
        asked = request.GET.get("person", "")
        budget = budget_for(
            request.user,
            outlet_slug=request.GET.get("outlet", ""),
            person=int(asked) if asked.isdecimal() else None,
            now=now,
            today=timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0),
        )
        return {
            "budget": budget,
            "today": now,
            "request": request,
            "may_write": bool(sections_to_write_in(request.user)),
        }


class FirstRunPanel(Component):
    """Instead of the board while there is nothing to put on it."""

    name = "first_run"
    order = 10
    template_name = "desk/first_run_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        form = FirstRunForm(user=request.user) if request.user.is_superuser else None
        # A component is rendered without the request, so its form is handed the token.
        return {"form": form, "csrf_token": get_token(request)}


@hooks.register("construct_homepage_panels", order=1000)
def our_home(request: HttpRequest, panels: list[Component]) -> None:
    """The board, below what other apps of ours ask; Wagtail's own panels repeat it."""
    ours = [panel for panel in panels if type(panel).__module__.startswith("masthead.")]
    board = BudgetPanel() if Outlet.objects.exists() else FirstRunPanel()
    panels[:] = [*ours, board]
