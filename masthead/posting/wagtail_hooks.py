"""Networks in the desk's menu, its audit log, and the article's editor."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from masthead.articles.models import ArticlePage
from masthead.articles.panels import EditPanel, register_edit_panel
from masthead.posting.actions.own_words import keep_own_words
from masthead.posting.desk.doorways import outlets_to_post_for
from masthead.posting.panels import networks_panel, typed_words
from masthead.posting.rules import may_write_words

register_edit_panel(EditPanel(name="networks", tab="publish", build=networks_panel, order=20))


@hooks.register("before_edit_page")
def keep_words_first(request: HttpRequest, page: Page) -> None:
    """Before the article is saved: publishing it in the same step uses them already."""
    if request.method != "POST" or not isinstance(page, ArticlePage):
        return
    if may_write_words(request.user, page):
        for account, choice, text in typed_words(page, request.POST):
            keep_own_words(
                article=page,
                account=account,
                choice=choice,
                text=text,
                by=request.user,  # type: ignore[arg-type]  # the desk has nobody anonymous
            )


class NetworksMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(outlets_to_post_for(request.user))


@hooks.register("register_admin_urls")
def network_urls() -> list[URLResolver]:
    return [path("networks/", include("masthead.posting.urls"))]


@hooks.register("insert_global_admin_css")
def posting_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("masthead/posting/posting.css"))


@hooks.register("register_admin_menu_item")
def networks_menu_item() -> NetworksMenuItem:
    return NetworksMenuItem(
        _("Social networks"),
        reverse_lazy("networks:index"),
        name="networks",
        icon_name="site",
        order=35,
    )


@hooks.register("register_log_actions")
def posting_log_actions(actions: Any) -> None:
    actions.register_action("posting.connect", _("Connect account"), _("Account connected"))
    actions.register_action("posting.change", _("Change account"), _("Account changed"))
    actions.register_action("posting.pause", _("Pause account"), _("Account paused"))
    actions.register_action("posting.resume", _("Resume account"), _("Account resumed"))
    actions.register_action("posting.disconnect", _("Disconnect account"), _("Disconnected"))
    actions.register_action("posting.approve", _("Approve post"), _("Post approved"))
    actions.register_action("posting.again", _("Try again"), _("Post tried again"))
    actions.register_action("posting.settle", _("Settle post"), _("Post settled by hand"))
    actions.register_action("posting.leave", _("Leave out"), _("Post left out"))
