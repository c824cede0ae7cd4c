"""HTML of others stands in frames that are of no origin."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from masthead.accounts.models import User
from masthead.ads.models import Creative, Place, Placement
from masthead.ads.places.offered import tell_pages
from masthead.ads.providers import find_provider
from masthead.outlets.models import Outlet, Section
from masthead.press.printing import NotForShelf, print_target
from masthead.press.shelf.compressing import identity
from tests.ads.running import a_creative, a_flight
from tests.ads.test_places import PARAGRAPH, path_of, printed, tree_of
from tests.factories import NOON, an_article, at_desk

GOOGLE: dict[str, Any] = {"unit": "/1234567/courier", "sizes": [[300, 250]]}
TAG: dict[str, Any] = {"html": "<script>1</script>", "scripts": ["https://cdn.seller.example"]}


def policy_of(page: Any) -> dict[str, list[str]]:
    rules = (rule.split() for rule in dict(page.headers)["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in rules}


@pytest.mark.django_db
def test_an_approved_creatives_frame_may_do_nothing_to_the_page(sheet: Any) -> None:
    creative = a_creative(a_flight(), kind=Creative.Kind.HTML, html="<script>steal()</script>")

    page = printed(f"-/ads/frame/{creative.public_id}.html")
    policy = policy_of(page)

    assert "allow-same-origin" not in policy["sandbox"]
    assert not [each for each in policy["sandbox"] if "navigation" in each]
    assert policy["default-src"] == policy["connect-src"] == policy["form-action"] == ["'none'"]
    assert policy["script-src"] == ["'unsafe-inline'"]
    assert b'rel="sponsored noopener"' in identity(page.bodies)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields", [{"state": Creative.State.WAITING}, {"kind": Creative.Kind.CARD}], ids=str
)
def test_what_is_not_approved_html_has_no_frame(sheet: Any, fields: dict[str, str]) -> None:
    creative = a_creative(a_flight(), **{"kind": Creative.Kind.HTML, "html": "<b>x</b>"} | fields)

    with pytest.raises(NotForShelf):
        printed(f"-/ads/frame/{creative.public_id}.html")


@pytest.mark.django_db
def test_anothers_tag_waits_in_its_place_and_the_page_keeps_its_policy(
    courier: Outlet, port: Section
) -> None:
    article = an_article(port, text=PARAGRAPH * 6)
    before = policy_of(printed(path_of(article)))
    Placement.objects.create(outlet=courier, place=Place.TOP, provider="google", settings=GOOGLE)
    tell_pages(at=NOON)

    page = printed(path_of(article))
    (place,) = tree_of(page).xpath("//aside[@data-ad]")
    framed = policy_of(
        print_target(host="127.0.0.1", target=place.get("data-ad-tag"), variant="public")
    )

    assert (place.get("data-ad-needs"), place.get("data-ad")) == ("consent", "top")
    assert {**policy_of(page), "style-src": []} == {**before, "style-src": []}
    assert b"doubleclick" not in identity(page.bodies)
    assert "https://*.doubleclick.net" in framed["script-src"]
    assert "allow-same-origin" not in framed["sandbox"]


@pytest.mark.parametrize(
    ("name", "given", "is_good"),
    [
        ("google", GOOGLE, True),
        ("google", GOOGLE | {"unit": '/1/x"></script>'}, False),
        ("google", GOOGLE | {"unit": "courier"}, False),
        ("google", GOOGLE | {"sizes": []}, False),
        ("google", GOOGLE | {"sizes": [["300", 250]]}, False),
        ("google", {}, False),
        ("tag", TAG, True),
        ("tag", TAG | {"html": ""}, False),
        ("tag", TAG | {"scripts": ["http://cdn.seller.example"]}, False),
        ("tag", TAG | {"scripts": ["https://x; script-src *"]}, False),
    ],
)
def test_settings_of_a_provider_are_checked(
    name: str, given: dict[str, Any], is_good: bool
) -> None:
    provider = find_provider(name)
    assert provider is not None

    if is_good:
        provider.check(given)
        assert provider.document(given, Place.TOP).html
    else:
        with pytest.raises(ValidationError):
            provider.check(given)


@pytest.mark.django_db
def test_a_creative_is_looked_at_on_the_real_page_before_it_is_approved(
    courier: Outlet, port: Section, sam: User, client: Client
) -> None:
    an_article(port, text=PARAGRAPH * 6)
    waiting = {"kind": Creative.Kind.HTML, "html": "<b>x</b>", "state": Creative.State.WAITING}
    flight = a_flight(places=["in-text"])
    flight.outlets.add(courier)
    creative = a_creative(flight, **waiting)
    address = reverse("ads-preview", args=[creative.public_id])
    desk = at_desk(sam)

    page, made = desk.get(address), desk.get(f"{address}list.json").json()
    frame = desk.get(made["f"][0]["a"][0]["u"])

    assert f'data-list="{address}list.json"' in page.text
    assert " data-preview" in page.text
    assert made["f"][0]["c"] == {"in-text": 1.0}
    assert frame.headers["Content-Security-Policy"].startswith("sandbox allow-scripts")
    assert client.get(address, headers={"host": "localhost"}).status_code == 302
