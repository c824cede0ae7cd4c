"""Which outlet is asked: by its own domain, or by the first part of the path."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import get_script_prefix

from masthead.outlets.models import Outlet, Section
from masthead.outlets.models.addressed import RESERVED, RESERVED_BELOW
from tests.factories import a_page, a_section, an_article, an_outlet
from tests.standing import Standing, begins_with, fresh

NETWORK = "127.0.0.1:8000"


def the_courier_on_its_domains() -> Outlet:
    outlet = an_outlet()
    outlet.domains.create(host="courier.example")
    outlet.domains.create(host="www.courier.example")
    outlet.save_revision().publish()
    return Outlet.objects.get(pk=outlet.pk)


def its_port(outlet: Outlet) -> Section:
    return a_section(outlet)


@pytest.fixture
@begins_with(the_courier_on_its_domains)
def courier(db: None, standing: Standing) -> Outlet:
    made = standing.made_by(the_courier_on_its_domains)
    return the_courier_on_its_domains() if made is None else fresh(made)


@pytest.fixture
@begins_with(its_port, after=the_courier_on_its_domains)
def port(courier: Outlet, standing: Standing) -> Section:
    made = standing.made_by(its_port)
    return its_port(courier) if made is None else fresh(made)


def get(client: Client, path: str, host: str) -> Any:
    return client.get(path, headers={"host": host})


@pytest.mark.parametrize(
    ("path", "host"),
    [
        ("/courier/port/", NETWORK),
        ("/courier/port/", "localhost"),
        ("/port/", "courier.example"),
        ("/port/", "COURIER.example:8080"),
        ("/port/", "courier.example."),
        ("/port/", "www.courier.example"),
    ],
)
def test_a_section_is_reached_in_both_forms(port, client, path, host):
    answer = get(client, path, host)

    assert (answer.status_code, "<h1" in answer.content.decode()) == (200, True)


def test_links_stay_in_the_form_that_was_asked(port, client):
    article = an_article(port)

    by_path = get(client, "/courier/", NETWORK).content.decode()
    by_host = get(client, "/", "courier.example").content.decode()

    assert f"href=/courier/port/{article.slug}/" in by_path.replace('"', "")
    assert f"href=/port/{article.slug}/" in by_host.replace('"', "")
    assert "/courier/" not in by_host


def test_both_forms_name_one_canonical_address(port, client):
    article = an_article(port)
    paths = [
        (f"/courier/port/{article.slug}/", NETWORK),
        (f"/port/{article.slug}/", "courier.example"),
    ]

    pages = [get(client, path, host).content.decode() for path, host in paths]

    (links,) = {tuple(re.findall(r"<link[^>]*canonical[^>]*>", page)) for page in pages}
    assert len(links) == 1
    assert f"href=http://courier.example/port/{article.slug}/" in links[0].replace('"', "")


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "example", "evil.courier.example", "10.0.0.1"]
)
@pytest.mark.parametrize("path", ["/", "/courier/", "/desk/", "/-/live"])
def test_a_host_of_nobody_gets_nothing(port, client, host, path):
    assert get(client, path, host).status_code == 421


def test_another_outlets_slug_is_no_address_on_a_domain(port, client):
    an_outlet(slug="tideline", title="Tideline")

    assert get(client, "/tideline/", "courier.example").status_code == 404


@pytest.mark.parametrize("slug", sorted(RESERVED))
def test_the_programs_own_addresses_are_no_outlets(port, client, slug):
    Outlet.objects.filter(slug="courier").update(slug=slug)
    from masthead.outlets.models import OutletSheet

    OutletSheet.objects.update(slug=slug)

    answer = get(client, f"/{slug}/port/", NETWORK)

    assert "<h1>Port</h1>" not in answer.content.decode()


@pytest.mark.parametrize("slug", sorted(RESERVED))
def test_an_outlet_cannot_take_an_address_of_the_program(db, slug):
    with pytest.raises(ValidationError, match="is an address of the program itself"):
        an_outlet(slug=slug)


@pytest.mark.parametrize("slug", sorted(RESERVED_BELOW))
def test_sections_and_plain_pages_cannot_either(courier, slug):
    with pytest.raises(ValidationError, match="is an address of the program itself"):
        courier.add_child(instance=Section(title="x", slug=slug))


def test_asking_leaves_no_prefix_behind(port, client):
    get(client, "/courier/port/", NETWORK)

    assert get_script_prefix() == "/"


def test_an_outlet_taken_down_is_not_there(courier, port, client):
    courier.unpublish()

    assert get(client, "/courier/", NETWORK).status_code == 404
    assert get(client, "/", "courier.example").status_code == 421


def test_plain_pages_are_reached_in_both_forms(courier, client):
    a_page(courier, title="About", purpose="about")

    answers = [get(client, "/courier/about/", NETWORK), get(client, "/about/", "courier.example")]

    assert [answer.status_code for answer in answers] == [200, 200]


@pytest.mark.parametrize(
    "path",
    [
        "//courier/",
        "/courier//port/",
        "/courier/../desk/",
        "/courier/%2e%2e/",
        "/courier/%00/",
        "/%ff/",
        "/courier/\u202e/",
    ],
)
def test_odd_paths_are_answered_and_never_fall_over(port, client, path):
    assert get(client, path, NETWORK).status_code in {200, 301, 302, 400, 404}


def test_an_open_page_costs_one_query_for_its_outlet(port, client, django_assert_num_queries):
    get(client, "/courier/nowhere/", NETWORK)

    with django_assert_num_queries(4):  # sheet, article, newest, moves
        get(client, "/courier/nowhere/", NETWORK)
