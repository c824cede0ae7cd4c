"""The comments in the desk's menu."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from masthead.articles.panels import EditPanel, register_edit_panel
from masthead.comments.desk.queues import outlets_of
from masthead.comments.panels import comments_panel

register_edit_panel(EditPanel(name="comments", tab="publish", build=comments_panel, order=60))


class CommentsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(outlets_of(request.user))


@hooks.register("register_admin_urls")
def comment_urls() -> list[URLResolver]:
    return [path("comments/", include("masthead.comments.desk.urls"))]


@hooks.register("register_admin_menu_item")
def comments_menu_item() -> CommentsMenuItem:
    return CommentsMenuItem(
        _("Comments"),
        reverse_lazy("comments:index"),
        name="comments",
        icon_name="comment",
        order=36,
    )
