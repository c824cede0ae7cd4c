"""Publishing in the desk: the editor's panels and actions, the record's screens."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem

from masthead.articles.models import ArticlePage
from masthead.articles.panels import EditPanel, register_edit_panel
from masthead.publishing.editing import ArticleScreens
from masthead.publishing.panels import note_panel, release_panel

register_edit_panel(EditPanel(name="release", tab="top", build=release_panel, order=10))
register_edit_panel(EditPanel(name="release-note", tab="publish", build=note_panel, order=10))


@hooks.register("register_admin_urls")
def record_urls() -> list[URLResolver]:
    return [path("articles/", include("masthead.publishing.urls"))]


@hooks.register("register_admin_viewset")
def article_screens() -> ArticleScreens:
    return ArticleScreens("article_screens")


class WithdrawMenuItem(ActionMenuItem):
    label = _("Withdraw …")
    name = "action-withdraw"
    icon_name = "download"

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("publishing:withdraw", args=[parent_context["page"].pk])


@hooks.register("construct_page_action_menu")
def withdraw_instead(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Taking an article down asks for the reason that readers will find."""
    if isinstance(context.get("page"), ArticlePage):
        items[:] = [
            WithdrawMenuItem(order=item.order) if item.name == "action-unpublish" else item
            for item in items
        ]


@hooks.register("before_bulk_action")
def withdraw_one_by_one(
    request: HttpRequest, action: str, objects: list[Any], _action: object
) -> HttpResponse | None:
    if action != "unpublish" or not any(isinstance(o.specific, ArticlePage) for o in objects):
        return None
    messages.error(
        request, gettext("Articles are withdrawn one by one: readers find the reason of each.")
    )
    return redirect("articles:index")
