"""Somebody who came by a one-time link is told how to come back."""

import pytest

from masthead.accounts.models import Role
from tests.factories import a_person, at_desk

PASSKEY, PASSWORD = 'href="/account/2fa/"', 'href="/account/password/set/"'


@pytest.mark.parametrize("role", [Role.REPORTER, Role.EDITOR])
def test_a_newcomer_is_offered_a_passkey_and_a_password(courier, role):
    person = a_person("ann", role, courier.outlet)

    home = at_desk(person).get("/desk/").content.decode()

    assert [PASSKEY in home, PASSWORD in home] == [True, True]


def test_whoever_has_a_password_is_not_asked_for_another(courier):
    person = a_person("ann", Role.REPORTER, courier.outlet)
    person.set_password("a long one of ours")
    person.save()

    home = at_desk(person).get("/desk/").content.decode()

    assert [PASSKEY in home, PASSWORD in home] == [True, False]
