"""Somebody who came by a one-time link is told how to come back."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from masthead.accounts.models import Role
from masthead.accounts.second_factor import can_come_back
from tests.factories import a_person, at_desk

from .conftest import a_client

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


def test_an_app_alone_is_no_way_back(bo):
    bo.set_unusable_password()
    bo.save()
    TOTP.activate(bo, generate_totp_secret())
    assert not can_come_back(bo)

    bo.set_password("a long walk along the quay")
    assert can_come_back(bo)


def test_without_a_password_no_app_is_offered_but_a_password(bo):
    bo.set_unusable_password()
    bo.save()
    client = a_client()
    client.force_login(bo, backend="django.contrib.auth.backends.ModelBackend")

    page = client.get("/account/2fa/").content.decode()
    straight = client.get("/account/2fa/totp/activate/")

    assert "Set a password first" in page
    assert "Set up an app" not in page
    assert straight.headers["Location"] == "/account/password/set/"


def test_the_account_screen_leads_to_what_one_signs_in_with(courier):
    person = a_person("ann", Role.REPORTER, courier.outlet)

    account = at_desk(person).get("/desk/account/").content.decode()

    assert f'{PASSKEY} class="button button-primary">Signing in</a>' in account
