"""Mail services that are asked by HTTP, through django-anymail."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from importlib import import_module
from typing import Any

import requests
from anymail.exceptions import (
    AnymailAPIError,
    AnymailError,
    AnymailRecipientsRefused,
    AnymailRequestsAPIError,
)
from anymail.message import AnymailMessage
from urllib3.exceptions import MaxRetryError, NewConnectionError

from masthead.mail.transport import Fate, Line, Mail, Outcome
from masthead.mail.transport.known import SERVICES, Service

TIMEOUT = (10.0, 60.0)  # to connect, to answer
# What a service writes itself, or is told in its own fields.
_NOT_PASSED_ON = {
    *("from", "to", "cc", "bcc", "subject", "reply-to", "date", "mime-version"),
    *("content-type", "content-transfer-encoding", "content-disposition"),
}
_NO_KEY = {401, 403, 404, 405}
_TOO_MANY = {408, 425, 429, 503}


@dataclass(frozen=True)
class MailService:
    """options: as anymail calls them: the secrets, and e.g. api_url or message_stream."""

    name: str
    options: Mapping[str, str] = field(repr=False)
    most_lines: int = 8

    def open(self) -> Line:
        return ServiceLine(SERVICES[self.name], self.options)


class ServiceLine:
    """One HTTP session."""

    def __init__(self, service: Service, options: Mapping[str, str]) -> None:
        self.service = service
        module = import_module(f"anymail.backends.{service.backend}")
        self.backend = module.EmailBackend(
            **options, timeout=TIMEOUT, ignore_unsupported_features=True, fail_silently=False
        )

    def send(self, mail: Mail) -> Outcome:
        try:
            message = _as_told(mail)
            self.backend.open()
            if self.service.key_header:
                self.backend.session.headers[self.service.key_header] = mail.key
            self.backend.send_messages([message])
        except AnymailRecipientsRefused as refused:
            return Outcome(Fate.REFUSED, answer=_words(refused))
        except AnymailAPIError as error:
            return self._failed(error)
        except (AnymailError, ValueError) as error:  # told before anything was asked
            return Outcome(Fate.REFUSED, answer=_words(error))
        return _accepted(message.anymail_status)

    def close(self) -> None:
        self.backend.close()

    def _failed(self, error: AnymailAPIError) -> Outcome:
        code, words = error.status_code, _words(error)
        if code is None:
            return self._no_answer(error, words)
        if code in _NO_KEY or code in _TOO_MANY:
            return Outcome(Fate.DEFERRED, code, words, whole=True)
        if code == 409 and self.service.key_header:  # it is still busy with the first asking
            return Outcome(Fate.DEFERRED, code, words)
        if 400 <= code < 500:
            return Outcome(Fate.REFUSED, code, words)
        return self._unknown(code, words)

    def _no_answer(self, error: Exception, words: str) -> Outcome:
        if isinstance(error, requests.exceptions.SSLError) or _never_connected(error):
            return Outcome(Fate.DEFERRED, answer=words, whole=True)
        return self._unknown(None, words)

    def _unknown(self, code: int | None, words: str) -> Outcome:
        """It may have the mail or not; where it knows keys, asking once more is safe."""
        if self.service.key_header:
            return Outcome(Fate.DEFERRED, code, words)
        return Outcome(Fate.IN_DOUBT, code, words)


def _accepted(status: Any) -> Outcome:
    """Postmark says 422 for some recipients, which anymail does not take for a failure."""
    code, words = status.esp_response.status_code, " ".join(status.esp_response.text.split())
    if code >= 300:
        return Outcome(Fate.REFUSED, code, words[:300])
    return Outcome(Fate.ACCEPTED, code, words[:300], str(status.message_id or "")[:100])


def _never_connected(error: Exception) -> bool:
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return True
    cause = error.__cause__
    inner = cause.args[0] if cause is not None and cause.args else None
    return isinstance(inner, MaxRetryError) and isinstance(inner.reason, NewConnectionError)


def _as_told(mail: Mail) -> AnymailMessage:
    """
    The finished message in the parts that services ask for. The envelope's sender is theirs, so
    bounces come by their webhooks, which name `metadata`.
    """
    printed = message_from_bytes(mail.data, policy=policy.default)
    told = AnymailMessage(
        subject=str(printed["Subject"] or ""),
        body=_body(printed, "plain"),
        from_email=str(printed["From"]),
        to=[mail.recipient],
        reply_to=[str(value) for value in printed.get_all("Reply-To", [])],
        headers=_headers(printed),
        metadata={"about": mail.key},
    )
    html = _body(printed, "html")
    if html:
        told.attach_alternative(html, "text/html")
    for part in printed.iter_attachments():
        told.attach(part.get_filename(), part.get_content(), part.get_content_type())
    return told


def _body(printed: EmailMessage, kind: str) -> str:
    part: Any = printed.get_body([kind])
    return "" if part is None else str(part.get_content()).replace("\r\n", "\n")


def _headers(printed: EmailMessage) -> dict[str, str]:
    return {
        name: str(value) for name, value in printed.items() if name.lower() not in _NOT_PASSED_ON
    }


def _words(error: Exception) -> str:
    """In one line, without the message itself, which anymail quotes."""
    if isinstance(error, AnymailRequestsAPIError) and error.response is not None:
        return f"{error.status_code} {' '.join(error.response.text.split())}"[:300]
    return " ".join(str(error).split())[:300]
