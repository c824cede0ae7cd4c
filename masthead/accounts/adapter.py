"""How allauth behaves here."""

from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class StaffAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: staff are invited, readers come with their own app."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """
        Always on the network's own address.

        allauth takes the host that was asked, which is whatever the asker wrote: an outlet's
        publisher could have an owner's link sent to a domain of theirs.
        """
        asked: str = super().get_reset_password_from_key_url(key)
        return f"{settings.NETWORK_URL}{urlsplit(asked).path}"
