"""ads.txt, app-ads.txt and sellers.json: roots, lines, the files, who reads them."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from masthead.accounts.models import Role
from masthead.ads.authorised import actions
from masthead.ads.authorised.jobs import NotThereYet, read_back
from masthead.ads.authorised.lint import lint_ads_txt, read_sellers
from masthead.ads.authorised.roots import root_of
from masthead.ads.models import SellersFile
from masthead.ads.selling.refusals import AdsRefusal
from masthead.core.outbound import Answer
from masthead.outlets.actions import write_sheets
from masthead.outlets.models import Outlet
from tests.factories import NETWORK, NOON, a_person, an_outlet, at_desk

ADS = SellersFile.Name.ADS


@pytest.mark.parametrize(
    ("host", "root"),
    [
        ("courier.example", "courier.example"),
        ("www.courier.example", "courier.example"),
        ("a.b.courier.example", "courier.example"),
        ("news.courier.co.uk", "courier.co.uk"),
        ("courier.co.uk", "courier.co.uk"),
        ("127.0.0.1", "127.0.0.1"),
        ("localhost", "localhost"),
    ],
)
def test_the_root_of_a_host(host, root):
    assert root_of(host) == root


@pytest.mark.parametrize(
    "lines",
    [
        "",
        "# nothing yet",
        "google.com, pub-123, DIRECT, f08c47fec0942fa0  # ours",
        "ADS.example, 9, reseller\nCONTACT=ads@courier.example\nMANAGERDOMAIN=house.example, NO",
    ],
)
def test_good_lines_are_taken(lines):
    assert lint_ads_txt(lines) == []


@pytest.mark.parametrize(
    ("line", "words", "stops"),
    [
        ("google.com, pub-123", "three or four parts", True),
        ("google, pub-123, DIRECT", "domain", True),
        ("https://google.com, pub-123, DIRECT", "domain", True),
        ("google.com, , DIRECT", "account", True),
        ("google.com, pub 123, DIRECT", "account", True),
        ("google.com, pub-123, OWN", "DIRECT or RESELLER", True),
        ("google.com, pub-123, DIRECT, tag", "certification", False),
        ("google.com, 1, DIRECT\nGoogle.com, 1, direct", "same as line 1", False),
        ("OWNERDOMAIN=courier.example", "by the program", True),
        ("SUBDOMAIN=a.courier.example", "by the program", True),
        ("MANAGERDOMAIN=house", "name a domain", True),
        ("CONTACT=", "says nothing", True),
        ("COLOUR=red", "Nobody knows", True),
        ("a\n" * 5002, "more than others read", True),
    ],
)
def test_bad_lines_are_named(line, words, stops):
    (problem, *_) = lint_ads_txt(line)

    assert words in problem.words
    assert problem.stops == stops


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("1, House, house.example", "id, name, domain, type"),
        (", House, house.example, BOTH", "must not be empty"),
        ("1, House, house.example, SELLER", "PUBLISHER"),
        ("1, House, , BOTH", "has a domain"),
        ("1, , , BOTH\n1, , , BOTH", "already"),
    ],
)
def test_bad_sellers_are_named(line, words):
    assert any(words in problem.words for problem in read_sellers(line)[1])


@pytest.fixture
def on_domains(courier: Outlet) -> Outlet:
    """The Courier at courier.example, its sister below at tide.courier.example."""
    tideline = an_outlet(slug="tideline", title="Tideline")
    courier.domains.create(host="courier.example")
    tideline.domains.create(host="tide.courier.example")
    courier.save()
    tideline.save()
    write_sheets(at=NOON)
    return courier


@pytest.mark.django_db
def test_a_file_names_owner_contact_and_subdomains_and_nobody_when_nobody_may_sell(on_domains):
    made = actions.keep_file(root="courier.example", name=ADS, lines="", by=None, at=NOON)

    assert made.text.splitlines() == [
        "OWNERDOMAIN=courier.example",
        "CONTACT=desk@courier.example",
        "SUBDOMAIN=tide.courier.example",
        "placeholder.example.com, placeholder, DIRECT, placeholder",
    ]


@pytest.mark.django_db
def test_each_outlet_gives_its_roots_newest_file(on_domains):
    client = Client()
    host = {"host": "courier.example"}
    assert client.get("/ads.txt", headers=host).status_code == 404

    actions.keep_file(root="courier.example", name=ADS, lines="", by=None, at=NOON)
    lines = "google.com, pub-1, DIRECT"
    newest = actions.keep_file(root="courier.example", name=ADS, lines=lines, by=None, at=NOON)
    sellers = "1, House, house.example, BOTH\n2, , , PUBLISHER"
    actions.keep_file(
        root="courier.example", name=SellersFile.Name.SELLERS, lines=sellers, by=None, at=NOON
    )

    answer = client.get("/ads.txt", headers=host)
    told = json.loads(client.get("/sellers.json", headers=host).content)
    assert answer.content.decode() == newest.text
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert told["sellers"] == [
        {"seller_id": "1", "seller_type": "BOTH", "name": "House", "domain": "house.example"},
        {"seller_id": "2", "seller_type": "PUBLISHER", "is_confidential": 1},
    ]


@pytest.mark.django_db
def test_outlets_in_path_form_share_the_networks_root(courier, port):
    made = actions.keep_file(root="127.0.0.1", name=ADS, lines="", by=None, at=NOON)

    assert Client().get("/ads.txt", headers={"host": NETWORK}).content.decode() == made.text


@pytest.mark.django_db
@pytest.mark.parametrize(("lines", "why"), [("google", "Line 1"), ("", "different")])
def test_what_cannot_be_read_or_is_the_same_is_not_kept(courier, port, lines, why):
    actions.keep_file(root="127.0.0.1", name=ADS, lines="", by=None, at=NOON)

    with pytest.raises(AdsRefusal, match=why):
        actions.keep_file(root="127.0.0.1", name=ADS, lines=lines, by=None, at=NOON)


@pytest.mark.django_db
def test_its_address_is_read_back_until_it_is_the_same(courier, port, monkeypatch):
    made = actions.keep_file(root="127.0.0.1", name=ADS, lines="", by=None, at=NOON)
    asked: list[str] = []
    given = [Answer(200, {}, b"old", ""), Answer(200, {}, made.text.encode(), "")]

    def fetch(url: str, **_: Any) -> Answer:
        asked.append(url)
        return given[len(asked) - 1]

    monkeypatch.setattr(actions, "fetch", fetch)
    with pytest.raises(NotThereYet):
        read_back(file_id=made.pk)
    read_back(file_id=made.pk)

    made.refresh_from_db()
    assert made.read_back == SellersFile.ReadBack.SAME
    assert asked == ["http://127.0.0.1:8000/ads.txt"] * 2


@pytest.mark.django_db
def test_only_who_sells_for_every_title_of_a_domain_keeps_its_files(on_domains, sam):
    net = a_person("nel", Role.SELLER, on_domains.get_parent())
    address = reverse("ads:sellers_file", args=["courier.example", "ads.txt"])

    assert at_desk(sam).get(address).status_code in {302, 403}
    at_desk(net).post(address, {"lines": "google.com, pub-1, DIRECT"})
    page = at_desk(net).get(address)

    assert SellersFile.objects.get().made_by == net
    assert "google.com, pub-1, DIRECT" in page.content.decode()
