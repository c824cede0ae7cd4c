"""Sam sells advertising for the Courier; Pia publishes it."""

import pytest

from masthead.accounts.models import Role, User
from masthead.outlets.models import Outlet
from tests.factories import a_person


@pytest.fixture
def sam(courier: Outlet) -> User:
    return a_person("sam", Role.SELLER, courier)


@pytest.fixture
def pia(courier: Outlet) -> User:
    return a_person("pia", Role.PUBLISHER, courier)
