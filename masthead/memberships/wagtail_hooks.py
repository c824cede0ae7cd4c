"""Memberships in the desk's menu and in the audit log."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from masthead.memberships.rules import may_see_members

ACTS = {
    "plan.make": (_("Make plan"), _("Plan made")),
    "plan.change": (_("Change plan"), _("Plan changed")),
    "plan.offer": (_("Put plan on sale"), _("Plan put on sale")),
    "plan.take-off": (_("Take plan off sale"), _("Plan taken off sale")),
    "price.add": (_("Add price"), _("Price added")),
    "price.take-off": (_("Take price off sale"), _("Price taken off sale")),
    "code.make": (_("Make code"), _("Code for a lower price made")),
    "code.end": (_("End code"), _("Code for a lower price ended")),
    "give": (_("Give membership"), _("Membership given by hand")),
    "end-given": (_("End what was given"), _("What was given by hand ended")),
    "give-back": (_("Give money back"), _("Money given back")),
    "cancel": (_("Cancel membership"), _("Membership cancelled at the desk")),
    "export": (_("Export members"), _("Members exported")),
    "compare": (_("Compare with the provider"), _("Compared with the payment provider")),
    "group.give": (_("Give seats"), _("Seats given to a group")),
    "group.change": (_("Change group"), _("Group changed")),
    "group.end": (_("End group"), _("Group ended")),
    "group.free": (_("Free seat"), _("Seat freed at the desk")),
    "letter.change": (_("Change letter"), _("Text of a letter changed")),
    "letter.default": (_("Letter back to ours"), _("Text of a letter put back")),
    "prompt.keep": (_("Keep prompt"), _("Prompt kept")),
    "prompt.drop": (_("Drop prompt"), _("Prompt dropped")),
}


class MembershipsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_members(request.user)


@hooks.register("register_admin_urls")
def membership_urls() -> list[URLResolver]:
    return [path("memberships/", include("masthead.memberships.desk.urls"))]


@hooks.register("insert_global_admin_css")
def memberships_css() -> SafeString:
    return format_html(
        '<link rel="stylesheet" href="{}">', static("masthead/memberships/memberships.css")
    )


@hooks.register("register_admin_menu_item")
def memberships_menu_item() -> MembershipsMenuItem:
    return MembershipsMenuItem(
        _("Memberships"),
        reverse_lazy("memberships:members"),
        name="memberships",
        icon_name="key",
        order=92,
    )


@hooks.register("register_log_actions")
def membership_log_actions(actions: Any) -> None:
    for name, (label, done) in ACTS.items():
        actions.register_action(f"memberships.{name}", label, done)
