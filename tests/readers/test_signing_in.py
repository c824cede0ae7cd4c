"""One account on all outlets, opened by a code from one's mailbox."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client

from masthead.accounts.actions import assign_role
from masthead.accounts.models import Role, User
from masthead.mail.models import Letter
from masthead.readers import codes
from masthead.readers.models import Proof, Reader, SignedIn
from masthead.readers.pages.answering import inside
from masthead.readers.signing_in import device_of
from tests.factories import NETWORK, NOON, a_person
from tests.readers.browsers import ACCOUNT, CODE, MINUTE, SIGN_IN, a_browser, signed_in


@pytest.fixture
def browser(port: object) -> Client:
    return a_browser()


def test_a_code_opens_the_account(browser, mailbox):
    asked = browser.post(SIGN_IN, {"email": "Cy@Courier.example"})
    entered = browser.post(CODE, {"code": mailbox.code("cy@courier.example").lower()})

    assert (asked.status_code, asked["Location"]) == (303, CODE)
    assert (entered.status_code, entered["Location"]) == (303, ACCOUNT)
    assert b"cy@courier.example" in browser.get(ACCOUNT).content
    assert Reader.objects.get().proved_at is not None


def test_known_and_unknown_are_answered_alike(browser, mailbox):
    Reader.objects.create(email="known@courier.example", joined_at=NOON, proved_at=NOON)

    answers = [
        a_browser().post(SIGN_IN, {"email": email})
        for email in ("known@courier.example", "unknown@courier.example")
    ]

    assert len({(each.status_code, each["Location"]) for each in answers}) == 1
    assert len({tuple(sorted(each.headers)) for each in answers}) == 1
    assert Letter.objects.count() == 2


def test_a_code_is_good_in_the_browser_that_asked_for_it_only(browser, mailbox):
    browser.post(SIGN_IN, {"email": "cy@courier.example"})
    other = a_browser()
    other.post(SIGN_IN, {"email": "eve@courier.example"})

    answer = other.post(CODE, {"code": mailbox.code("cy@courier.example")})

    assert (answer.status_code, SignedIn.objects.count()) == (422, 0)


def test_three_wrong_codes_are_the_end_of_it(browser, mailbox):
    browser.post(SIGN_IN, {"email": "cy@courier.example"})
    right = mailbox.code()

    tried = [browser.post(CODE, {"code": "BBBB-BBBB"}).status_code for _each in range(3)]
    last = browser.post(CODE, {"code": right})

    assert (tried, last.status_code, SignedIn.objects.count()) == ([422] * 3, 410, 0)


def test_a_code_is_good_once(browser, mailbox):
    browser.post(SIGN_IN, {"email": "cy@courier.example"})
    code, cookie = mailbox.code(), browser.cookies["masthead_signing_in"].value
    browser.post(CODE, {"code": code})

    again = a_browser()
    again.cookies["masthead_signing_in"] = cookie

    assert again.post(CODE, {"code": code}).status_code == 410


def test_a_code_is_good_for_a_quarter_of_an_hour(sheet, mailbox):
    asked = codes.ask_for_code(
        email="cy@courier.example", purpose=codes.SIGN_IN, sheet=sheet, source="", at=NOON
    )
    late = {"asked": asked, "typed": mailbox.code(), "purpose": codes.SIGN_IN}

    with pytest.raises(codes.CodeOver):
        codes.use_code(**late, at=NOON + 15 * MINUTE)
    codes.use_code(**late, at=NOON + 14 * MINUTE)


def test_a_code_to_erase_lets_nobody_in(sheet, mailbox):
    asked = codes.ask_for_code(
        email="cy@courier.example", purpose=codes.ERASE, sheet=sheet, source="", at=NOON
    )

    with pytest.raises(codes.CodeOver):
        codes.use_code(asked=asked, typed=mailbox.code(), purpose=codes.SIGN_IN, at=NOON)


def test_asking_anew_voids_the_code_before(browser, mailbox):
    browser.post(SIGN_IN, {"email": "cy@courier.example"})
    old = mailbox.code()
    browser.post(SIGN_IN, {"email": "cy@courier.example"})

    assert Proof.objects.order_by("pk")[0].ends_at <= Proof.objects.order_by("pk")[1].asked_at
    assert browser.post(CODE, {"code": old}).status_code == 422


def test_guessing_for_a_day_is_hopeless():
    a_day_of_tries = 24 * 5 * codes.MOST_TRIES

    assert a_day_of_tries / len(codes.LETTERS) ** codes.LENGTH < 1e-6


def test_the_session_is_a_new_one(browser, mailbox):
    session = browser.session
    session["of"] = "before"
    session.save()
    before = session.session_key

    signed_in(browser, mailbox)

    assert browser.cookies["masthead_session"].value != before


def test_signing_out_ends_the_session(browser, mailbox):
    signed_in(browser, mailbox)

    browser.post("/courier/readers/sign-out/")

    assert (Session.objects.count(), SignedIn.objects.count()) == (0, 0)
    assert browser.get(ACCOUNT).status_code == 303


def test_signing_out_everywhere_else(browser, mailbox):
    signed_in(browser, mailbox)
    other = signed_in(a_browser(), mailbox)

    browser.post("/courier/readers/account/sessions/end/")

    assert (browser.get(ACCOUNT).status_code, other.get(ACCOUNT).status_code) == (200, 303)


def test_forms_of_the_account_need_its_token(mailbox, port):
    strict = Client(enforce_csrf_checks=True, headers={"host": NETWORK})

    assert strict.post(SIGN_IN, {"email": "cy@courier.example"}).status_code == 403


@pytest.mark.parametrize(
    "asked",
    [
        "//evil.example/",
        "/desk/",
        "https://evil.example/",
        "\\\\evil.example",
        "javascript:1",
        "readers/../../desk/",
        ".",
        "../desk/",
        "a//evil.example",
        "a?b=c",
        "a\nb",
        "x" * 501,
    ],
)
def test_nobody_is_led_elsewhere(asked):
    assert inside(asked) == "readers/account/"


@pytest.mark.parametrize("asked", ["", "port/", "port/night-trial/", "newsletters/"])
def test_one_goes_on_to_a_page_of_the_outlet(asked):
    assert inside(asked, otherwise="") == asked


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0",
            "Firefox, Linux",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("curl/8", ""),
    ],
)
def test_a_device_is_told_in_two_words(agent, device):
    assert device_of(agent) == device


# The desk


def test_a_code_from_the_mailbox_opens_no_desk(browser, mailbox, bo):
    signed_in(browser, mailbox, bo.email)

    desk = browser.get("/desk/", headers={"host": NETWORK})
    factors = browser.get("/account/2fa/", headers={"host": NETWORK})

    assert Reader.objects.get().user == bo
    assert [
        (each.status_code, "/account/login/" in each["Location"]) for each in (desk, factors)
    ] == [(302, True)] * 2


def test_somebody_of_the_staff_still_shows_a_second_factor(browser, mailbox, ada):
    signed_in(browser, mailbox, ada.email)
    client = browser
    client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")

    answer = client.get("/desk/", headers={"host": NETWORK})

    assert (answer.status_code, answer["Location"]) == (302, "/account/2fa/")


def test_reading_never_costs_the_desk_its_session(mailbox, ada, port):
    browser = a_browser()
    browser.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")
    key = browser.session.session_key

    signed_in(browser, mailbox, ada.email)

    assert browser.session.session_key == key
    assert Reader.objects.get().user == ada


@pytest.mark.parametrize("path", ["", "options/", "1/remove/"])
def test_a_code_from_the_mailbox_adds_no_key_to_the_desk(browser, mailbox, ada, path):
    signed_in(browser, mailbox, ada.email)

    assert browser.post(f"{ACCOUNT}passkeys/{path}").status_code == 404


def test_a_passkey_of_a_reader_is_none_of_the_editor_they_become(browser, mailbox, port):
    signed_in(browser, mailbox)
    user = User.objects.get(email="cy@courier.example")
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Eve"})
    user.set_password("set-by-whoever-read-the-mailbox")
    user.save()

    assign_role(user=user, role=Role.EDITOR, place=port.get_parent(), by=None)

    user.refresh_from_db()
    assert not Authenticator.objects.filter(user=user).exists()
    assert not user.has_usable_password()
    assert browser.get(ACCOUNT).status_code == 303


def test_staff_keep_their_ways_in_with_another_role(ada, port):
    Authenticator.objects.create(user=ada, type=Authenticator.Type.WEBAUTHN, data={"name": "Key"})
    User.objects.update(last_login=NOON)
    ada.refresh_from_db()

    assign_role(user=ada, role=Role.PUBLISHER, place=port.get_parent(), by=None)

    assert Authenticator.objects.filter(user=ada).exists()


def test_a_code_to_the_desks_address_of_who_reads_by_another_opens_no_second_account(
    browser, mailbox, ada
):
    Reader.objects.create(email="own@courier.example", joined_at=NOON, user=ada)
    browser.post(SIGN_IN, {"email": ada.email})

    assert browser.post(CODE, {"code": mailbox.code(ada.email)}).status_code == 403


def test_signing_in_again_leaves_one_session(browser, mailbox):
    signed_in(browser, mailbox)
    signed_in(browser, mailbox, "other@courier.example")

    assert SignedIn.objects.get().reader.email == "other@courier.example"


def test_a_reader_has_no_desk(browser, mailbox):
    signed_in(browser, mailbox)
    user = User.objects.get()

    assert (user.is_staff, user.is_superuser, user.has_usable_password()) == (False, False, False)
    assert browser.get("/desk/", headers={"host": NETWORK}).status_code == 302


def test_whoever_was_shut_out_is_not_let_in(browser, mailbox):
    a_person("cy")
    User.objects.update(is_active=False)
    browser.post(SIGN_IN, {"email": "cy@courier.example"})

    assert browser.post(CODE, {"code": mailbox.code()}).status_code == 403


def test_a_reader_who_pays_gets_their_class_with_signing_in(browser, mailbox, di):
    signed_in(browser, mailbox, di.email)

    assert browser.cookies["masthead_class"].value
