"""The front pages in the desk's menu."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from masthead.fronts.views import outlets_to_curate


class FrontsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(outlets_to_curate(request.user))


@hooks.register("register_admin_urls")
def front_urls() -> list[URLResolver]:
    return [path("fronts/", include("masthead.fronts.urls"))]


@hooks.register("register_admin_menu_item")
def fronts_menu_item() -> FrontsMenuItem:
    return FrontsMenuItem(
        _("Front pages"), reverse_lazy("fronts:index"), name="fronts", icon_name="table", order=30
    )
