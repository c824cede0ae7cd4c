"""Olga owns the network, Fay publishes the Courier, Ada edits it, Bo reports for its news."""

import pytest
from wagtail.models import Page

from masthead.accounts.models import Role, User
from masthead.desk.actions import ensure_copy_desk_workflow
from masthead.outlets.actions import set_up_tree
from masthead.outlets.models import Outlet
from tests.desk.factory import a_person, a_section, an_outlet
from tests.standing import Standing, begins_with, fresh


def a_set_up_network() -> Page:
    set_up_tree()
    ensure_copy_desk_workflow()
    return Page.get_first_root_node()


def the_courier(network: Page) -> Outlet:
    return an_outlet()


@pytest.fixture
@begins_with(a_set_up_network)
def network(db, standing: Standing) -> Page:
    made = standing.made_by(a_set_up_network)
    return a_set_up_network() if made is None else fresh(made)


@pytest.fixture
@begins_with(the_courier, after=a_set_up_network)
def courier(network, standing: Standing) -> Outlet:
    made = standing.made_by(the_courier)
    return an_outlet() if made is None else fresh(made)


@pytest.fixture
def tideline(network) -> Outlet:
    return an_outlet("Tideline", ("Coast", "News"))


def an_editor(courier: Outlet) -> User:
    return a_person("ada", Role.EDITOR, courier)


def a_reporter(courier: Outlet) -> User:
    return a_person("bo", Role.REPORTER, a_section(courier))


def an_owner(network: Page) -> User:
    return a_person("olga", Role.OWNER, network)


@pytest.fixture
@begins_with(an_owner, after=a_set_up_network)
def olga(network, standing: Standing) -> User:
    made = standing.made_by(an_owner)
    return an_owner(network) if made is None else fresh(made)


@pytest.fixture
def fay(courier) -> User:
    return a_person("fay", Role.PUBLISHER, courier)


@pytest.fixture
@begins_with(an_editor, after=the_courier)
def ada(courier, standing: Standing) -> User:
    made = standing.made_by(an_editor)
    return an_editor(courier) if made is None else fresh(made)


@pytest.fixture
@begins_with(a_reporter, after=the_courier)
def bo(courier, standing: Standing) -> User:
    made = standing.made_by(a_reporter)
    return a_reporter(courier) if made is None else fresh(made)
