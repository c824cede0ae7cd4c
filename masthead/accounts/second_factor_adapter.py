"""How allauth keeps second factors here."""

import logging

from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.shortcuts import render

from masthead.accounts.sealing import seal, unseal
from masthead.core.keys import SealedByAnotherKey

logger = logging.getLogger(__name__)


class SealingAdapter(DefaultMFAAdapter):
    """The secrets of authenticator apps and the seeds of recovery codes are sealed."""

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """
        Ends the request with a page that says what to do when the secret key was replaced.

        Never an empty secret instead: its codes could be computed by anybody.
        """
        try:
            return unseal(encrypted_text)
        except SealedByAnotherKey as sealed:
            logger.warning("A second factor cannot be read: the secret key was replaced.")
            page = render(context.request, "accounts/factor_unreadable.html", status=409)
            raise ImmediateHttpResponse(page) from sealed
