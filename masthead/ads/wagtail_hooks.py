"""Advertising in the desk's menu and in its audit log."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from masthead.ads.selling.rules import may_sell


class AdsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_sell(request.user)


@hooks.register("register_admin_urls")
def ads_urls() -> list[URLResolver]:
    return [
        path("ads/reports/", include("masthead.ads.reports.urls")),
        path("ads/", include("masthead.ads.desk.urls")),
    ]


@hooks.register("insert_global_admin_css")
def ads_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("masthead/ads/desk.css"))


@hooks.register("insert_global_admin_css")
def reports_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("masthead/ads/reports.css"))


@hooks.register("register_admin_menu_item")
def ads_menu_item() -> AdsMenuItem:
    return AdsMenuItem(
        _("Advertising"), reverse_lazy("ads:index"), name="ads", icon_name="tag", order=34
    )


@hooks.register("register_log_actions")
def ads_log_actions(actions: Any) -> None:
    for name, label, told in (
        ("advertiser.make", _("Make advertiser"), _("Advertiser made")),
        ("advertiser.change", _("Change advertiser"), _("Advertiser changed")),
        ("campaign.book", _("Book campaign"), _("Campaign made")),
        ("campaign.confirm", _("Confirm campaign"), _("Campaign booked")),
        ("campaign.change", _("Change campaign"), _("Campaign changed")),
        ("campaign.cancel", _("Cancel campaign"), _("Campaign cancelled")),
        ("flight.add", _("Add flight"), _("Flight added")),
        ("flight.change", _("Change flight"), _("Flight changed")),
        ("flight.pause", _("Pause flight"), _("Flight paused")),
        ("flight.resume", _("Resume flight"), _("Flight goes on")),
        ("flight.make-good", _("Make good"), _("Flight made good")),
        ("flight.drop", _("Drop flight"), _("Flight dropped")),
        ("sellers-file", _("Keep sellers’ file"), _("Sellers’ file kept")),
        ("package", _("Keep package"), _("Package kept")),
        ("invoice", _("Issue invoice"), _("Invoice issued")),
        ("credit-note", _("Issue credit note"), _("Credit note issued")),
        ("payment", _("Take payment"), _("Paid")),
        ("give-back", _("Give back"), _("Payment given back")),
        ("dispute.opened", _("Dispute payment"), _("The bank wants the payment back")),
        ("dispute.won", _("Keep payment"), _("The payment stays")),
        ("dispute.lost", _("Lose payment"), _("The bank took the payment back")),
        ("creative.add", _("Add creative"), _("Creative added")),
        ("creative.change", _("Change creative"), _("Creative changed")),
        ("creative.approve", _("Approve creative"), _("Creative approved")),
        ("creative.refuse", _("Refuse creative"), _("Creative refused")),
        ("creative.drop", _("Drop creative"), _("Creative dropped")),
        ("place.set", _("Set place"), _("Place set")),
    ):
        actions.register_action(f"ads.{name}", label, told)
