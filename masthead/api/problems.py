"""Answers that say why there is nothing else: problem details (RFC 9457)."""

import json
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from masthead.outlets.page import PageMissing
from masthead.press.asking import Asking
from masthead.press.reader_view import machine_answer
from masthead.press.render import Printed

MIME = "application/problem+json"


class NothingHere(PageMissing):
    """There is nothing at this address of the API; the text can be shown to whoever asked."""


def problem(asking: Asking, status: HTTPStatus, detail: str, **more: Any) -> Printed:
    """more: members of the answer's own, beside the standard's four."""
    return replace(
        machine_answer(problem_body(status, detail, **more), mime=MIME, asking=asking),
        status=status.value,
    )


def problem_body(status: HTTPStatus, detail: str, **more: Any) -> bytes:
    """type: about:blank, since the status says what kind it is."""
    said = {"type": "about:blank", "title": status.phrase, "status": status.value}
    return json.dumps({**said, "detail": detail, **more}, ensure_ascii=False).encode()
