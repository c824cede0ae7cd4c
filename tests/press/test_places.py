"""Whose a host is: nobody's title takes the network's."""

import pytest
from django.core.exceptions import ValidationError

from masthead.outlets.actions import write_sheets
from masthead.outlets.models import Domain
from masthead.press.places import all_sheets, find_place, hosts, network_host
from tests.factories import NOON, an_outlet


@pytest.fixture
def courier(db):
    return an_outlet()


@pytest.fixture
def tideline(courier):
    return an_outlet(slug="tideline", title="Tideline")


def test_the_networks_own_host_is_refused_as_a_titles_domain(courier):
    domain = Domain(outlet=courier, host=network_host())

    with pytest.raises(ValidationError, match="network's own address"):
        domain.clean()


def test_a_title_that_has_it_all_the_same_takes_nothing_from_its_sisters(courier, tideline):
    before = hosts(all_sheets(), complete=True).tables[network_host()]
    courier.domains.create(host=network_host())
    write_sheets(at=NOON)

    after = hosts(all_sheets(), complete=True)

    sisters = {path for path in before.to_app if path.startswith("/tideline/")}
    assert sisters
    assert sisters <= set(after.tables[network_host()].to_app)
    assert after.canonical[network_host()] == network_host()
    assert find_place(host=network_host(), path="/tideline/").sheet.slug == "tideline"
