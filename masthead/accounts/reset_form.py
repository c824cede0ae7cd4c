"""Asking for a new password."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from masthead.accounts.jobs import mail_reset_link
from masthead.accounts.wording import OurWords


class AskForResetForm(OurWords, ResetPasswordForm):
    """
    Does the same for every address: one row in the job table.

    Looking the user up and mailing them here would take longer than doing nothing for somebody
    else, and so tell who has an account.
    """

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: HttpRequest, **_more: Any) -> str:
        email = str(self.cleaned_data["email"])
        mail_reset_link.later(email=email)
        return email
