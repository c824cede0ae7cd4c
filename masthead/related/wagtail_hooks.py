"""Related articles in the desk: the editor's panel, the screen behind it, the audit log."""

from typing import Any

from django.templatetags.static import static
from django.urls import URLResolver, include, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from masthead.articles.panels import EditPanel, register_edit_panel
from masthead.related.panels import related_panel

register_edit_panel(EditPanel(name="related", tab="about", build=related_panel, order=80))


@hooks.register("register_admin_urls")
def related_urls() -> list[URLResolver]:
    return [path("articles/", include("masthead.related.urls"))]


@hooks.register("insert_global_admin_css")
def related_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("masthead/related/related.css"))


@hooks.register("register_log_actions")
def related_log_actions(actions: Any) -> None:
    actions.register_action("related.pin", _("Pin related article"), _("Related article pinned"))
    actions.register_action("related.ban", _("Ban related article"), _("Related article banned"))
    actions.register_action(
        "related.take_back", _("Take pick back"), _("Related article neither pinned nor banned")
    )
