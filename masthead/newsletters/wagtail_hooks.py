"""Newsletters in the desk's menu and in its audit log."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from masthead.newsletters.desk.doorways import outlets_to_write_for


class NewslettersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(outlets_to_write_for(request.user))


@hooks.register("register_admin_urls")
def newsletter_urls() -> list[URLResolver]:
    return [path("newsletters/", include("masthead.newsletters.urls"))]


@hooks.register("insert_global_admin_css")
def newsletters_css() -> SafeString:
    return format_html(
        '<link rel="stylesheet" href="{}">', static("masthead/newsletters/newsletters.css")
    )


@hooks.register("register_admin_menu_item")
def newsletters_menu_item() -> NewslettersMenuItem:
    return NewslettersMenuItem(
        _("Newsletters"),
        reverse_lazy("newsletters:index"),
        name="newsletters",
        icon_name="mail",
        order=32,
    )


@hooks.register("register_log_actions")
def newsletter_log_actions(actions: Any) -> None:
    actions.register_action("newsletters.make", _("Make newsletter"), _("Newsletter made"))
    actions.register_action("newsletters.change", _("Change newsletter"), _("Newsletter changed"))
    actions.register_action("newsletters.close", _("Close newsletter"), _("Newsletter closed"))
    actions.register_action("newsletters.edition.make", _("Make edition"), _("Edition made"))
    actions.register_action(
        "newsletters.edition.arrange", _("Build edition anew"), _("Edition built anew")
    )
    actions.register_action(
        "newsletters.edition.schedule", _("Schedule edition"), _("Edition scheduled")
    )
    actions.register_action(
        "newsletters.edition.audience", _("Choose who gets it"), _("Chosen who gets it")
    )
    actions.register_action("newsletters.edition.hold", _("Hold edition"), _("Edition held"))
    actions.register_action("newsletters.edition.drop", _("Drop edition"), _("Edition not sent"))
    actions.register_action("newsletters.edition.pause", _("Pause edition"), _("Edition paused"))
    actions.register_action("newsletters.edition.resume", _("Resume edition"), _("Edition resumed"))
    actions.register_action("newsletters.edition.stop", _("Stop edition"), _("Edition stopped"))
    actions.register_action(
        "newsletters.edition.resend", _("Send to new readers"), _("Sent to those who joined since")
    )
    actions.register_action("newsletters.edition.settle", _("Settle doubt"), _("Doubt settled"))
    actions.register_action("newsletters.edition.test", _("Test edition"), _("Test sent"))
