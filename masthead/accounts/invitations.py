"""The letter that brings an invitation."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from masthead.accounts.models import User


def mail(*, email: str, link: str, by: User) -> bool:
    """
    Put a letter with the link down; answers whether it will leave the machine.

    Without a mail server whoever invites hands the link over.
    """
    text = render_to_string("accounts/invitation.txt", {"link": link, "by": by})
    send_mail(_("Your place at the desk"), text, settings.DEFAULT_FROM_EMAIL, [email])
    return bool(settings.MAIL_URL)
