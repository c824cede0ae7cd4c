"""The outlets in the desk: their list, and pages that go live when they are saved."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from masthead.accounts.grants import collection_for
from masthead.accounts.rules import may, may_edit_outlet
from masthead.outlets.models import Outlet, PlainPage, Section
from masthead.outlets.queries import find_sheet


def outlets_to_look_after(user: Any) -> list[Outlet]:
    """The outlets somebody may change or add sections to, in the network's order."""
    return [
        outlet
        for outlet in Outlet.objects.order_by("path")
        if may_edit_outlet(user, outlet) or may(user, "add", outlet)
    ]


def outlets(request: HttpRequest) -> HttpResponse:
    shown = [_row(request.user, outlet) for outlet in outlets_to_look_after(request.user)]
    root = Page.get_first_root_node()
    context = {
        "rows": shown,
        "new_url": reverse("wagtailadmin_pages:add", args=["outlets", "outlet", root.pk])
        if request.user.is_superuser
        else "",
    }
    return render(request, "outlets/desk/index.html", context)


def _row(user: Any, outlet: Outlet) -> dict[str, Any]:
    edit = reverse("wagtailadmin_pages:edit", args=[outlet.pk])
    sheet = find_sheet(slug=outlet.slug)
    return {
        "outlet": outlet,
        "base": sheet.base if sheet else "",
        "sections": len(sheet.sections) if sheet else 0,
        "may_edit": may_edit_outlet(user, outlet),
        "edit_url": edit,
        "sections_url": reverse("wagtailadmin_explore", args=[outlet.pk]),
        "add_section_url": reverse(
            "wagtailadmin_pages:add", args=["outlets", "section", outlet.pk]
        ),
    }


@hooks.register("register_admin_urls")
def outlet_urls() -> list[URLPattern]:
    return [path("outlets/", outlets, name="outlets_index")]


class OutletsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(outlets_to_look_after(request.user))


@hooks.register("register_admin_menu_item")
def outlets_menu_item() -> OutletsMenuItem:
    return OutletsMenuItem(
        _("Outlets"), reverse_lazy("outlets_index"), name="outlets", icon_name="home", order=100
    )


@hooks.register("after_create_page")
def begin_outlet(request: HttpRequest, page: Page) -> None:
    """A new outlet gets its own collection of files at once."""
    if isinstance(page, Outlet):
        collection_for(page)


@hooks.register("after_publish_page")
def back_to_the_outlets(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Not into the page tree, whose top speaks of sites: among the outlets, with what is so now."""
    if not isinstance(page, Outlet | Section | PlainPage):
        return None
    begin_outlet(request, page)  # Wagtail asks no further hook once this one has answered
    buttons = [
        messages.button(page.url, _("See it as readers do"), new_window=False),
        messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Edit")),
    ]
    words = _("Readers have “%(name)s” as it is here.") % {"name": page.title}
    messages.success(request, words, buttons=buttons)
    if isinstance(page, Outlet):
        return redirect("outlets_index")
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("construct_page_action_menu")
def without_copy_desk(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Outlets, sections and plain pages are not checked: whoever may change them publishes them."""
    page = context.get("page")
    kind = type(page).__name__.lower() if page else _kind_being_made(request)
    if kind in {"outlet", "section", "plainpage"}:
        items[:] = [item for item in items if item.name != "action-submit"]


def _kind_being_made(request: HttpRequest) -> str:
    match = request.resolver_match
    return str(match.kwargs.get("content_type_model_name", "")) if match else ""
