"""How allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.http import HttpRequest
from django.urls import reverse

from masthead.accounts.second_factor import has_just_added_first, may_add_first


class StaffAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: staff are invited, readers come with their own app."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Where the other half of one's way in is."""
        return reverse("mfa_index")

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """
        Not of whoever has just signed in and sets up the first second step, nor of whoever typed
        the first code of a new app just now and wants the spare codes.
        """
        request = context.request
        if app.endswith("mfa") and (may_add_first(request) or has_just_added_first(request)):
            return False
        return bool(super().is_reauthentication_required(app=app, **more))
