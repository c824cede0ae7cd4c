"""From which address an outlet's mail comes."""

from email.utils import parseaddr

from django.conf import settings

from masthead.outlets.sheet import Sheet


def sender_address(sheet: Sheet) -> str:
    """The network's; outlets differ by name, and readers' answers go where the outlet says."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
