"""Which transport the operator has chosen."""

from django.conf import settings

from masthead.mail.transport import Transport
from masthead.mail.transport.folder import Folder


def transport() -> Transport:
    """By the setting `mail_url`; without one, the folder `mail` in the data folder."""
    return Folder(settings.DATA / "mail")
