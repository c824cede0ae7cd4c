"""Asking a network's interface, and understanding whether it has done what it was asked."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _

from masthead.core.for_programs import without_controls
from masthead.core.outbound import Answer, OutboundError, Refused, fetch
from masthead.core.text import shorten
from masthead.posting.networks.reading import Unreadable, at_path, read_json

MOST_BYTES = 1_000_000  # of an answer
TIMEOUT_SECONDS = 10
MOST_DIGITS = 9
MOST_SAID = 300  # characters of what a network says went wrong
LONGEST_WAIT_SECONDS = 86_400
# Whatever was asked for was not done: the servers that say so did not begin.
LATER = {425, 429, 503}
# Somewhere between us and them it was lost whether it was done.
UNCLEAR = {408, 500, 502, 504, *range(520, 530)}


class NetworkError(Exception):
    """
    A network has not said that it did what it was asked; the text is a sentence for a person.

    status: of HTTP, when there was an answer. code: the network's own number of what went wrong.
    """

    def __init__(self, text: str = "", *, status: int | None = None, code: str = "") -> None:
        super().__init__(without_controls(text))
        self.status, self.code = status, code


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

    def __init__(
        self, text: str = "", *, status: int | None = None, code: str = "", seconds: int = 0
    ) -> None:
        super().__init__(text, status=status, code=code)
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
        found = at_path(self.data, *path)
        if found is None or found == "" or isinstance(found, dict | list):
            raise MaybeDone(_("The answer does not say what was asked."), status=self.status)
        return str(found)

    def number(self, *path: str) -> int:
        """A whole number at a path, not below 0. Raises MaybeDone when there is none."""
        said = self.text(*path)
        if not said.isdecimal() or len(said) > MOST_DIGITS:
            raise MaybeDone(_("The answer does not say what was asked."), status=self.status)
        return int(said)

    def things(self, *path: str) -> list[dict[str, Any]]:
        """The objects in a list at a path. Raises TryLater when there is no such list: that
        nothing is there is believed only of a network that says so."""
        found = at_path(self.data, *path)
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            raise TryLater(_("The answer cannot be read."), status=self.status)
        return found


@contextmanager
def looking_through() -> Iterator[None]:
    """For what is read in a list: where one thing of it cannot be read, nothing is concluded."""
    try:
        yield
    except Unreadable as error:
        raise TryLater(_("The answer cannot be read.")) from error


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
    reads: bool = True,
) -> Reply:
    """
    Ask once, with JSON, a form or a body of its own.

    token: sent as a bearer's. reads: whether the answer's JSON is wanted.
    Raises Declined, NoLongerAllowed, Gone, TryLater, MaybeDone.
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
    return _understood(answer, method, reads=reads)


@contextmanager
def before_posting() -> Iterator[None]:
    """For steps that show nothing yet: to lose their answer leaves no doubt, only another try."""
    try:
        yield
    except MaybeDone as unclear:
        raise TryLater(str(unclear), status=unclear.status, code=unclear.code) from unclear


def _not_heard(error: OutboundError, method: str) -> NetworkError:
    if error.may_have_arrived and method != "GET":
        return MaybeDone(str(error))
    if isinstance(error, Refused):
        return Declined(str(error))
    return TryLater(str(error))


def _understood(answer: Answer, method: str, *, reads: bool) -> Reply:
    status = answer.status
    if 200 <= status < 300:
        return Reply(status, answer.headers, _json(answer, method) if reads else {})
    said = _loosely(answer)
    words = shorten(_words_in(said), most=MOST_SAID)
    kind, sentence = _kind_of(status, method)
    text = f"{sentence % {'status': status}} {words}".strip()
    if kind is TryLater:
        wait = _retry_after(answer, said)
        raise TryLater(text, status=status, code=_code_in(said), seconds=wait)
    raise kind(text, status=status, code=_code_in(said))


def _kind_of(status: int, method: str) -> tuple[type[NetworkError], str]:
    """What a status means for what was asked, and the sentence that says so."""
    if status in LATER or (status in UNCLEAR and method == "GET"):
        return TryLater, _("It asked us to come back later (%(status)s).")
    if status in UNCLEAR or status >= 500:
        return MaybeDone, _("It failed in the middle (%(status)s).")
    if status in {404, 410}:
        return Gone, _("It is not there (%(status)s).")
    kind = NoLongerAllowed if status in {401, 403} else Declined
    return kind, _("It was refused (%(status)s).")


def _json(answer: Answer, method: str) -> Any:
    if not answer.content.strip():
        return {}
    try:
        return read_json(answer.content)
    except Unreadable as error:
        kind = TryLater if method == "GET" else MaybeDone
        raise kind(_("The answer cannot be read."), status=answer.status) from error


def _loosely(answer: Answer) -> Any:
    """What a network says went wrong, when that can be read."""
    try:
        return read_json(answer.content)
    except Unreadable:
        return {}


def _code_in(data: Any) -> str:
    """E.g. `{"error": {"code": 190}}`, `{"error": "RecordNotFound"}`."""
    if not isinstance(data, dict):
        return ""
    error = data.get("error")
    found = error.get("code", "") if isinstance(error, dict) else error
    return str(found)[:60] if isinstance(found, str | int) else ""


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


def _retry_after(answer: Answer, data: Any) -> int:
    """Seconds, from a header's number or date, or from the body; 0 when nothing is said."""
    more = data.get("parameters") if isinstance(data, dict) else None
    if isinstance(more, dict) and isinstance(more.get("retry_after"), int):  # Telegram
        return min(max(more["retry_after"], 0), LONGEST_WAIT_SECONDS)
    said = answer.headers.get("Retry-After", "").strip()
    if said.isdecimal():
        return min(int(said[:9]), LONGEST_WAIT_SECONDS)
    try:
        seconds = (parsedate_to_datetime(said) - timezone.now()).total_seconds()
    except (ValueError, TypeError, OverflowError):
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
        except (ValueError, OverflowError):
            continue
        return int(min(max(until - now.timestamp(), 0), LONGEST_WAIT_SECONDS))
    return 0
