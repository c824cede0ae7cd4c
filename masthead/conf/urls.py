"""The network's own addresses; each outlet's are in `outlet_urls.py`."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as wagtailadmin_urls

from masthead.ads.authorised.views import of_network
from masthead.conf import health
from masthead.mail.webhooks import webhook
from masthead.memberships.views.provider_calls import stand_in_page, stripe_notice
from masthead.outlets.standard_site import WELL_KNOWN
from masthead.posting.websub.views import hub
from masthead.press.views import network, network_robots
from masthead.search.network import network_search
from masthead.syndication.views import publication_of

urlpatterns: list[URLPattern | URLResolver] = [
    path("", network, name="network"),
    path("search/", network_search, name="network-search"),
    path("desk/", include(wagtailadmin_urls)),
    path("account/", include("masthead.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("media/", include("masthead.pictures.urls")),
    path("-/documents/", include("wagtail.documents.urls")),
    path("robots.txt", network_robots, name="network-robots"),
    *[
        path(name, of_network, {"name": name}, name=f"network-{name}")
        for name in ("ads.txt", "app-ads.txt", "sellers.json")
    ],
    path(f"{WELL_KNOWN}/<slug:slug>", publication_of, name="publication-of"),
    path("-/hub", hub, name="hub"),
    path("-/mail/<slug:service>/", webhook, name="mail-webhook"),
    path("-/payments/stripe", stripe_notice, name="stripe-notice"),
    path("-/stripe/<path:path>", stand_in_page, name="stand-in"),
    path("-/live", health.live, name="live"),
    path("-/ready", health.ready, name="ready"),
]

handler404 = "masthead.press.errors.not_found"
handler403 = "masthead.press.errors.forbidden"
handler500 = "masthead.press.errors.failed"
