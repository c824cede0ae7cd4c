"""The letter that brings an invitation."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from masthead.accounts.models import User

logger = logging.getLogger(__name__)


def mail(*, email: str, link: str, by: User) -> bool:
    """
    Send the link; answers whether it left the machine.

    Without a mail server, or when it refuses, whoever invites hands the link over.
    """
    text = render_to_string("accounts/invitation.txt", {"link": link, "by": by})
    try:
        send_mail(_("Your place at the desk"), text, settings.DEFAULT_FROM_EMAIL, [email])
    except (SMTPException, OSError) as refusal:
        logger.warning("The invitation could not be mailed: %s", refusal)
        return False
    return "filebased" not in settings.EMAIL_BACKEND
