"""
Reports of two services that anymail reads only with their own libraries beside it: Resend's
signature (Svix's scheme) is 20 lines, and Amazon's SNS is confirmed by asking one address.
"""

import base64
import hmac
import json
import re
import time
from binascii import Error
from typing import Any
from urllib.parse import urlsplit

from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.webhooks.amazon_ses import AmazonSESTrackingWebhookView
from anymail.webhooks.base import AnymailBaseWebhookView
from anymail.webhooks.resend import ResendTrackingWebhookView
from django.http import HttpRequest

TOLERANCE_SECONDS = 300  # as Svix's own libraries
AMAZONS = re.compile(r"sns\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?")


class Resend(ResendTrackingWebhookView):
    """signing_secret: as Resend shows it, "whsec_…"."""

    warn_if_no_basic_auth = False
    _svix_webhook = None

    def __init__(self, *, signing_secret: str, **given: Any) -> None:
        AnymailBaseWebhookView.__init__(self, **given)  # the one between would load Svix's library
        self.signed_with = signing_secret

    def validate_request(self, request: HttpRequest) -> None:
        """HMAC-SHA256 over id, time and body; during a change of keys several stand there."""
        name, sent_at = (request.headers.get(f"svix-{each}", "") for each in ("id", "timestamp"))
        if not sent_at.isdecimal() or abs(time.time() - int(sent_at)) > TOLERANCE_SECONDS:
            raise AnymailWebhookValidationFailure("Not of this hour.")
        signed = b".".join([name.encode(), sent_at.encode(), request.body])
        wanted = hmac.digest(_key(self.signed_with), signed, "sha256")
        given = request.headers.get("svix-signature", "").split()
        if not any(hmac.compare_digest(wanted, each) for each in _signatures(given)):
            raise AnymailWebhookValidationFailure("Signed by somebody else.")


class Ses(AmazonSESTrackingWebhookView):
    """
    Amazon SES by way of SNS, which proves itself by the name and password in the address.

    A topic asks once whether it may: that is answered by a job, and only at Amazon.
    """

    def __init__(self, **given: Any) -> None:
        self.auto_confirm_enabled = True
        AnymailBaseWebhookView.__init__(self, **given)  # the one between would load boto3

    def auto_confirm_sns_subscription(self, sns_message: dict[str, Any]) -> None:
        from masthead.mail.jobs import confirm_reports

        url = str(sns_message.get("SubscribeURL", ""))
        if not is_amazons(url):
            raise AnymailWebhookValidationFailure("Amazon asks from elsewhere.")
        confirm_reports.later(url=url)


def is_amazons(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" and bool(AMAZONS.fullmatch(parts.netloc))


def told_of_mail(event: Any) -> str:
    """What SES repeats of our mail: return path and headers, where a mark of ours stands."""
    mail = event.get("mail") if isinstance(event, dict) else None
    if not isinstance(mail, dict):
        return ""
    return json.dumps([mail.get("source"), mail.get("headers"), mail.get("commonHeaders")])


def _key(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except Error as wrong:
        raise AnymailWebhookValidationFailure("The secret that is set is none.") from wrong


def _signatures(given: list[str]) -> list[bytes]:
    found = []
    for each in given:
        version, _, text = each.partition(",")
        if version == "v1":
            try:
                found.append(base64.b64decode(text, validate=True))
            except Error:
                continue
    return found
