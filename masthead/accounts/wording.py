"""Sign-in forms in our own words: allauth's fields, labelled as the rest of the desk is."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from masthead.accounts.code_once import CodeOnce

LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "remember": _("Stay signed in on this device"),
    "oldpassword": _("The password you have now"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
    "code": _("Code"),
}


class OurWords(forms.BaseForm):
    """A label says what a field is for; words inside it would go as soon as one types."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
        if "password" in self.fields:
            self.fields["password"].help_text = format_html(
                '<a href="{}">{}</a>',
                reverse("account_reset_password"),
                gettext("I do not know it any more"),
            )


class SignInForm(OurWords, account.LoginForm):
    pass


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    pass


class SetPasswordForm(OurWords, account.SetPasswordForm):
    pass


class NewPasswordForm(OurWords, account.ResetPasswordKeyForm):
    pass


class PasswordAgainForm(OurWords, account.ReauthenticateForm):
    pass


class CodeForm(OurWords, CodeOnce, mfa.AuthenticateForm):
    pass


class CodeAgainForm(OurWords, CodeOnce, mfa.ReauthenticateForm):
    pass


class FirstCodeForm(OurWords, totp.ActivateTOTPForm):
    pass
