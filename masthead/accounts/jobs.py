"""What sign-in leaves to the worker."""

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from masthead.accounts.models import User
from masthead.accounts.queries import network_name
from masthead.jobs.decorator import job

HOUR = 3600


@job(retries=5, give_up_after_seconds=HOUR, unique=True, priority=5)
def mail_reset_link(*, email: str, **_more: object) -> None:
    """
    Send whoever signs in with this address a link to set a new password; else send nothing.

    The link is made here and not by who asks, so that the job table never holds one. At least
    once: after a crash a second, equally good link may follow.
    """
    user = User.objects.filter(email=email, is_active=True).first()
    if user is None:
        return
    network = network_name()
    context = {"network": network, "link": _reset_link(user), "email": user.email}
    send_mail(
        " ".join((_("%(network)s: a new password") % {"network": network}).split()),
        render_to_string("accounts/password_reset.txt", context),
        settings.DEFAULT_FROM_EMAIL,
        [user.email],
    )


def _reset_link(user: User) -> str:
    """Always on the network's own address, whatever host was asked for it."""
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    names = {"uidb36": user_pk_to_url_str(user), "key": token}
    path = reverse("account_reset_password_from_key", kwargs=names, urlconf=settings.ROOT_URLCONF)
    return f"{settings.NETWORK_URL}{path}"
