"""Somebody has a copy of the database and nothing else: it opens no account."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from masthead.accounts.actions import make_sign_in_link
from masthead.accounts.housekeeping import seal_anew
from masthead.accounts.models import User
from masthead.accounts.sealing import needs_sealing, seal, unseal
from masthead.accounts.session_store import SessionStore
from masthead.core.keys import SealedByAnotherKey

from .conftest import a_client, at_desk
from .test_second_factor import a_code, signed_in

COOKIE = django_settings.SESSION_COOKIE_NAME


def kept_factors() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        return str(cursor.fetchall())


def kept_sessions() -> set[str]:
    return set(Session.objects.values_list("session_key", flat=True))


def with_app(user: User) -> str:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def test_an_authenticator_apps_secret_is_not_readable_and_its_codes_work(ada):
    secret = with_app(ada)

    client = signed_in(ada)
    client.post("/account/2fa/authenticate/", {"code": a_code(secret)})

    assert secret not in kept_factors()
    assert client.get("/desk/").status_code == 200


def test_recovery_codes_cannot_be_computed_and_each_works_once(ada, monkeypatch):
    monkeypatch.setattr(RecoveryCodes, "generate_seed", classmethod(lambda cls: "ab" * 40))

    codes = RecoveryCodes.activate(ada)
    first = codes.get_unused_codes()[0]

    assert "ab" * 40 not in kept_factors()
    assert [codes.validate_code(first) for _ in range(2)] == [True, False]


def test_the_same_secret_looks_different_each_time():
    assert seal("one") != seal("one")
    assert {unseal(seal("one")) for _ in range(2)} == {"one"}


def test_a_secret_from_before_they_were_sealed_still_counts_and_is_sealed_by_night(ada):
    secret = generate_totp_secret()
    Authenticator.objects.create(user=ada, type="totp", data={"secret": secret})

    seal_anew()

    assert secret not in kept_factors()
    assert TOTP(Authenticator.objects.get()).validate_code(a_code(secret)) is True


def test_a_former_key_opens_until_all_is_sealed_with_the_new_one(ada, settings):
    secret = with_app(ada)
    former = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new" * 20, [former]

    before = unseal(Authenticator.objects.get().data["secret"])
    seal_anew()
    settings.SECRET_KEY_FALLBACKS = []

    after = Authenticator.objects.get().data["secret"]
    assert (before, unseal(after), needs_sealing(after)) == (secret, secret, False)


def test_what_no_key_opens_is_left_as_it_is(ada, settings):
    with_app(ada)
    kept = kept_factors()
    settings.SECRET_KEY = "new" * 20

    seal_anew()

    assert kept_factors() == kept
    with pytest.raises(SealedByAnotherKey):
        unseal(Authenticator.objects.get().data["secret"])


def test_with_another_key_nobody_gets_in_and_the_page_says_what_to_do(ada, settings):
    secret = with_app(ada)
    settings.SECRET_KEY = "new" * 20
    client = signed_in(ada)

    answer = client.post("/account/2fa/authenticate/", {"code": a_code(secret)})

    assert answer.status_code == 409
    assert "another secret key" in answer.content.decode()
    assert client.get("/desk/").status_code == 302


def test_a_sessions_cookie_is_not_in_the_database(bo):
    client = at_desk(bo)
    cookie = client.cookies[COOKIE].value

    assert client.get("/desk/").status_code == 200
    assert len(kept_sessions()) == 1
    assert cookie not in kept_sessions()


def test_what_the_database_holds_opens_no_session(bo):
    at_desk(bo)
    thief = a_client()

    thief.cookies[COOKIE] = kept_sessions().pop()

    assert thief.get("/desk/").status_code == 302


def test_signing_out_deletes_the_session(bo):
    client = at_desk(bo)

    client.post("/account/logout/")

    assert kept_sessions() == set()


@pytest.mark.django_db
def test_a_new_key_for_a_session_leaves_nothing_of_the_old_one():
    store = SessionStore()
    store["word"] = "port"
    store.save()
    old = store.session_key

    store.cycle_key()
    store.save()

    assert SessionStore(store.session_key)["word"] == "port"
    assert (SessionStore().exists(old), len(kept_sessions())) == (False, 1)


def test_who_is_signed_in_stays_so_when_the_key_changes_and_the_former_is_named(bo, settings):
    client = at_desk(bo)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new" * 20, [settings.SECRET_KEY]

    assert client.get("/desk/").status_code == 200


def test_a_session_that_has_ended_is_nobodys(bo):
    client = at_desk(bo)
    Session.objects.update(expire_date=timezone.now())

    assert client.get("/desk/").status_code == 302


def test_signing_out_everywhere_ends_every_session_of_one_person(bo, fay):
    first, second, other = at_desk(bo), at_desk(bo), at_desk(fay)

    first.post("/account/sessions/end/")

    assert [client.get("/desk/").status_code for client in (first, second)] == [302, 302]
    assert other.get("/desk/").status_code == 200


def test_with_another_key_a_link_from_the_console_removes_what_nobody_can_read(ada, settings):
    with_app(ada)
    RecoveryCodes.activate(ada)
    settings.SECRET_KEY = "new" * 20
    client = a_client()

    link = make_sign_in_link(user=ada, at=timezone.now())
    client.post(f"/account/link/{link}/")

    assert Authenticator.objects.count() == 0
    assert client.get("/account/2fa/").status_code == 200


def test_a_link_from_the_console_leaves_what_can_be_read(ada):
    secret = with_app(ada)
    client = a_client()

    link = make_sign_in_link(user=ada, at=timezone.now())
    client.post(f"/account/link/{link}/")

    assert unseal(Authenticator.objects.get().data["secret"]) == secret
