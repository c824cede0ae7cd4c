"""Signing in and one's own account speak with one voice, whoever wrote the screens below."""

from pathlib import Path

import pytest
from allauth.account.views import LoginView
from django.conf import settings
from django.template.loader import get_template
from django.utils.module_loading import import_string

import masthead

OURS = Path(masthead.__file__).parent
# What a member of staff can come to; the rest of allauth's is for sign-up, mail and telephones.
SCREENS = [
    "account/account_inactive.html",
    "account/base_reauthenticate.html",
    "account/login.html",
    "account/logout.html",
    "account/password_change.html",
    "account/password_reset.html",
    "account/password_reset_done.html",
    "account/password_reset_from_key.html",
    "account/password_reset_from_key_done.html",
    "account/password_set.html",
    "account/reauthenticate.html",
    "account/signup_closed.html",
    "mfa/authenticate.html",
    "mfa/index.html",
    "mfa/reauthenticate.html",
    "mfa/recovery_codes/generate.html",
    "mfa/recovery_codes/index.html",
    "mfa/totp/activate_form.html",
    "mfa/totp/deactivate_form.html",
    "mfa/webauthn/add_form.html",
    "mfa/webauthn/authenticator_confirm_delete.html",
    "mfa/webauthn/authenticator_list.html",
    "mfa/webauthn/edit_form.html",
    "mfa/webauthn/reauthenticate.html",
]


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_ours(name):
    assert Path(get_template(name).origin.name).is_relative_to(OURS)


@pytest.mark.parametrize("path", [*settings.ACCOUNT_FORMS.values(), *settings.MFA_FORMS.values()])
def test_a_form_is_ours(path):
    assert import_string(path).__module__.startswith("masthead.")


def test_signing_in_asks_in_our_words(rf):
    form = LoginView(request=rf.get("/")).get_form_class()()

    assert [str(field.label) for field in form] == [
        "E-mail address",
        "Password",
        "Stay signed in on this device",
    ]
    assert "I do not know it any more" in str(form["password"].help_text)


def test_recovery_codes_say_what_they_are_for(db):
    page = get_template("mfa/recovery_codes/index.html").render(
        {"unused_codes": ["abcd"], "total_count": 10, "can_view_codes": True}
    )

    assert "For the day the phone is lost" in page
    assert "<li>abcd</li>" in page
