"""Mail in the desk's menu and in the audit log."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from masthead.mail.rules import may_see_mail


class MailMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_mail(request.user)


@hooks.register("register_admin_urls")
def mail_urls() -> list[URLResolver]:
    return [path("mail/", include("masthead.mail.urls"))]


@hooks.register("insert_global_admin_css")
def mail_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("masthead/mail/mail.css"))


@hooks.register("register_admin_menu_item")
def mail_menu_item() -> MailMenuItem:
    return MailMenuItem(
        _("Mail"), reverse_lazy("mail:index"), name="mail", icon_name="mail", order=95
    )


@hooks.register("register_log_actions")
def mail_log_actions(actions: Any) -> None:
    actions.register_action("mail.settle", _("Take letter as sent"), _("Letter taken as sent"))
    actions.register_action("mail.again", _("Send letter again"), _("Letter sent again"))
    actions.register_action("mail.suppress", _("Write no more"), _("Address suppressed"))
    actions.register_action("mail.lift", _("Write again"), _("Suppression lifted"))
