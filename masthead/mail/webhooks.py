"""What mail services report of themselves: bounces, complaints, who wants no more."""

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module
from typing import Any

from anymail.exceptions import AnymailError
from anymail.signals import AnymailTrackingEvent
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from masthead.mail.feedback import Came, find_about, note_feedback
from masthead.mail.incoming.verdicts import says
from masthead.mail.models import Feedback
from masthead.mail.signed_reports import told_of_mail
from masthead.mail.verp import find_mark

log = logging.getLogger(__name__)
Kind = Feedback.Kind
MOST_BYTES = 2_000_000


@dataclass(frozen=True)
class MailService:
    """
    One that reports: anymail's view, and the name of what it signs with.

    secret: None for a service that signs nothing; it shows a name and a password, which only it
    and we know, in each request. asked_first: it shows them only when it has been asked to.
    """

    view: str
    secret: str | None = None
    signs_address: bool = False
    asked_first: bool = False

    def made(self, value: str, address: str) -> Any:
        """A new one for each request: some note in themselves what they are reading."""
        module, _, name = _in_full(self.view).rpartition(".")
        given: dict[str, Any] = {"webhook_secret": []}
        given |= {self.secret: value} if self.secret else {"webhook_secret": [value]}
        if self.signs_address:
            given["webhook_url"] = address
        return getattr(import_module(module), name)(**given)


SERVICES = {
    "brevo": MailService("brevo.BrevoTrackingWebhookView"),
    "mailersend": MailService("mailersend.MailerSendTrackingWebhookView", "signing_secret"),
    "mailgun": MailService("mailgun.MailgunTrackingWebhookView", "webhook_signing_key"),
    "mailjet": MailService("mailjet.MailjetTrackingWebhookView"),
    "mailtrap": MailService("mailtrap.MailtrapTrackingWebhookView", "tracking_secret"),
    "mandrill": MailService("mandrill.MandrillCombinedWebhookView", "webhook_key", True),
    "postal": MailService("postal.PostalTrackingWebhookView", "webhook_key"),
    "postmark": MailService("postmark.PostmarkTrackingWebhookView"),
    "resend": MailService("masthead.mail.signed_reports.Resend", "signing_secret"),
    "ses": MailService("masthead.mail.signed_reports.Ses", asked_first=True),
    "sparkpost": MailService("sparkpost.SparkPostTrackingWebhookView"),
}
HARD = {"invalid", "bounced"}
SOFT_CLASSES = {"20", "21", "22", "23", "24", "40", "70", "100"}  # SparkPost's
TELLING = {"bounce_class", "type", "Type", "event", "severity", "bounce_type", "bounceType"}
WORDS_FOR_SOFT = (
    "soft",
    "transient",
    "temporary",
    "delayed",
    "deferred",
    "full",
    "block",
    "undetermined",
)


@csrf_exempt  # services have no session here; each request proves itself
@require_http_methods(["POST", "HEAD"])
def webhook(request: HttpRequest, service: str) -> HttpResponse:
    """
    200: written down, now or before. 400: not signed with the secret that is set, or no report.
    401: show the name and the password. 404: no secret is set for this service.
    """
    value = settings.MAIL_WEBHOOKS.get(service, "").strip()
    if not value or service not in SERVICES:  # anybody can sign with an empty secret
        raise Http404
    if request.method == "HEAD":  # some ask once whether anybody is there
        return HttpResponse()
    if SERVICES[service].asked_first and "Authorization" not in request.headers:
        return HttpResponse(status=401, headers={"WWW-Authenticate": 'Basic realm="reports"'})
    try:
        address = f"{settings.NETWORK_URL}{request.path}"
        view = SERVICES[service].made(value, address)
        view.run_validators(request)
        events = view.parse_events(request)
    except (SuspiciousOperation, AnymailError, ValueError, KeyError, TypeError) as refused:
        log.warning("A report said to be from %s is refused: %s", service, type(refused).__name__)
        return HttpResponse(status=400)
    for event in events:
        if isinstance(event, AnymailTrackingEvent):
            take_event(event, service=service)
    return HttpResponse()


def take_event(event: AnymailTrackingEvent, *, service: str) -> Feedback | None:
    """None when it says nothing that counts, or was written down before."""
    kind = kind_of(event)
    if kind is None or not event.recipient:
        return None
    came = Came(
        key=_key(event, service),
        kind=kind,
        about=_about(event) or f"e:{service}",
        address=str(event.recipient),
        code=str(event.reject_reason or ""),
        detail=str(event.mta_response or event.description or ""),
    )
    return note_feedback(came=came, way_in=service, at=timezone.now())


def kind_of(event: AnymailTrackingEvent) -> Feedback.Kind | None:
    """None for what is not about an address: queued, sent, delivered, opened, clicked."""
    known: dict[str, Callable[[], Feedback.Kind]] = {
        "complained": lambda: Kind.COMPLAINT,
        "unsubscribed": lambda: Kind.LEFT,
        "autoresponded": lambda: Kind.MACHINE,
        "bounced": lambda: Kind.SOFT if _is_soft(event) else Kind.HARD,
        "rejected": lambda: Kind.HARD if event.reject_reason in HARD else Kind.SOFT,
        "failed": lambda: Kind.SOFT,
    }
    found = known.get(str(event.event_type))
    return found() if found else None


def _is_soft(event: AnymailTrackingEvent) -> bool:
    """Services call refusals of any kind bounces; what they say beside it tells them apart."""
    if event.reject_reason not in HARD | {None}:
        return True
    said = list(_told(event.esp_event))
    if any(name == "bounce_class" and value in SOFT_CLASSES for name, value in said):
        return True
    if any(word in value.lower() for _, value in said for word in WORDS_FOR_SOFT):
        return True
    words = f"{event.mta_response or ''} {event.description or ''}"
    return any(says(each, words) for each in ("blocked", "full", "later"))


def _told(raw: Any) -> Iterator[tuple[str, str]]:
    """What the event says of its kind, wherever in the request that stands."""
    if isinstance(raw, dict):
        for name, value in raw.items():
            if isinstance(value, dict):
                yield from _told(value)
            elif name in TELLING:
                yield name, str(value)


def _key(event: AnymailTrackingEvent, service: str) -> str:
    """
    The service's own number of the event, else what the event says: a replay has the same.

    Mailgun's is what it signs, and all it signs: each is good for one event, whatever that says.
    """
    if service == "mailgun" and event.event_id:
        return f"e:mailgun:{event.event_id}"
    raw = event.esp_event
    plain = dict(raw.items()) if hasattr(raw, "items") else str(raw)
    what = str(event.event_id or json.dumps(plain, sort_keys=True, default=str))
    parts = (what, str(event.event_type), str(event.recipient).lower())
    return f"e:{service}:{sha256(chr(0).join(parts).encode()).hexdigest()}"


def _about(event: AnymailTrackingEvent) -> str:
    """By the key that went to the service with the mail, else by a Message-ID."""
    told = str((event.metadata or {}).get("about", ""))
    return (
        find_mark(told)
        or find_about(told)
        or find_about(str(event.message_id or "").strip("<>"))
        or find_mark(told_of_mail(event.esp_event))
    )


def _in_full(view: str) -> str:
    return view if view.startswith("masthead.") else f"anymail.webhooks.{view}"
