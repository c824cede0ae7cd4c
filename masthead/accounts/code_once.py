"""A code of an authenticator app is taken once, for as long as it is good."""

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import BaseAuthenticateForm
from allauth.mfa.models import Authenticator
from django.core.cache import cache

# A key that begins so is counted by all processes together (`accounts.counting`).
KEY = "allauth.masthead.code-once"


class CodeOnce(BaseAuthenticateForm):
    """
    Remembers a used code through every period in which it would be taken.

    Codes of the period before and after are good too (RFC 6238, section 5.2: the way of a code
    through the network takes time, and clocks differ); allauth remembers one for a period only.
    """

    def clean_code(self) -> str:
        code: str = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP:
            digits = "".join(filter(str.isdigit, code))
            periods = 2 * app_settings.TOTP_TOLERANCE + 1
            good_for = periods * app_settings.TOTP_PERIOD
            if not cache.add(f"{KEY}?{self.user.pk}:{digits}", True, timeout=good_for):
                raise get_adapter().validation_error("incorrect_code")
        return code
