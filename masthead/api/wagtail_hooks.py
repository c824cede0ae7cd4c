"""Partners in the desk's menu and in the audit log."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from masthead.api.rules import may_see_partners


class PartnersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_partners(request.user)


@hooks.register("register_admin_urls")
def partner_urls() -> list[URLResolver]:
    return [path("partners/", include("masthead.api.desk.urls"))]


@hooks.register("register_admin_menu_item")
def partners_menu_item() -> PartnersMenuItem:
    return PartnersMenuItem(
        _("Partners"), reverse_lazy("partners:index"), name="partners", icon_name="key", order=95
    )


@hooks.register("register_log_actions")
def partner_log_actions(actions: Any) -> None:
    actions.register_action("partners.make", _("Make partner"), _("Partner made, with a key"))
    actions.register_action("partners.key", _("New key"), _("Partner given a new key"))
    actions.register_action("partners.revoke", _("Revoke partner"), _("Partner's key revoked"))
