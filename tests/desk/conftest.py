"""Olga owns the network, Fay publishes the Courier, Ada edits it, Bo reports for its news."""

import pytest
from wagtail.models import Page

from masthead.accounts.models import Role, User
from masthead.desk.actions import ensure_copy_desk_workflow
from masthead.outlets.actions import set_up_tree
from masthead.outlets.models import Outlet
from tests.desk.factory import a_person, a_section, an_outlet


@pytest.fixture
def network(db) -> Page:
    set_up_tree()
    ensure_copy_desk_workflow()
    return Page.get_first_root_node()


@pytest.fixture
def courier(network) -> Outlet:
    return an_outlet()


@pytest.fixture
def tideline(network) -> Outlet:
    return an_outlet("Tideline", ("Coast", "News"))


@pytest.fixture
def olga(network) -> User:
    return a_person("olga", Role.OWNER, network)


@pytest.fixture
def fay(courier) -> User:
    return a_person("fay", Role.PUBLISHER, courier)


@pytest.fixture
def ada(courier) -> User:
    return a_person("ada", Role.EDITOR, courier)


@pytest.fixture
def bo(courier) -> User:
    return a_person("bo", Role.REPORTER, a_section(courier))
