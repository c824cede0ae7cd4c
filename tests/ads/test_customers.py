"""An advertiser with a link: books, uploads, pays at the stand-in, reads the report, pauses."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from PIL import Image

from masthead.ads.customers import paying
from masthead.ads.customers.invoicing import issue_invoice
from masthead.ads.customers.links import find_advertiser, token_for
from masthead.ads.customers.packages import keep_package
from masthead.ads.customers.taxing import tax_of
from masthead.ads.desk.campaigns import told_flights
from masthead.ads.models import (
    AdInvoice,
    Advertiser,
    Campaign,
    CampaignPayment,
    Creative,
    Package,
    Pause,
)
from masthead.ads.papers import invoice_paper
from masthead.ads.selling import actions
from masthead.ads.selling.delivery import Delivered
from masthead.ads.selling.money import booked_cents, delivered_cents
from masthead.jobs.worker import run_due_jobs
from masthead.memberships.providers.choosing import provider, stand_in
from masthead.memberships.standin_post import post_here
from masthead.outlets.models import Outlet
from tests.ads.factories import (
    a_campaign,
    a_creative_order,
    a_flight,
    a_flight_order,
    an_advertiser,
    an_hour,
)
from tests.factories import NETWORK, NOON

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)


@pytest.fixture(autouse=True)
def noon(time_machine: Any) -> Iterator[Any]:
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def ropes(courier: Outlet, port: object) -> Advertiser:
    provider()  # from now on the stand-in has our endpoint
    return an_advertiser("Ropes & Sons", email="shop@ropes.example", address="Quay 4\nBergen")


@pytest.fixture
def package(courier: Outlet, pia: Any) -> Package:
    return keep_package(
        package=None,
        outlet=courier,
        name="Beside the news",
        text="",
        places=["side"],
        price_cents=1500,
        currency="eur",
        least_views=1000,
        days=30,
        is_offered=True,
        by=pia,
    )


def at_home(advertiser: Advertiser) -> tuple[Client, str]:
    return Client(headers={"host": NETWORK}), f"/courier/advertise/{token_for(advertiser)}/"


def order(package: Package, **fields: Any) -> dict[str, Any]:
    target = BytesIO()
    Image.new("RGB", (640, 360), "navy").save(target, "PNG")
    return {
        "package": str(package.public_id),
        "name": "Winter",
        "views": "2000",
        "first_day": "2026-11-17",
        "last_day": "2026-11-30",
        "kind": "picture",
        "file": SimpleUploadedFile("ropes.png", target.getvalue(), "image/png"),
        "alt": "Ropes",
        "link": "https://ropes.example/",
    } | fields


def test_an_advertiser_books_pays_and_has_an_invoice(ropes, package, settings):
    settings.ADS_TAX_PERCENT = 25
    client, here = at_home(ropes)
    client.post(f"{here}book/", order(package))
    campaign = Campaign.objects.get()
    page = client.post(f"{here}{campaign.public_id}/pay/")
    back = client.post(urlsplit(page["Location"]).path, {"card": "4242", "email": ropes.email})
    answer = client.get(urlsplit(back["Location"]).path)

    campaign.refresh_from_db()
    flight, invoice = campaign.flights.get(), campaign.invoices.get()
    assert answer["Location"] == here
    assert (campaign.state, campaign.paid_at) == ("asked", NOON)
    assert (flight.goal, flight.places, flight.creatives.get().state) == (2000, ["side"], "waiting")
    assert (invoice.net_cents, invoice.tax_cents, invoice.said["to"][0]) == (
        3000,
        750,
        "Ropes & Sons",
    )
    assert CampaignPayment.objects.get().amount_cents == 3750
    assert client.get(f"{here}invoices/{invoice.number}.pdf").content.startswith(b"%PDF-")


def test_a_payment_counts_once_though_the_notice_comes_as_well(ropes, package):
    client, here = at_home(ropes)
    client.post(f"{here}book/", order(package))
    campaign = Campaign.objects.get()
    page = client.post(f"{here}{campaign.public_id}/pay/")
    client.post(urlsplit(page["Location"]).path, {"card": "4242", "email": ropes.email})
    while stand_in().deliver(post_here):
        run_due_jobs()

    payment = CampaignPayment.objects.get()
    assert payment.state == CampaignPayment.State.PAID
    paying.settle_payment(payment=payment, at=NOON)
    assert AdInvoice.objects.count() == 1


def test_however_often_somebody_clicks_there_is_one_payment(ropes, package):
    client, here = at_home(ropes)
    client.post(f"{here}book/", order(package))
    address = f"{here}{Campaign.objects.get().public_id}/pay/"

    pages = {client.post(address)["Location"] for _ in range(3)}

    assert len(pages) == 1


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"views": "10"}, "1000 views at least"),
        ({"last_day": "2027-03-01"}, "30 days at most"),
        ({"first_day": "2026-11-01"}, "first day has passed"),
        ({"link": "javascript:alert(1)"}, "whole web address"),
        ({"kind": "html", "html": "<script>1</script>"}, "valid choice"),
        ({"file": SimpleUploadedFile("a.svg", b"<svg><script/></svg>")}, "SVG drawings"),
    ],
)
def test_what_cannot_be_booked_is_refused_with_a_sentence(ropes, package, fields, why):
    client, here = at_home(ropes)

    answer = client.post(f"{here}book/", order(package, **fields))

    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not Campaign.objects.exists()
    assert not Creative.objects.exists()


def test_a_link_opens_ones_own_alone_and_ends_with_the_address(ropes, package, sam):
    other = an_advertiser("Lamps", email="hello@lamps.example")
    theirs = a_campaign(advertiser=other)
    client, here = at_home(ropes)

    assert client.get(here).status_code == 200
    assert client.get(f"{here}{theirs.public_id}/").status_code == 404
    assert client.post(f"{here}{theirs.public_id}/pause/").status_code == 404
    assert client.get(f"/courier/advertise/{token_for(ropes)[:-1]}x/").status_code == 404

    actions.change_advertiser(advertiser=ropes, by=sam, at=NOON, email="new@ropes.example")
    assert client.get(here).status_code == 404
    assert find_advertiser(token_for(ropes)) == ropes


def test_a_link_is_kept_by_nobody_and_told_to_no_other_site(ropes):
    client, here = at_home(ropes)

    answer = client.get(here)

    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "no-referrer"


def test_an_advertiser_pauses_and_goes_on_but_not_over_the_desk(ropes, courier, sam):
    campaign = a_campaign(
        advertiser=ropes,
        flights=(
            a_flight_order(outlets=(courier,), creatives=(a_creative_order(),)),
            a_flight_order(outlets=(courier,), name="Held"),
        ),
    )
    held = campaign.flights.get(name="Held")
    actions.pause_flight(flight=held, by=sam, at=NOON)
    client, here = at_home(ropes)

    client.post(f"{here}{campaign.public_id}/pause/")
    paused = sorted(campaign.flights.values_list("paused", flat=True))
    client.post(f"{here}{campaign.public_id}/go-on/")

    assert paused == [Pause.ADVERTISER, Pause.DESK]
    assert sorted(campaign.flights.values_list("paused", flat=True)) == [Pause.NONE, Pause.DESK]


def test_the_report_tells_days_by_the_titles_clock_and_is_a_paper_too(ropes, courier):
    campaign = a_campaign(
        advertiser=ropes,
        flights=(a_flight_order(outlets=(courier,), creatives=(a_creative_order(),)),),
    )
    creative = Creative.objects.get()
    for hours, seen in ((0, 5), (1, 7), (24, 11)):
        an_hour(
            courier, creative=creative, at=NOON - timedelta(hours=hours), visible=seen, clicked=1
        )
    client, here = at_home(ropes)

    page = client.get(f"{here}{campaign.public_id}/").content.decode()
    paper = client.get(f"{here}{campaign.public_id}/report.pdf")

    assert "23 times seen" in " ".join(page.split())
    assert page.count("<rect") == 2
    assert paper.content.startswith(b"%PDF-")
    assert paper["Cache-Control"] == "private, no-store"


def test_invoices_are_numbered_without_gaps_and_one_a_campaign(courier, sam):
    first, second = (a_campaign(flights=(a_flight_order(outlets=(courier,)),)) for _ in range(2))

    numbers = [issue_invoice(campaign=each, by=sam, at=NOON).number for each in (first, second)]

    assert numbers == [1, 2]
    with pytest.raises(actions.AdsRefusal, match="already"):
        issue_invoice(campaign=first, by=sam, at=NOON)


def test_what_is_over_costs_what_it_delivered_and_never_more_than_was_ordered(courier, sam):
    flight = a_flight(outlets=(courier,))
    an_hour(courier, creative=flight.creatives.get(), at=NOON, visible=4_000)
    after = NOON + timedelta(weeks=5)

    invoice = issue_invoice(campaign=flight.campaign, by=sam, at=after)

    assert (booked_cents(flight), invoice.net_cents) == (20_000, 8_000)
    assert delivered_cents(flight, views=30_000, clicks=0) == 20_000


def test_what_goes_on_past_its_end_costs_what_was_ordered_and_owes_nothing_yet(courier, sam):
    flight = a_flight(outlets=(courier,), hard_stop=False)
    an_hour(courier, creative=flight.creatives.get(), at=NOON, visible=4_000)
    after = NOON + timedelta(weeks=5)

    invoice = issue_invoice(campaign=flight.campaign, by=sam, at=after)

    assert invoice.net_cents == 20_000
    assert told_flights(flight.campaign, at=after)[0]["owes"] == 0
    with pytest.raises(actions.AdsRefusal, match="not ended"):
        actions.make_good(flight=flight, missing=6_000, ends_at=after + WEEK, by=sam, at=after)


def test_what_no_invoice_says_yet_is_on_the_next_one(courier, sam):
    by_clicks = a_flight(outlets=(courier,), pricing="cpc", amount_cents=50)
    campaign, creative = by_clicks.campaign, by_clicks.creatives.get()
    an_hour(courier, creative=creative, at=NOON, clicked=10)
    first = issue_invoice(campaign=campaign, by=sam, at=NOON)
    actions.add_flight(campaign=campaign, order=a_flight_order(outlets=(courier,)), by=sam, at=NOON)
    an_hour(courier, creative=creative, at=NOON + WEEK, clicked=4)

    second = issue_invoice(campaign=campaign, by=sam, at=NOON + WEEK)

    assert first.net_cents == 500
    assert sorted(line["cents"] for line in second.said["lines"]) == [200, 20_000]
    with pytest.raises(actions.AdsRefusal, match="already"):
        issue_invoice(campaign=campaign, by=sam, at=NOON + WEEK)


def test_the_same_invoice_is_the_same_paper_whatever_stands_in_it(courier, sam):
    advertiser = an_advertiser(
        "Ropes & \u202eSons מחט 面包 <b>", address="\n".join("abcdefgh" * 20)
    )
    campaign = a_campaign(
        advertiser=advertiser, flights=(a_flight_order(outlets=(courier,), name="x" * 90),)
    )
    invoice = issue_invoice(campaign=campaign, by=sam, at=NOON)

    for language in ("en", "ar"):
        with translation.override(language):
            papers = {invoice_paper(AdInvoice.objects.get(pk=invoice.pk)) for _ in range(2)}
        assert len(papers) == 1
        assert next(iter(papers)).count(b"/Type /Page\n") >= 1


@pytest.mark.parametrize(
    ("percent", "net", "tax"), [(0, 1000, 0), (25, 1001, 250), (8.1, 12_345, 1000), (50, 1, 1)]
)
def test_tax_is_rounded_half_up(settings, percent, net, tax):
    settings.ADS_TAX_PERCENT = percent

    assert tax_of(net) == tax


def test_a_rate_of_clicks_is_of_visible_views():
    assert Delivered(offered=9, visible=200, clicked=3).click_rate == 1.5
    assert Delivered().click_rate == 0
