"""Whoever may publish shows a second factor; whoever has one shows it in each session."""

import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.utils import timezone

from masthead.accounts import actions
from masthead.accounts.models import Role, User

from .conftest import PASSWORD, a_client, at_desk

AT_THE_END_OF_A_PERIOD = 1_800_000_000 - 1


def signed_in(user: User) -> Client:
    """By password, as allauth does it."""
    client = a_client()
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    return client


def a_code(secret: str, *, periods_ago: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 - periods_ago))


@pytest.fixture
def ada_with_app(ada) -> tuple[User, str]:
    secret = generate_totp_secret()
    TOTP.activate(ada, secret)
    return ada, secret


def test_a_reporter_needs_no_second_factor(bo):
    assert signed_in(bo).get("/desk/").status_code == 200


@pytest.mark.parametrize("role", [Role.EDITOR, Role.PUBLISHER])
def test_whoever_may_publish_is_led_to_set_one_up(role, a_person, courier):
    client = signed_in(a_person("eve", role, courier.outlet))

    answers = [client.get(path) for path in ("/desk/", "/desk/pages/", "/desk/api/main/pages/")]

    assert {answer["Location"] for answer in answers} == {"/account/2fa/"}


def test_an_owner_is_led_to_set_one_up(owner):
    assert signed_in(owner).get("/desk/")["Location"] == "/account/2fa/"


def test_a_console_link_counts_for_its_session_and_asks_for_a_passkey(owner):
    secret = actions.make_sign_in_link(user=owner, at=timezone.now())
    client = a_client()
    client.post(f"/account/link/{secret}/")

    page = client.get("/desk/")

    assert (page.status_code, b"one-time link" in page.content) == (200, True)
    assert signed_in(owner).get("/desk/").status_code == 302


def test_a_console_links_session_closes_after_a_working_day(owner):
    client = at_desk(owner)
    session = client.session
    session["masthead_console_link"] = {"user": owner.pk, "at": time.time() - 12 * 3600 - 1}
    session.save()

    assert client.get("/desk/")["Location"] == "/account/2fa/"


def test_an_invitation_counts_for_nothing_but_signing_in(fay, courier):
    secret = actions.invite(
        email="gil@x.example", name="Gil", role=Role.EDITOR, place=courier.outlet, by=fay
    )
    client = a_client()
    client.post(f"/account/link/{secret}/")

    assert client.get("/desk/")["Location"] == "/account/2fa/"


def test_signing_in_asks_for_the_code(ada_with_app):
    ada, secret = ada_with_app
    client = signed_in(ada)
    before = client.get("/desk/")["Location"]

    client.post("/account/2fa/authenticate/", {"code": a_code(secret)})

    assert before.startswith("/account/login/")
    assert client.get("/desk/").status_code == 200


@pytest.mark.parametrize(("seconds_later", "lets_in"), [(1, True), (30, True), (61, False)])
def test_a_code_may_be_a_period_late(ada_with_app, seconds_later, lets_in):
    ada, secret = ada_with_app
    with time_machine.travel(AT_THE_END_OF_A_PERIOD, tick=False) as clock:
        client, code = signed_in(ada), a_code(secret)
        clock.shift(seconds_later)

        client.post("/account/2fa/authenticate/", {"code": code})

        assert (client.get("/desk/").status_code == 200) == lets_in


def test_a_code_is_taken_once_however_late_it_is_tried_again(ada_with_app):
    ada, secret = ada_with_app
    with time_machine.travel(AT_THE_END_OF_A_PERIOD, tick=False) as clock:
        code = a_code(secret, periods_ago=-1)  # of a clock that is ahead
        signed_in(ada).post("/account/2fa/authenticate/", {"code": code})
        clock.shift(45)  # allauth has forgotten it by now
        second = signed_in(ada)

        answer = second.post("/account/2fa/authenticate/", {"code": f"{code[:3]} {code[3:]}"})

    assert b"Incorrect code" in answer.content


def test_a_session_that_skipped_the_code_does_not_open_the_desk(ada_with_app):
    ada, _secret = ada_with_app
    client = a_client()
    client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")

    answers = [client.get(path)["Location"] for path in ("/desk/", "/account/2fa/webauthn/add/")]

    assert answers == [
        "/account/2fa/reauthenticate/?next=%2Fdesk%2F",
        "/account/2fa/reauthenticate/?next=%2Faccount%2F2fa%2Fwebauthn%2Fadd%2F",
    ]


def test_showing_the_code_opens_that_session(ada_with_app):
    ada, secret = ada_with_app
    client = a_client()
    client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")

    client.post("/account/2fa/reauthenticate/?next=/desk/", {"code": a_code(secret)})

    assert client.get("/desk/").status_code == 200


def test_setting_up_an_app_opens_the_desk_at_once(ada, monkeypatch):
    # The test's own transaction never commits, and after the answer it would be too late.
    monkeypatch.setattr("django.db.transaction.on_commit", lambda call, **_: call())
    client = signed_in(ada)  # just now, so nobody asks for the password again
    client.get("/account/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]

    client.post("/account/2fa/totp/activate/", {"code": a_code(secret)})

    assert Authenticator.objects.filter(user=ada, type="totp").count() == 1
    assert client.get("/desk/").status_code == 200


def test_after_a_links_first_app_the_spare_codes_are_there_at_once(owner, monkeypatch):
    monkeypatch.setattr("django.db.transaction.on_commit", lambda call, **_: call())
    owner.set_unusable_password()
    owner.save()
    client = a_client()
    secret = actions.make_sign_in_link(user=owner, at=timezone.now())
    client.post(f"/account/link/{secret}/")
    client.post("/account/password/set/", {"password1": PASSWORD, "password2": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.get("/account/2fa/totp/activate/")
    shared = client.session["mfa.totp.secret"]

    client.post("/account/2fa/totp/activate/", {"code": a_code(shared)})

    assert client.get("/account/2fa/recovery-codes/generate/").status_code == 200


def test_somebody_elses_first_app_opens_nothing(ada_with_app):
    ada, _secret = ada_with_app
    client = at_desk(ada)
    session = client.session
    session["masthead_first_factor"] = {"user": ada.pk + 1, "at": time.time()}
    session.save()

    answer = client.get("/account/2fa/recovery-codes/generate/")

    assert answer.url.startswith("/account/reauthenticate/?")


def test_a_session_of_an_earlier_edition_shows_its_factor_again(ada_with_app):
    ada, _secret = ada_with_app
    client = a_client()
    client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["masthead_factor_added"] = ada.pk
    session.save()

    assert client.get("/desk/").url == "/account/2fa/reauthenticate/?next=%2Fdesk%2F"


def test_wagtails_own_sign_in_leads_to_ours(bo):
    client = a_client()

    answers = [
        client.get("/desk/login/?next=/desk/pages/"),
        client.post("/desk/login/", {"username": bo.email, "password": PASSWORD}),
    ]

    assert [answer["Location"] for answer in answers] == [
        "/account/login/?next=%2Fdesk%2Fpages%2F",
        "/account/login/",
    ]


def test_nobody_signs_up_by_themselves(db):
    a_client().post("/account/signup/", {"email": "eve@x.example", "password1": PASSWORD})

    assert User.objects.count() == 0


@pytest.mark.parametrize(
    ("host", "leads"),
    [("127.0.0.1:8000", True), ("[::1]:8000", True), ("localhost:8000", False)],
)
def test_where_no_browser_uses_a_passkey_the_page_says_where_one_does(db, host, leads):
    page = Client(headers={"host": host}).get("/account/login/").content.decode()

    assert ('href="http://localhost:8000/account/login/"' in page) == leads
