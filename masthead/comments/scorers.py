"""
Scorers of others, asked through the one way out: within a time limit, and with a setting for what
happens when they fail.
"""

import hashlib
import hmac
import json
import logging
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings

from masthead.core.outbound import OutboundError, fetch

log = logging.getLogger(__name__)
SECONDS = 0.8  # that posting may take longer
MOST_BYTES = 10_000
AKISMET = "https://rest.akismet.com/1.1/comment-check"
SPAM, HAM = 0.99, 0.01


@dataclass(frozen=True)
class Asked:
    """What a scorer of others is told: the text, where it would stand, whence it came."""

    text: str
    language: str
    site: str
    address: str


class NoAnswer(Exception):
    """The scorer did not answer in time, or not as it should."""


def others_score(asked: Asked) -> float | None:
    """Between 0 and 1; None where no scorer is set, or it has no opinion. Raises NoAnswer."""
    kind, *given = settings.OPERATOR["comment_scorer"].split()[:3] or [""]
    if not kind:
        return None
    try:
        return _http(asked, *given) if kind == "http" else _akismet(asked, *given)
    except OutboundError as error:
        log.warning("The scorer of comments gave no answer: %s", error)
        raise NoAnswer from error


def _http(asked: Asked, url: str, secret: str = "") -> float | None:
    """
    POST of {"text", "language", "site"}; 200 with {"score": 0…1}, or 204 for no opinion.

    With a secret the body is signed: `X-Masthead-Signature: sha256=…`, HMAC in hexadecimal.
    """
    body = json.dumps(
        {"text": asked.text, "language": asked.language, "site": asked.site}, ensure_ascii=False
    ).encode()
    headers = {"Content-Type": "application/json"}
    if secret:
        signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        headers["X-Masthead-Signature"] = f"sha256={signature}"
    answer = fetch(
        url, method="POST", body=body, headers=headers, most_bytes=MOST_BYTES,
        timeout_seconds=SECONDS,
    )  # fmt: skip
    if answer.status == 204:
        return None
    return _read(answer.status, answer.content)


def _read(status: int, content: bytes) -> float:
    if status != 200:
        raise NoAnswer
    try:
        score = float(json.loads(content)["score"])
    except (ValueError, KeyError, TypeError) as error:
        raise NoAnswer from error
    if not 0 <= score <= 1:
        raise NoAnswer
    return score


def _akismet(asked: Asked, key: str) -> float:
    """Akismet says true or false; anything else is no answer."""
    body = urlencode(
        {
            "api_key": key,
            "blog": asked.site,
            "user_ip": asked.address,
            "comment_type": "comment",
            "comment_content": asked.text,
            "blog_lang": asked.language,
        }
    ).encode()
    answer = fetch(
        AKISMET, method="POST", body=body, most_bytes=MOST_BYTES, timeout_seconds=SECONDS,
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )  # fmt: skip
    said = answer.content.strip()
    if answer.status != 200 or said not in {b"true", b"false"}:
        raise NoAnswer
    return SPAM if said == b"true" else HAM
