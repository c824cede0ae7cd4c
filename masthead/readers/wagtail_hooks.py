"""The readers in the desk's menu and in the audit log."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from masthead.readers.rules import may_see_readers


class ReadersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_readers(request.user)


@hooks.register("register_admin_urls")
def reader_urls() -> list[URLResolver]:
    return [path("readers/", include("masthead.readers.urls"))]


@hooks.register("register_admin_menu_item")
def readers_menu_item() -> ReadersMenuItem:
    return ReadersMenuItem(
        _("Readers"), reverse_lazy("readers:index"), name="readers", icon_name="user", order=90
    )


@hooks.register("register_log_actions")
def reader_log_actions(actions: Any) -> None:
    actions.register_action("readers.add", _("Add reader"), _("Reader added by hand"))
    actions.register_action("readers.grant", _("Give benefit"), _("Benefit given by hand"))
    actions.register_action("readers.end", _("End benefit"), _("Benefit ended by hand"))
