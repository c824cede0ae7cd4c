"""The readers in the desk's menu and in the audit log."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from masthead.mail.kinds import LetterKind, register_letter_kind
from masthead.readers.queries import floods
from masthead.readers.rules import may_see_readers

for name, label in (
    ("readers.confirm", _("Confirmation of an address")),
    ("readers.address-changed", _("Change of an address")),
    ("readers.flood", _("Alarm about sign-ups")),
):
    register_letter_kind(LetterKind(name, label))


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
    actions.register_action("readers.label", _("Label reader"), _("Label put on or taken off"))
    actions.register_action("readers.note", _("Write note"), _("Note written"))
    actions.register_action("readers.import", _("Import readers"), _("List of readers brought in"))
    actions.register_action("readers.export", _("Export readers"), _("Addresses exported"))


class FloodPanel(Component):
    """At the desk's home, to those who may see readers, as long as a flood lasts."""

    name = "readers-flood"
    order = 1
    template_name = "readers/desk/flood_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"floods": floods(at=timezone.now())}


@hooks.register("construct_homepage_panels")
def flood_panel(request: HttpRequest, panels: list[Any]) -> None:
    if may_see_readers(request.user) and floods(at=timezone.now()).exists():
        panels.append(FloodPanel())
