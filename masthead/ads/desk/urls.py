"""The ad desk's addresses."""

from django.urls import path

from masthead.ads.desk import (
    advertisers,
    authorised,
    campaigns,
    creatives,
    flights,
    importing,
    lists,
    packages,
    papers,
)

app_name = "ads"
_CAMPAIGN = "campaigns/<uuid:public_id>/"
_FLIGHT = "flights/<uuid:public_id>/"
_CREATIVE = "creatives/<uuid:public_id>/"
urlpatterns = [
    path("", lists.campaigns, name="index"),
    path("advertisers/", lists.advertisers, name="advertisers"),
    path("advertisers/new/", advertisers.make, name="make_advertiser"),
    path("advertisers/<uuid:public_id>/", advertisers.advertiser, name="advertiser"),
    path("sellers/", authorised.index, name="authorised"),
    path("sellers/<str:root>/<str:name>/", authorised.file, name="sellers_file"),
    path("sellers/<str:root>/<str:name>/read-back/", authorised.read_back, name="read_back"),
    path("packages/", packages.packages, name="packages"),
    path("packages/new/", packages.package, name="make_package"),
    path("packages/<uuid:public_id>/", packages.package, name="package"),
    path("import/", importing.import_campaigns, name="import"),
    path("creatives/", lists.creatives, name="creatives"),
    path("campaigns/new/", campaigns.make, name="make_campaign"),
    path(_CAMPAIGN, campaigns.campaign, name="campaign"),
    path(f"{_CAMPAIGN}change/", campaigns.change, name="change_campaign"),
    path(f"{_CAMPAIGN}confirm/", campaigns.confirm, name="confirm_campaign"),
    path(f"{_CAMPAIGN}cancel/", campaigns.cancel, name="cancel_campaign"),
    path(f"{_CAMPAIGN}invoice/", papers.invoice, name="invoice"),
    path(f"{_CAMPAIGN}credit/", papers.credit, name="credit"),
    path(f"{_CAMPAIGN}invoices/<int:number>.pdf", papers.invoice_pdf, name="invoice_pdf"),
    path(f"{_CAMPAIGN}credit-notes/<int:number>.pdf", papers.credit_note_pdf, name="credit_pdf"),
    path(f"{_CAMPAIGN}report.pdf", papers.report_pdf, name="report_pdf"),
    path(f"{_CAMPAIGN}flights/new/", flights.add, name="add_flight"),
    path(_FLIGHT, flights.change, name="flight"),
    path(f"{_FLIGHT}pause/", flights.pause, name="pause_flight"),
    path(f"{_FLIGHT}resume/", flights.resume, name="resume_flight"),
    path(f"{_FLIGHT}make-good/", flights.make_good, name="make_good"),
    path(f"{_FLIGHT}drop/", flights.drop, name="drop_flight"),
    path(f"{_FLIGHT}creatives/new/", creatives.add, name="add_creative"),
    path(_CREATIVE, creatives.change, name="creative"),
    path(f"{_CREATIVE}approve/", creatives.approve, name="approve_creative"),
    path(f"{_CREATIVE}refuse/", creatives.refuse, name="refuse_creative"),
    path(f"{_CREATIVE}drop/", creatives.drop, name="drop_creative"),
]
