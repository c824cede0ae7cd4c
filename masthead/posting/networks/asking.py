"""Asking a network's interface, and understanding whether it has done what it was asked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _

from masthead.core.outbound import Answer, OutboundError, Refused, fetch
from masthead.core.text import shorten

MOST_BYTES = 1_000_000  # of an answer
TIMEOUT_SECONDS = 10
MOST_SAID = 300  # characters of what a network says went wrong
LONGEST_WAIT_SECONDS = 86_400
# Whatever was asked for was not done: the servers that say so did not begin.
LATER = {425, 429, 503}
# Somewhere between us and them it was lost whether it was done.
UNCLEAR = {408, 500, 502, 504, *range(520, 530)}


class NetworkError(Exception):
    """
    A network has not said that it did what it was asked; the text is a sentence for a person.

    status: of HTTP, when there was an answer.
    """

    def __init__(self, text: str = "", *, status: int | None = None) -> None:
        super().__init__(text)
        self.status = status


class NotPossible(NetworkError):
    """The network has no such thing, or it has gone."""


class Declined(NetworkError):
    """It was understood and refused. Asking again will not help."""


class NoLongerAllowed(Declined):
    """The keys are not, or no longer, good for this; a person has to mend the account."""


class Gone(Declined):
    """What was asked about is not there."""


class TryLater(NetworkError):
    """Nothing was done, and asking again may help. seconds: what the network asked to wait."""

    def __init__(self, text: str = "", *, status: int | None = None, seconds: int = 0) -> None:
        super().__init__(text, status=status)
        self.seconds = seconds


class MaybeDone(NetworkError):
    """It may have been done: the answer was lost, late, broken or unclear."""


@dataclass(frozen=True)
class Reply:
    """A good answer (2xx). data: its JSON, {} when it has none."""

    status: int
    headers: Mapping[str, str]
    data: Any

    def text(self, *path: str) -> str:
        """What stands at a path of names. Raises MaybeDone when nothing does: it was done, but
        how is not said."""
        found = self.data
        for name in path:
            found = found.get(name) if isinstance(found, dict) else None
        if found is None or found == "" or isinstance(found, dict | list):
            raise MaybeDone(_("The answer does not say what was asked."), status=self.status)
        return str(found)


def ask(
    method: str,
    url: str,
    *,
    token: str = "",
    data: Any = None,
    form: Mapping[str, str] | None = None,
    body: bytes | None = None,
    mime: str = "",
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """
    Ask once, with JSON, a form or a body of its own.

    token: sent as a bearer's. Raises Declined, NoLongerAllowed, Gone, TryLater, MaybeDone.
    """
    sent = dict(headers or {})
    if token:
        sent["Authorization"] = f"Bearer {token}"
    if data is not None:
        body, mime = json.dumps(data, ensure_ascii=False).encode(), "application/json"
    elif form is not None:
        body, mime = urlencode(form).encode(), "application/x-www-form-urlencoded"
    if mime:
        sent["Content-Type"] = mime
    try:
        answer = fetch(
            url,
            method=method,
            most_bytes=MOST_BYTES,
            timeout_seconds=TIMEOUT_SECONDS,
            accept="application/json",
            headers=sent,
            body=body,
        )
    except OutboundError as error:
        raise _not_heard(error, method) from error
    return _understood(answer, method)


def _not_heard(error: OutboundError, method: str) -> NetworkError:
    if error.may_have_arrived and method != "GET":
        return MaybeDone(str(error))
    if isinstance(error, Refused):
        return Declined(str(error))
    return TryLater(str(error))


def _understood(answer: Answer, method: str) -> Reply:
    status = answer.status
    if 200 <= status < 300:
        return Reply(status, answer.headers, _json(answer, method))
    raise problem(status, _said(answer), method=method, retry_after=_retry_after(answer))


def problem(status: int, said: str, *, method: str = "POST", retry_after: int = 0) -> NetworkError:
    """What a status means for what was asked."""
    if status in LATER or (status in UNCLEAR and method == "GET"):
        words = _("It asked us to come back later (%(status)s). %(said)s")
        text = (words % {"status": status, "said": said}).strip()
        return TryLater(text, status=status, seconds=retry_after)
    if status in UNCLEAR or status >= 500:
        words = _("It failed in the middle (%(status)s). %(said)s")
        return MaybeDone((words % {"status": status, "said": said}).strip(), status=status)
    if status in {404, 410}:
        words = _("It is not there (%(status)s). %(said)s")
        return Gone((words % {"status": status, "said": said}).strip(), status=status)
    words = _("It was refused (%(status)s). %(said)s")
    kind = NoLongerAllowed if status in {401, 403} else Declined
    return kind((words % {"status": status, "said": said}).strip(), status=status)


def _json(answer: Answer, method: str) -> Any:
    if not answer.content.strip():
        return {}
    try:
        return json.loads(answer.content)
    except ValueError as error:
        kind = TryLater if method == "GET" else MaybeDone
        raise kind(_("The answer cannot be read."), status=answer.status) from error


def _said(answer: Answer) -> str:
    """The network's own words, wherever it put them."""
    try:
        data = json.loads(answer.content)
    except ValueError:
        return ""
    return shorten(_words_in(data), most=MOST_SAID)


def _words_in(data: Any) -> str:
    if isinstance(data, str):
        return data
    if isinstance(data, list):
        return _words_in(data[0]) if data else ""
    if not isinstance(data, dict):
        return ""
    names = ("error_description", "message", "detail", "description", "error", "title", "errors")
    found = (_words_in(data[name]) for name in names if name in data)
    return next(filter(None, found), "")


def _retry_after(answer: Answer) -> int:
    """Seconds, from a number or a date; 0 when nothing is said."""
    said = answer.headers.get("Retry-After", "").strip()
    if said.isdecimal():
        return min(int(said[:9]), LONGEST_WAIT_SECONDS)
    try:
        seconds = (parsedate_to_datetime(said) - timezone.now()).total_seconds()
    except (ValueError, TypeError):
        return _from_reset(answer)
    return int(min(max(seconds, 0), LONGEST_WAIT_SECONDS))


def _from_reset(answer: Answer) -> int:
    """Mastodon and X say until when in a header of their own, as a moment or Unix seconds."""
    for name in ("X-RateLimit-Reset", "X-Rate-Limit-Reset", "RateLimit-Reset"):
        said = answer.headers.get(name, "").strip()
        if not said:
            continue
        now = timezone.now()
        try:
            until = float(said) if said.isdecimal() else datetime.fromisoformat(said).timestamp()
        except ValueError:
            continue
        return int(min(max(until - now.timestamp(), 0), LONGEST_WAIT_SECONDS))
    return 0
