"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: staff are invited, readers come with their own app."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
